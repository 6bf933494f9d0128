"""What raises a turn on the worklist: a complaint in it, or the customer's asking again.

Room: queries. In: open turns. Out: the marks of those that have one, by what their mails are for (domain.purpose).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.domain.purpose import Purpose
from mailcrm.queries.turn_lines import Mark, mark_of
from mailcrm.records import Location, Mailbox, Message, TurnRecord

__all__ = ["marks_of"]

_JUNK = "\\Junk"


def marks_of(session: Session, records: Sequence[TurnRecord]) -> dict[int, Mark]:
    """Return the marks of the turns that have one, by the mail that opened them."""
    found = session.exec(
        select(Message.id, Message.purpose, Message.arrived_at).where(
            col(Message.thread_id).in_({record.thread_id for record in records}),
            col(Message.side) == Side.THEIRS.value,
            col(Message.purpose).in_([Purpose.COMPLAINT.value, Purpose.CHASER.value]),
        )
    ).all()
    read = {key: (purpose, at) for key, purpose, at in found if key is not None}
    filtered = _filtered(session)
    marks: dict[int, Mark] = {}
    for record in records:
        mark = mark_of(record.opened_by, record.messages, record.first_touch_at, read, filtered)
        if mark != Mark():
            marks[record.opened_by] = mark
    return marks


def _filtered(session: Session) -> frozenset[int]:
    """Return the mails that lie in a Junk folder and nowhere else."""
    elsewhere = aliased(Location)
    folder = aliased(Mailbox)
    placed = (
        select(elsewhere.id)
        .join(folder, col(folder.id) == elsewhere.mailbox_id)
        .where(elsewhere.message_id == col(Location.message_id), col(folder.special_use) != _JUNK)
    )
    here = select(Location.message_id).join(Mailbox).where(col(Mailbox.special_use) == _JUNK)
    return frozenset(found for found in session.exec(here.where(~placed.exists())) if found is not None)
