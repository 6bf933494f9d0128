"""Doubt: the connection was lost after DATA began, and nobody knows whether the mail was accepted.

Room: outbox. Such a mail is never sent again by itself. It is looked for in Sent and among what came in (a copy to
ourselves), by its Message-ID and by its reference, 2, 10 and 30 minutes after DATA; found, it was sent (at the time of DATA);
otherwise a person decides: *resend with the same id*, or *treat as sent*. A mail of ours that a poll finds settles its doubt
too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.domain import outbox
from mailcrm.domain.message import Side
from mailcrm.domain.outbox import Status
from mailcrm.domain.words import say
from mailcrm.records import Message, Outgoing
from mailcrm.store.bulk import objects, rows, table_of
from mailcrm.store.dispatches import dispatch_of, write_dispatch

__all__ = ["doubt_orphans", "due_looks", "looked", "mark_found", "settle_found"]

_outgoing, _message = table_of(Outgoing), table_of(Message)
_FOUND = (
    columns(_outgoing.c.id)
    .join(_message, _message.c.message_id == _outgoing.c.message_id)
    .where(_outgoing.c.state == Status.IN_DOUBT.value, _message.c.side == Side.OURS.value)
)

OnSent = Callable[[Session, Outgoing], None]


def doubt_orphans(session: Session, now: datetime) -> int:
    """Put rows in doubt whose sender died in `sending` (the caller holds the engine's lock); return how many."""
    sending = session.exec(select(Outgoing).where(col(Outgoing.state) == Status.SENDING.value)).all()
    for row in sending:
        write_dispatch(row, outbox.orphaned(dispatch_of(row), now))
        row.last_error = say("mailcrm was stopped while this mail was handed over.").to_json()
        session.add(row)
    return len(sending)


def due_looks(session: Session, now: datetime) -> list[Outgoing]:
    """Return the mails in doubt that are to be looked for now."""
    doubtful = col(Outgoing.state) == Status.IN_DOUBT.value
    return list(session.exec(select(Outgoing).where(doubtful, col(Outgoing.next_attempt) <= now)))


def looked(session: Session, row: Outgoing, now: datetime) -> None:
    """Note a search that found nothing; after the last one a person has to decide."""
    write_dispatch(row, outbox.looked(dispatch_of(row), now))
    session.add(row)


def mark_found(session: Session, row: Outgoing, on_sent: OnSent) -> None:
    """Make a mail in doubt `sent`, at the time of DATA."""
    write_dispatch(row, outbox.found(dispatch_of(row)))
    row.last_error = None
    session.add(row)
    on_sent(session, row)


def settle_found(session: Session, on_sent: OnSent) -> None:
    """Settle the rows whose mail has meanwhile been found among our own."""
    session.flush()
    for row in objects(session, Outgoing, [key for (key,) in rows(session, _FOUND)]):
        mark_found(session, row, on_sent)
