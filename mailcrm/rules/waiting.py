"""Waits from the ledger: the table of waits is a cache that this rule keeps true, beside that of the turns.

Room: rules. In: thread ids, the policy. Out: the rows of `wait`, equal to what `replay_wait` gives, for the threads themselves and for
those on which we wait for somebody who wrote in them; and an unattended nudge that nobody wants any more, taken back before it
leaves. Runs in the transaction of whatever changed the ledger: from the moment at which the customer's answer is known no nudge
can go out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select, union
from sqlmodel import Session

from mailcrm.domain.clock.ledger import ElsewhereDecided, WaitDecided
from mailcrm.domain.message import Side
from mailcrm.domain.outbox import cancel
from mailcrm.domain.parties import Ours
from mailcrm.domain.waiting.replay import replay_wait
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.waiting.wait import Wait
from mailcrm.domain.words import say
from mailcrm.records import CompanyDomain, Contact, Decision, Message, Outgoing, WaitParty, WaitRecord
from mailcrm.rules.turns import Ledgers
from mailcrm.store.bulk import among, any_row, objects, one_of, rows, table_of
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of, write_dispatch
from mailcrm.store.elsewhere import BY_HAND
from mailcrm.store.facts import ledger
from mailcrm.store.waiting import known_waits, row_of, with_elsewhere, with_newest_mail, write_waits

__all__ = ["recompute_waits"]

_DECISIONS = (WaitDecided.name, ElsewhereDecided.name)
_STILL_HERE = ("held", "queued", "deferred")

_message, _contact, _outgoing = table_of(Message).c, table_of(Contact).c, table_of(Outgoing).c
_home = table_of(CompanyDomain).c
_decision, _wait, _party = table_of(Decision).c, table_of(WaitRecord).c, table_of(WaitParty).c

_MAY_WAIT = union(
    select(_message.thread_id).where(
        among(_message.thread_id),
        _message.side == Side.OURS.value,
        _message.history.is_(False),
        _message.question != "",
    ),
    select(_outgoing.thread_id).where(among(_outgoing.thread_id), _outgoing.stored_message_id.is_not(None)),
    select(_decision.thread_id).where(among(_decision.thread_id), one_of(_decision.event, *_DECISIONS)),
    select(_wait.thread_id).where(among(_wait.thread_id)),
)
_WRITERS = (
    select(_contact.company_id, _home.company_id, _message.from_domain, _message.from_address)
    .select_from(
        table_of(Message)
        .join(table_of(Contact), isouter=True)
        .join(table_of(CompanyDomain), _home.domain == _message.from_domain, isouter=True)
    )
    .where(
        among(_message.thread_id),
        _message.side == Side.THEIRS.value,
        one_of(_message.kind, *BY_HAND),
        _message.history.is_(False),
    )
    .distinct()
)
_WAITED_FOR = select(_party.thread_id).where(among(_party.party)).distinct()
_ASKED_ABOUT = (
    select(_wait.thread_id)
    .select_from(table_of(Message).join(table_of(WaitRecord), _wait.elsewhere == _message.id))
    .where(among(_message.thread_id))
)
_OUTGOING = select(_outgoing.id, _outgoing.state).where(among(_outgoing.thread_id))


def recompute_waits(
    session: Session, thread_ids: Collection[int], ours: Ours, policy: WaitingPolicy, ledgers: Ledgers
) -> None:
    """Make the waits that these threads concern what their ledgers come to; `ledgers`: those that were read already."""
    session.flush()
    ids = sorted(thread_ids)
    wanted = _may_wait(session, ids)
    if any_row(session, WaitRecord):
        wanted |= _concerned(session, ids)
    if wanted:
        more = sorted(wanted - ledgers.keys())
        read = ledger(session, more, ours) if more else {}
        _recompute(
            session, {one: ledgers[one] if one in ledgers else read[one] for one in sorted(wanted)}, ours, policy
        )


def _may_wait(session: Session, ids: Collection[int]) -> set[int]:
    """Return those threads in which we asked something, somebody decided to wait, or a wait stands."""
    return {thread for (thread,) in rows(session, _MAY_WAIT, ids)}


def _concerned(session: Session, ids: Collection[int]) -> set[int]:
    """Return the threads on which we wait for somebody who wrote in these threads, or asked about a mail in them."""
    writers: set[str] = set()
    for company, at_home, domain, address in rows(session, _WRITERS, ids):
        # Whoever is no contact belongs to the company that writes from the domain.
        writers |= {f"company:{company}", f"company:{at_home}", f"domain:{domain}", address}
    waited_for = rows(session, _WAITED_FOR, writers) if writers else ()
    return {thread for (thread,) in (*waited_for, *rows(session, _ASKED_ABOUT, ids))}


def _recompute(session: Session, ledgers: Ledgers, ours: Ours, policy: WaitingPolicy) -> None:
    known = known_waits(session, ledgers)
    waits: dict[int, Wait] = {}
    wanted, version = [], policy.version
    for thread_id, (whole, country) in with_elsewhere(session, ledgers, ours, policy).items():
        wait = replay_wait(whole, policy.schedule(country))
        if wait is None or wait.end:
            continue
        wait = wait if wait.mail else with_newest_mail(session, wait, thread_id, ours)
        waits[thread_id] = wait
        wanted.append(row_of(wait, thread_id, country, version))
    write_waits(session, known, wanted)
    _take_back(session, ledgers, waits)


def _take_back(session: Session, ids: Collection[int], waits: Mapping[int, Wait]) -> None:
    """Cancel the unattended nudges that have not left, of threads where there is nothing to nudge about any more."""
    unsent = [key for key, state in rows(session, _OUTGOING, ids) if state in _STILL_HERE]
    for row in objects(session, Outgoing, unsent, WITHOUT_BYTES):
        wait = waits.get(row.thread_id or 0)
        wanted = wait is not None and wait.nudge_wanted and row.request.get("wait") == wait.mail
        if row.request.get("automatic") and not wanted:
            write_dispatch(row, cancel(dispatch_of(row)))
            row.last_error = say("Not sent: meanwhile there was an answer, or a person decided otherwise.").to_json()
            session.add(row)
