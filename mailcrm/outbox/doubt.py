"""Doubt: the connection was lost after DATA began, and nobody knows whether the mail was accepted.

Room: outbox. Such a mail is never sent again by itself. It is looked for in Sent by its Message-ID after 2, 10 and 30
minutes; found, it was sent (at the time of DATA); otherwise a person decides: *resend with the same id*, or *treat as
sent*. A mail of ours that a poll finds in Sent settles its doubt too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.domain.words import say
from mailcrm.records import Message, Outgoing

__all__ = ["FIRST_LOOK", "doubt_orphans", "due_looks", "looked", "mark_found", "settle_found"]

FIRST_LOOK = timedelta(minutes=2)
_LOOKS = (FIRST_LOOK, timedelta(minutes=10), timedelta(minutes=30))

OnSent = Callable[[Session, Outgoing], None]


def doubt_orphans(session: Session, now: datetime) -> int:
    """Put rows in doubt whose sender died in `sending` (the caller holds the engine's lock); return how many."""
    rows = session.exec(select(Outgoing).where(col(Outgoing.state) == "sending")).all()
    for row in rows:
        row.state = "in_doubt"
        row.next_attempt = (row.sending_at or now) + FIRST_LOOK
        row.looked_for = 0
        row.last_error = say("mailcrm was stopped while this mail was handed over.").to_json()
        session.add(row)
    return len(rows)


def due_looks(session: Session, now: datetime) -> list[tuple[int, int, str]]:
    """Return (id, account id, Message-ID) of the mails in doubt that are to be looked for now."""
    rows = session.exec(
        select(Outgoing.id, Outgoing.account_id, Outgoing.message_id).where(
            col(Outgoing.state) == "in_doubt", col(Outgoing.next_attempt) <= now
        )
    )
    return [(row_id, account_id, message_id) for row_id, account_id, message_id in rows if row_id is not None]


def looked(session: Session, row_id: int, now: datetime) -> None:
    """Note a search that found nothing; after the last one a person has to decide."""
    row = session.get_one(Outgoing, row_id)
    row.looked_for += 1
    start = row.sending_at or now
    row.next_attempt = start + _LOOKS[row.looked_for] if row.looked_for < len(_LOOKS) else None
    session.add(row)


def mark_found(session: Session, row: Outgoing, on_sent: OnSent) -> None:
    """Make a mail in doubt `sent`, at the time of DATA."""
    row.state = "sent"
    row.sent_at = row.sending_at
    row.next_attempt = None
    row.last_error = None
    session.add(row)
    on_sent(session, row)


def settle_found(session: Session, on_sent: OnSent) -> None:
    """Settle the rows whose mail has meanwhile been found among our own."""
    rows = session.exec(
        select(Outgoing)
        .join(Message, col(Message.message_id) == col(Outgoing.message_id))
        .where(col(Outgoing.state) == "in_doubt", col(Message.side) == Side.OURS.value)
    ).all()
    for row in rows:
        row.copy_state = "found"
        mark_found(session, row, on_sent)
