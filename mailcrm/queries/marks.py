"""What raises a turn on the worklist: a complaint in it, or the customer's asking again.

Room: queries. In: open turns. Out: the marks of those that have one, by what their mails are for (domain.purpose).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.domain.purpose import Purpose
from mailcrm.records import Message, TurnRecord

__all__ = ["Mark", "marks_of"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What raises a turn: a mail in it complains, or a further one asks where the answer stays (after our holding reply)."""

    complaint: bool = False
    chased: bool = False


def marks_of(session: Session, records: Sequence[TurnRecord]) -> dict[int, Mark]:
    """Return the marks of the turns that have one, by the mail that opened them."""
    found = session.exec(
        select(Message.id, Message.purpose, Message.arrived_at).where(
            col(Message.thread_id).in_({record.thread_id for record in records}),
            col(Message.side) == Side.THEIRS.value,
            col(Message.purpose).in_([Purpose.COMPLAINT.value, Purpose.CHASER.value]),
        )
    ).all()
    read = {key: (purpose, at) for key, purpose, at in found}
    marks: dict[int, Mark] = {}
    for record in records:
        telling = [(key, *read[key]) for key in record.messages if key in read]
        touched = record.first_touch_at
        complaint = any(purpose == Purpose.COMPLAINT for _key, purpose, _at in telling)
        chased = any(
            purpose == Purpose.CHASER and key != record.opened_by and (touched is None or at > touched)
            for key, purpose, at in telling
        )
        if complaint or chased:
            marks[record.opened_by] = Mark(complaint, chased)
    return marks
