"""Waits from the ledger: the table of waits is a cache that this rule keeps true, beside that of the turns.

Room: rules. In: thread ids, the policy. Out: the rows of `wait`, equal to what `replay_wait` gives, for the threads themselves and for
those on which we wait for somebody who wrote in them; and an unattended nudge that nobody wants any more, taken back before it
leaves. Runs in the transaction of whatever changed the ledger: from the moment at which the customer's answer is known no nudge
can go out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import union
from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import ElsewhereDecided, WaitDecided
from mailcrm.domain.message import Side
from mailcrm.domain.outbox import cancel
from mailcrm.domain.parties import Ours
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.waiting.wait import Wait
from mailcrm.domain.words import say
from mailcrm.records import Contact, Decision, Message, Outgoing, WaitParty, WaitRecord
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.facts import ledger
from mailcrm.store.threads import forget_waits
from mailcrm.store.waiting import BY_HAND, with_elsewhere, with_newest_mail, write_wait

__all__ = ["recompute_waits"]

_AT_ONCE = 200
_DECISIONS = (WaitDecided.name, ElsewhereDecided.name)
_STILL_HERE = ("held", "queued", "deferred")


def recompute_waits(session: Session, thread_ids: Collection[int], ours: Ours, policy: WaitingPolicy) -> None:
    """Make the waits that these threads concern what their ledgers come to."""
    session.flush()
    wanted: set[int] = set()
    for some in _pieces(thread_ids):
        wanted |= _may_wait(session, some) | _concerned(session, some)
    for some in _pieces(wanted):
        _recompute(session, some, ours, policy)
        session.flush()


def _pieces(ids: Collection[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _may_wait(session: Session, ids: Collection[int]) -> set[int]:
    """Return those threads in which we asked something, somebody decided to wait, or a wait stands."""
    asked = select(Message.thread_id).where(
        col(Message.thread_id).in_(ids),
        col(Message.side) == Side.OURS.value,
        col(Message.history).is_(False),
        col(Message.question) != "",
    )
    sent = select(col(Outgoing.thread_id)).where(
        col(Outgoing.thread_id).in_(ids), col(Outgoing.stored_message_id).is_not(None)
    )
    decided = select(Decision.thread_id).where(col(Decision.thread_id).in_(ids), col(Decision.event).in_(_DECISIONS))
    known = select(WaitRecord.thread_id).where(col(WaitRecord.thread_id).in_(ids))
    return {thread for (thread,) in session.execute(union(asked, sent, decided, known))}


def _concerned(session: Session, ids: Collection[int]) -> set[int]:
    """Return the threads on which we wait for somebody who wrote in these threads, or asked about a mail in them."""
    writers: set[str] = set()
    for company, domain, address in session.exec(
        select(Contact.company_id, Message.from_domain, Message.from_address)
        .select_from(Message)
        .join(Contact, isouter=True)
        .where(
            col(Message.thread_id).in_(ids),
            col(Message.side) == Side.THEIRS.value,
            col(Message.kind).in_(BY_HAND),
            col(Message.history).is_(False),
        )
        .distinct()
    ):
        writers |= {f"company:{company}", f"domain:{domain}", address}
    waited_for = select(WaitParty.thread_id).where(col(WaitParty.party).in_(writers))
    asked = (
        select(WaitRecord.thread_id)
        .join(Message, col(Message.id) == col(WaitRecord.elsewhere))
        .where(col(Message.thread_id).in_(ids))
    )
    return {thread for (thread,) in session.execute(union(waited_for, asked))}


def _recompute(session: Session, ids: Collection[int], ours: Ours, policy: WaitingPolicy) -> None:
    events = ledger(session, ids, ours)
    known = {row.thread_id: row for row in session.exec(select(WaitRecord).where(col(WaitRecord.thread_id).in_(ids)))}
    waits: dict[int, Wait] = {}
    gone: list[int] = []
    for thread_id, happened in events.items():
        whole, country = with_elsewhere(session, thread_id, happened, ours, policy)
        wait = replay_wait(whole, policy.schedule(country))
        row = known.pop(thread_id, None)
        if wait is None or wait.end:
            gone += [thread_id] if row is not None else []
            continue
        wait = wait if wait.mail else with_newest_mail(session, wait, thread_id, ours)
        waits[thread_id] = wait
        row = row or WaitRecord(thread_id=thread_id, message_id=0, since=wait.since, due=wait.due)
        write_wait(row, wait)
        row.country, row.version = country, policy.version
        session.add(row)
    _find_by_party(session, waits)
    forget_waits(session, gone)
    _take_back(session, ids, waits)


def _find_by_party(session: Session, waits: Mapping[int, Wait]) -> None:
    """Let each wait be found by whom it is for."""
    session.flush()
    stored = select(WaitParty.thread_id, WaitParty.party).where(col(WaitParty.thread_id).in_(waits))
    known = {(thread, party) for thread, party in session.exec(stored)}
    wanted = {(thread, party) for thread, wait in waits.items() for party in (*wait.parties, *wait.recipients)}
    for thread, party in known - wanted:
        session.delete(session.get_one(WaitParty, (thread, party)))
    session.add_all(WaitParty(thread_id=thread, party=party) for thread, party in sorted(wanted - known))


def _take_back(session: Session, ids: Collection[int], waits: Mapping[int, Wait]) -> None:
    """Cancel the unattended nudges that have not left, of threads where there is nothing to nudge about any more."""
    waiting = session.exec(
        select(Outgoing).where(col(Outgoing.thread_id).in_(ids), col(Outgoing.state).in_(_STILL_HERE))
    )
    for row in waiting:
        wait = waits.get(row.thread_id or 0)
        wanted = wait is not None and wait.nudge_wanted and row.request.get("wait") == wait.mail
        if row.request.get("automatic") and not wanted:
            write_dispatch(row, cancel(dispatch_of(row)))
            row.last_error = say("Not sent: meanwhile there was an answer, or a person decided otherwise.").to_json()
            session.add(row)
