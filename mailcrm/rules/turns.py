"""Turns from the ledger: the table of turns is a cache that this rule keeps true.

Room: rules. In: thread ids, the policy. Out: the rows of `turn`, equal to what `replay` gives; what a turn was judged by when
it ended, kept for good; and of each deadline that moved, what moved it. Runs in the transaction of whatever changed the ledger,
so that a turn never disagrees with the mail behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.ledger import Event, MailArrived
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.notices.hours import Hours
from mailcrm.domain.notices.levels import watch
from mailcrm.domain.notices.planning import first_look
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.records import DueMove
from mailcrm.rules.tasks import settle_tasks
from mailcrm.store.borrowed import borrowing_threads
from mailcrm.store.bulk import add_rows, table_of
from mailcrm.store.facts import ledger
from mailcrm.store.turns import judge, known_turns, row_of, turn_of, write_turns

__all__ = ["Ledgers", "Occasion", "recompute_turns"]

Ledgers = Mapping[int, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """When turns are made anew, and `by` whose command; "" where mail or the settings are the reason."""

    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What turns are made by."""

    policy: Policy
    hours: Hours
    occasion: Occasion


def recompute_turns(
    session: Session, thread_ids: Collection[int], ours: Ours, policy: Policy, occasion: Occasion
) -> Ledgers:
    """Make the turns of these threads what their ledgers come to; return the ledgers that were read for it."""
    session.flush()
    ids = {*thread_ids, *borrowing_threads(session, thread_ids)}
    ledgers = ledger(session, sorted(ids), ours)
    if ids:
        _recompute(session, ledgers, _Rules(policy, Hours(policy.office), occasion))
    return ledgers


def _recompute(session: Session, ledgers: Ledgers, rules: _Rules) -> None:
    known = known_turns(session, ledgers)
    accounts = {thread_id: replay(events, rules.policy, deadlines=False) for thread_id, events in ledgers.items()}
    settle_tasks(session, {thread_id: account.story for thread_id, account in accounts.items()})
    turns = [(thread_id, turn) for thread_id, account in accounts.items() for turn in account.turns]
    befores = [known.get(int(turn.opened_by[1:])) for _thread, turn in turns]
    moves = [
        _move(row, turn, rules.occasion)
        for row, (_thread, turn) in zip(befores, turns, strict=True)
        if row is not None and row.due != turn.due
    ]
    add_rows(session, table_of(DueMove), moves)
    wanted = [
        row_of(turn, thread_id, _notice_at(row, turn, rules))
        for row, (thread_id, turn) in zip(befores, turns, strict=True)
    ]
    write_turns(session, known, wanted)
    judge(session, _judged(ledgers), [turn for _thread, turn in turns])


def _judged(ledgers: Ledgers) -> frozenset[int]:
    """Return the mails by which turns were opened that ended once and were judged then."""
    return frozenset(
        int(event.key[1:])
        for events in ledgers.values()
        for event in events
        if isinstance(event, MailArrived) and event.judged_due is not None
    )


def _move(row: Row[Any], turn: Turn, occasion: Occasion) -> dict[str, Any]:
    """Return the entry of a deadline that moves: no deadline moves without one."""
    cause = Sentence.from_json(turn.rule)
    if row.anchor != turn.anchor:
        cause = say("a copy of the mail with another arrival was found")
    elif row.rule == turn.rule:
        cause = say("the office's days or hours were changed ({rule})", rule=cause)
    return {
        "opened_by": row.opened_by,
        "at": occasion.at,
        "before": row.due,
        "after": turn.due,
        "cause": cause.to_json(),
        "actor": occasion.by,
    }


def _notice_at(row: Row[Any] | None, turn: Turn, rules: _Rules) -> datetime | None:
    """Return when to look whether somebody is to be told of `turn`: as before where nothing of that changed."""
    watched = watch(turn)
    if watched is None:
        return None
    if row is not None and watch(turn_of(row)) == watched:
        told_at: datetime | None = row.notice_at
        return told_at
    return first_look(watched, rules.hours, rules.policy.warns(domestic=turn.domestic))
