"""The freight of a piece, as `freight piece` tells it.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailcrm.domain.trade.money import Money
from mailcrm.queries.rows.trade import WorkingRow

__all__ = ["FreightRow"]


@dataclass(frozen=True, slots=True)
class FreightRow:
    """`per_piece` is cut after five decimals, to be shown: a quote counts on with the exact one. `container` "" is groupage.

    `cbm` is a carton's volume in m³, `weight` its gross weight in kg, 0 where it isn't known; `quantity` 0: a full container.
    """

    container: str
    rate: Money
    pieces_per_carton: int
    cbm: Decimal
    weight: Decimal
    quantity: int
    per_piece: Money
    working: tuple[WorkingRow, ...]
