"""Cost sheets between record and value.

Room: store.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.domain.errors import NotFound
from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.domain.words import say
from mailcrm.records import CostSheetRecord
from mailcrm.store.finding import number

__all__ = ["cost_sheet_named", "cost_sheet_of"]


def cost_sheet_of(row: CostSheetRecord) -> CostSheet:
    """Return the value of a record."""
    return CostSheet.from_json(row.content)


def cost_sheet_named(session: Session, given: str) -> CostSheetRecord:
    """Return the record of an id, "g2"."""
    row = session.get(CostSheetRecord, number(given, "g", "cost sheet"))
    if row is None:
        raise NotFound(say("There is no cost sheet {given}.", given=given), say("`mailcrm costsheet list` shows them."))
    return row
