"""Only if no reply: a mail that was meant for silence is taken back when the customer writes first.

Room: outbox. Asked in the transaction that commits `sending`, so that no mail crosses with an answer that is already here.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from mailcrm.domain.message import Kind, Side
from mailcrm.domain.outbox import cancel
from mailcrm.domain.words import say
from mailcrm.records import Message, Outgoing
from mailcrm.store.dispatches import dispatch_of, write_dispatch

__all__ = ["overtaken_by", "withdraw"]

_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


def overtaken_by(session: Session, row: Outgoing) -> datetime | None:
    """Return when the customer first wrote something that the author had not seen; None where that doesn't stop the mail."""
    if not row.unless_reply:
        return None
    return session.exec(
        select(func.min(Message.arrived_at)).where(
            col(Message.thread_id) == row.thread_id,
            col(Message.side) == Side.THEIRS.value,
            col(Message.kind).in_(_BY_HAND),
            col(Message.arrived_at) > (row.answers_until or row.created_at),
        )
    ).one()


def withdraw(row: Outgoing, came: datetime) -> None:
    """Take the mail back and say why."""
    write_dispatch(row, cancel(dispatch_of(row)))
    said = say("Not sent: the customer wrote at {at} (UTC), after this was written.", at=f"{came:%Y-%m-%d %H:%M}")
    row.last_error = said.to_json()
