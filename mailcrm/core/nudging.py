"""Unattended nudges: those steps that `[waiting] automatic` names leave without anybody's looking at them.

Room: core. Only the holder of the engine's lock calls this. What makes them safe:

    1. the mailbox is read right before; where that fails, nothing is sent
    2. the thread is looked at again in the transaction that queues the nudge
    3. mail that arrives afterwards takes a queued nudge back in the transaction that stores it (rules.waiting), and what was taken
       back is never handed over: `sending` is committed only for a row that still waits (outbox.drain)

A nudge is tried by itself once; what a person cancelled or a server refused is then the person's. An automatic mail never closes a turn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from mailcrm.actions.reply import Reply
from mailcrm.core.pipeline import chosen_accounts, poll_accounts, resting
from mailcrm.core.world import World
from mailcrm.domain.country_names import clocks
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.message import Side
from mailcrm.domain.outbox import put_off
from mailcrm.domain.waiting.hours import in_quiet_season, may_leave
from mailcrm.records import ActionEntry, Message, Outgoing, Thread, TurnRecord, WaitRecord
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.quotes import in_sequence
from mailcrm.store.waiting import wait_of

__all__ = ["customer_waits", "queue_nudges", "read_accounts", "read_before_retrying", "they_work", "tried_again"]

_ACTOR = "mailcrm"
_LATER = timedelta(minutes=1)


def queue_nudges(world: World) -> list[int]:
    """Read the mailboxes of the accounts in which an unattended nudge is due, then queue what is still to be sent."""
    if not world.policies.waiting.automatic:
        return []
    with world.store.read() as session:
        due = _due(session, world)
    readable = read_accounts(world, {account for _thread, account in due})
    queued = [_queue(world, thread) for thread, account in due if account in readable]
    return [row for row in queued if row is not None]


def tried_again(world: World) -> list[tuple[int, int]]:
    """Return (id, account) of the unattended nudges that are about to be sent at a second attempt."""
    now = world.clock.now()
    waiting = or_(col(Outgoing.state) == "queued", col(Outgoing.state) == "deferred")
    with world.store.read() as session:
        found = select(Outgoing.id, Outgoing.account_id, Outgoing.request, Outgoing.next_attempt).where(waiting)
        return [
            (row_id or 0, account)
            for row_id, account, request, next_attempt in session.exec(found)
            if request.get("automatic") and (next_attempt or now) <= now
        ]


def read_before_retrying(world: World, again: Sequence[tuple[int, int]]) -> None:
    """Read the mailboxes before unattended nudges leave at a second attempt; where that fails they wait a minute more."""
    readable = read_accounts(world, {account for _row, account in again})
    for row_id, account in again:
        if account not in readable:
            _put_off(world, row_id, world.clock.now() + _LATER)


def _put_off(world: World, row_id: int, until: datetime) -> None:
    with world.store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        if row.state in ("queued", "deferred"):
            write_dispatch(row, put_off(dispatch_of(row), until))
            session.add(row)


def read_accounts(world: World, accounts: Collection[int]) -> set[int]:
    """Poll these accounts; return those that could be read."""
    if not accounts:
        return set()
    chosen = [row for row in chosen_accounts(world, None) if row.id in accounts and not resting(world, row)]
    return {row.id or 0 for row in chosen if not poll_accounts(world, [row]).errors}


def _due(session: Session, world: World) -> list[tuple[int, int]]:
    """Return (thread, account) of the waits whose next step is an unattended nudge that may leave now."""
    found = select(WaitRecord, Thread.account_id).join(Thread).where(col(WaitRecord.due) <= world.clock.now())
    return [
        (record.thread_id, account)
        for record, account in session.exec(found.order_by(col(WaitRecord.due)))
        if account is not None and _may_send(session, world, record)
    ]


def _may_send(session: Session, world: World, record: WaitRecord) -> bool:
    wait, now = wait_of(record), world.clock.now()
    if not wait.nudge_wanted or wait.number not in world.policies.waiting.automatic or wait.due > now:
        return False
    if session.get_one(Thread, record.thread_id).done or customer_waits(session, record.thread_id):
        return False
    if in_sequence(session, [record.thread_id]):  # a quote has follow-ups of its own
        return False
    return not _was_tried(session, record) and they_work(session, world, record.country, record.recipients)


def customer_waits(session: Session, thread_id: int) -> bool:
    """Whether a turn is open on the thread: a person answers first."""
    waits = select(TurnRecord.opened_by).where(col(TurnRecord.thread_id) == thread_id, col(TurnRecord.end) == "")
    return session.exec(waits.limit(1)).first() is not None


def _was_tried(session: Session, record: WaitRecord) -> bool:
    """Whether this nudge was queued by itself before, or one that a person wrote is on its way."""
    rows = session.exec(select(Outgoing).where(col(Outgoing.thread_id) == record.thread_id))
    step = {"wait": f"m{record.message_id}", "number": record.number}
    return any(
        row.request.items() >= step.items()
        if row.request.get("automatic")
        else row.state in ("held", "queued", "sending", "deferred", "in_doubt")
        for row in rows
    )


def they_work(session: Session, world: World, country: str, recipients: Sequence[str]) -> bool:
    """Whether those people work now, by every clock that they may have, and it is no quiet season there."""
    now, calendar = world.clock.now(), world.policies.waiting.calendar_of(country)
    told = session.exec(
        select(Message.date_offset)
        .where(
            col(Message.from_address).in_(recipients),
            col(Message.side) == Side.THEIRS.value,
            col(Message.date_offset).is_not(None),
        )
        .order_by(col(Message.sort_key).desc())
        .limit(1)
    ).first()
    offsets = [told] if told is not None else clocks(country)
    today = now.astimezone(calendar.tz).date()
    return may_leave(now, calendar, offsets) and not in_quiet_season(today, country)


def _queue(world: World, thread_id: int) -> int | None:
    """Look at the thread again and queue its nudge, in one transaction; None where nothing is to be sent any more."""
    try:
        with world.store.begin() as session:
            record = session.get(WaitRecord, thread_id)
            if record is None or not _may_send(session, world, record):
                return None
            step = {"wait": f"m{record.message_id}", "number": record.number}
            reply = Reply(
                f"t{thread_id}", template=f"nudge_{record.number}", mode="send", automatic=True, unless_reply=True
            )
            done = reply.handle(session, replace(world.situation(session), actor=_ACTOR))
            row = session.get_one(Outgoing, (done.before or {})["outgoing"])
            row.request = {**row.request, **step}
            session.add(row)
            session.add(
                ActionEntry(
                    at=world.clock.now(),
                    actor=_ACTOR,
                    verb=Reply.verb,
                    thread_id=thread_id,
                    before=dict(done.before or {}),
                )
            )
            return row.id
    except MailcrmError:
        return None  # the step stays on the worklist, where whoever sends it by hand is told what is wrong
