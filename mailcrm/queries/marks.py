"""What raises a turn on the worklist: a complaint in it, or the customer's asking again.

Room: queries. In: open turns. Out: the marks of those that have one, by what their mails are for (domain.purpose).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.domain.purpose import Purpose
from mailcrm.records import Location, Mailbox, Message, TurnRecord

__all__ = ["Mark", "marks_of"]


_JUNK = "\\Junk"


@dataclass(frozen=True, slots=True)
class Mark:
    """What raises a turn: a mail in it complains, or a further one asks where the answer stays (after our holding reply).

    `junk`: the server's filter took a mail of it for spam.
    """

    complaint: bool = False
    chased: bool = False
    junk: bool = False


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
    filtered = _filtered(session)
    marks: dict[int, Mark] = {}
    for record in records:
        telling = [(key, *read[key]) for key in record.messages if key in read]
        touched = record.first_touch_at
        complaint = any(purpose == Purpose.COMPLAINT for _key, purpose, _at in telling)
        chased = any(
            purpose == Purpose.CHASER and key != record.opened_by and (touched is None or at > touched)
            for key, purpose, at in telling
        )
        junk = not filtered.isdisjoint(record.messages)
        if complaint or chased or junk:
            marks[record.opened_by] = Mark(complaint, chased, junk)
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
