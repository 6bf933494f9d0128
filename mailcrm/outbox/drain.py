"""Drain: mail leaves the house only here.

Room: outbox. In: a row that is due, a `Transport`. Out: the row's next state (`domain.outbox`), each step committed before
the next. `sending` is committed when the recipients are accepted and DATA comes next, so whatever happens afterwards is known
to be unknown, and what happens earlier is known to be harmless: the row is due as before, and may still be taken back. Only
the holder of the engine's lock comes here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from mailcrm.domain import outbox
from mailcrm.domain.errors import Deferred, InDoubt, LoginRefused, MailcrmError, RefusedByRule, ServerRefused
from mailcrm.domain.outbox import WAITING, Dispatch, Status
from mailcrm.domain.sending_queue import Queue, queue_failed
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.overtaken import overtaken_by, withdraw
from mailcrm.outbox.quotations import keep_back, unfit_since
from mailcrm.ports import Clock, Delivery, Transport
from mailcrm.records import MailAccount, Outgoing
from mailcrm.store.dispatches import dispatch_of, queue_of, write_dispatch, write_queue
from mailcrm.store.engine import Store

__all__ = ["OnSent", "deliver", "due_rows", "partly"]

OnSent = Callable[[Session, Outgoing], None]


def due_rows(session: Session, now: datetime) -> list[tuple[int, int]]:
    """Return (id, account id) of what is to leave now, the oldest first."""
    due = or_(
        and_(col(Outgoing.state) == Status.HELD.value, col(Outgoing.held_until) <= now),
        col(Outgoing.state) == Status.QUEUED.value,
        and_(col(Outgoing.state) == Status.DEFERRED.value, col(Outgoing.next_attempt) <= now),
    )
    rows = session.exec(select(Outgoing.id, Outgoing.account_id).where(due).order_by(col(Outgoing.id)))
    return [(row_id, account_id) for row_id, account_id in rows if row_id is not None]


def deliver(store: Store, row_id: int, transport: Transport, clock: Clock, on_sent: OnSent) -> MailcrmError | None:
    """Hand one mail over; return the error that ends this run of the account, None where the next mail may be tried."""
    mail = _frozen(store, row_id)
    if mail is None:
        return None
    try:
        delivery = transport.send(*mail, before_data=lambda: _commit_sending(store, row_id, clock))
    except RefusedByRule:  # taken back while the server was being called
        return None
    except MailcrmError as error:
        _not_sent(store, row_id, error, clock)
        return error if _ends_run(error) else None
    _sent(store, row_id, delivery, clock, on_sent)
    return None


def _frozen(store: Store, row_id: int) -> tuple[str, list[str], bytes] | None:
    """Return envelope and bytes of a row; None where it was cancelled or taken meanwhile."""
    with store.read() as session:
        row = session.get_one(Outgoing, row_id)
        return (row.envelope_from, row.envelope_to, row.raw) if row.state in WAITING and row.raw is not None else None


def _commit_sending(store: Store, row_id: int, clock: Clock) -> None:
    """Commit that DATA comes next: from here on nobody but the server's answer can say that the mail did not leave.

    A mail that was to leave only without a word of the customer's is taken back here instead, and a quotation that is not what was
    checked any more stays here.
    """
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        came, unfit = overtaken_by(session, row), unfit_since(session, row, clock.now())
        if came is not None:
            withdraw(row, came)
        elif unfit is not None:
            keep_back(row, unfit)
        else:
            write_dispatch(row, outbox.begin(dispatch_of(row), clock.now()))
        session.add(row)
    if unfit is not None:
        raise unfit
    if came is not None:
        raise RefusedByRule(say("The customer wrote first, so this mail was taken back."))


def _sent(store: Store, row_id: int, delivery: Delivery, clock: Clock, on_sent: OnSent) -> None:
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        write_dispatch(row, outbox.accepted(dispatch_of(row), clock.now()))
        row.refused = dict(delivery.refused)
        row.last_error = partly(row)
        session.add(row)
        _line(session, row, lambda queue: Queue(queue.key))
        on_sent(session, row)


def partly(row: Outgoing) -> str | None:
    """Return what is to be said of a mail that was not accepted for everybody; None where it was."""
    if not row.refused:
        return None
    refused = "; ".join(f"{address}: {reply}" for address, reply in row.refused.items())
    return say("Sent, but not to everybody: {refused}. Check the address.", refused=refused).to_json()


def _not_sent(store: Store, row_id: int, error: MailcrmError, clock: Clock) -> None:
    with store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        if row.state not in WAITING | {Status.SENDING}:
            return  # taken back while the server was being called
        now = clock.now()
        write_dispatch(row, _after(dispatch_of(row), error, now))
        row.last_error = error.whole.to_json()
        session.add(row)
        if isinstance(error, LoginRefused):
            _line(session, row, lambda queue: queue_failed(queue, now), error.whole)
        elif isinstance(error, (Deferred, ServerRefused, InDoubt)):
            _line(session, row, lambda queue: Queue(queue.key))


def _after(dispatch: Dispatch, error: MailcrmError, now: datetime) -> Dispatch:
    if isinstance(error, InDoubt):
        return outbox.lost(dispatch, now)
    if isinstance(error, ServerRefused):
        return outbox.refused(dispatch)
    return outbox.deferred(dispatch, now)


def _line(session: Session, row: Outgoing, change: Callable[[Queue], Queue], trouble: Sentence | None = None) -> None:
    """Note how the account's server took us: one that lets nobody in is left alone for a while."""
    account = session.get_one(MailAccount, row.account_id)
    write_queue(account, change(queue_of(account)))
    account.send_trouble = trouble.to_json() if trouble else None
    session.add(account)


def _ends_run(error: MailcrmError) -> bool:
    """Whether the rest of the account's mails is left for later: the server is away, or lets nobody in."""
    return not isinstance(error, (Deferred, ServerRefused))
