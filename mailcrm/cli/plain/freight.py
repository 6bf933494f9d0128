"""The freight of a piece, for people.

Room: cli.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import pairs
from mailcrm.domain.words import _
from mailcrm.queries.rows import FreightRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_freight"]


def show_freight(out: Output, row: FreightRow, _core: Core) -> None:
    """Print the freight of a piece, then how it came about."""
    out.line(_("{amount} a piece", amount=row.per_piece), "heading")
    pairs(out, [(str(line.label), line.value) for line in row.working])
