"""What the freight of a piece is, from its carton and what a container or the groupage costs.

Room: queries. Asks no record: only the house's containers.
"""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from mailcrm.domain.trade.exact import nearest_to
from mailcrm.domain.trade.freight import Carton, fcl, lcl, parse_size
from mailcrm.domain.trade.money import Money, parse_amount, parse_money
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import FreightRow, WorkingRow

__all__ = ["freight_piece"]

_SHOWN = Decimal("0.00001")


def freight_piece(
    session: Session,
    outlook: Outlook,
    *,
    carton: str,
    pieces: int,
    rate: str,
    container: str = "",
    weight: str = "",
    quantity: int = 0,
) -> FreightRow:
    """Return the freight of a piece in a `container` at `rate`, or without one that of groupage, of which an m³ or ton costs `rate`."""
    del session
    rules = outlook.policies.trade
    box = Carton(pieces, parse_size(carton), parse_amount(weight) if weight else Decimal(0))
    paid = parse_money(rate, rules.currency)
    full = rules.container(container) if container else None
    if full is None:
        found = lcl(paid.amount, box, quantity, rules.lcl_minimum)
    else:
        found = fcl(paid.amount, full, box, quantity)
    return FreightRow(
        container=full.code if full else "",
        rate=paid,
        pieces_per_carton=box.pieces,
        cbm=box.volume.normalize() + 0,  # 0.06, and not 0.060000
        weight=box.weight,
        quantity=quantity,
        per_piece=Money(nearest_to(found.per_unit, _SHOWN), paid.currency),
        working=tuple(WorkingRow(line.label, line.value) for line in found.working),
    )
