r"""Drain: mail leaves the house only here.

Room: outbox. In: a row that is due, a `Transport`. Out: the row's next state, each step committed before the next:

    draft ─► held (undo window, send later) ─► queued ─► sending ─► sent
                                                 ▲          │├─────► deferred ─► (due again)
                                                 └──────────┘├─────► failed
                                                             └─────► in_doubt   (doubt.py)
    cancelled from draft, held, queued, deferred

`sending` is committed when the recipients are accepted and DATA comes next, so whatever happens afterwards is known to be
unknown, and what happens earlier is known to be harmless: the row is due as before, and may still be taken back. A row in
`sending` that has no sender any more is in doubt and is never sent again by itself. Only the holder of the engine's lock
comes here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from mailcrm.domain.errors import Deferred, InDoubt, MailcrmError, RefusedByRule, ServerRefused
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.doubt import FIRST_LOOK
from mailcrm.ports import Clock, Delivery, Transport
from mailcrm.records import Outgoing
from mailcrm.store import Store

__all__ = ["OnSent", "deliver", "due_rows"]

_BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
_LONG_BACK_OFF = timedelta(hours=4)
_GIVE_UP = timedelta(hours=48)
_SPREAD = 0.2
_WAITING = ("held", "queued", "deferred")

OnSent = Callable[[Session, Outgoing], None]


def due_rows(session: Session, now: datetime) -> list[tuple[int, int]]:
    """Return (id, account id) of what is to leave now, the oldest first."""
    due = or_(
        and_(col(Outgoing.state) == "held", col(Outgoing.held_until) <= now),
        col(Outgoing.state) == "queued",
        and_(col(Outgoing.state) == "deferred", col(Outgoing.next_attempt) <= now),
    )
    rows = session.exec(select(Outgoing.id, Outgoing.account_id).where(due).order_by(col(Outgoing.id)))
    return [(row_id, account_id) for row_id, account_id in rows if row_id is not None]


def deliver(store: Store, row_id: int, transport: Transport, clock: Clock, on_sent: OnSent) -> MailcrmError | None:
    """Hand one mail over; return the error that stops this account's queue, None where the next mail may be tried."""
    mail = _frozen(store, row_id)
    if mail is None:
        return None
    try:
        delivery = transport.send(*mail, before_data=lambda: _commit_sending(store, row_id, clock))
    except RefusedByRule:  # taken back while the server was being called
        return None
    except MailcrmError as error:
        _not_sent(store, row_id, error, clock)
        return error if _stops_queue(error) else None
    _sent(store, row_id, delivery, clock, on_sent)
    return None


def _frozen(store: Store, row_id: int) -> tuple[str, list[str], bytes] | None:
    """Return envelope and bytes of a row; None where it was cancelled or taken meanwhile."""
    with store.read() as session:
        row = session.get_one(Outgoing, row_id)
        return (row.envelope_from, row.envelope_to, row.raw) if row.state in _WAITING and row.raw is not None else None


def _commit_sending(store: Store, row_id: int, clock: Clock) -> None:
    """Commit that DATA comes next: from here on nobody but the server's answer can say that the mail did not leave."""
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        if row.state not in _WAITING:
            raise RefusedByRule(say("This mail was taken back before it left."))
        row.state = "sending"
        row.sending_at = clock.now()
        row.attempts += 1
        session.add(row)


def _sent(store: Store, row_id: int, delivery: Delivery, clock: Clock, on_sent: OnSent) -> None:
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        row.state = "sent"
        row.sent_at = clock.now()
        row.next_attempt = None
        row.refused = dict(delivery.refused)
        row.last_error = _partly(delivery).to_json() if delivery.refused else None
        session.add(row)
        on_sent(session, row)


def _partly(delivery: Delivery) -> Sentence:
    refused = "; ".join(f"{address}: {reply}" for address, reply in delivery.refused.items())
    return say("Sent, but not to everybody: {refused}. Check the address.", refused=refused)


def _not_sent(store: Store, row_id: int, error: MailcrmError, clock: Clock) -> None:
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        if row.state not in (*_WAITING, "sending"):
            return  # taken back while the server was being called
        if row.state != "sending":
            row.attempts += 1
        now = clock.now()
        row.last_error = error.whole.to_json()
        if isinstance(error, InDoubt):
            row.state, row.next_attempt, row.looked_for = "in_doubt", now + FIRST_LOOK, 0
        elif isinstance(error, ServerRefused) or now - row.created_at >= _GIVE_UP:
            row.state, row.next_attempt = "failed", None
        else:
            row.state, row.next_attempt = "deferred", now + _wait(row)
        session.add(row)


def _wait(row: Outgoing) -> timedelta:
    """Return the pause before the next attempt, spread by ± 20 % so that many rows don't come back at once."""
    pause = _BACK_OFF[row.attempts - 1] if row.attempts <= len(_BACK_OFF) else _LONG_BACK_OFF
    seed = hashlib.sha256(f"{row.message_id} {row.attempts}".encode()).digest()[0] / 255
    return pause * (1 - _SPREAD + 2 * _SPREAD * seed)


def _stops_queue(error: MailcrmError) -> bool:
    """Whether the rest of the account's queue is to wait: the server is away, or lets nobody in."""
    return not isinstance(error, (Deferred, ServerRefused))
