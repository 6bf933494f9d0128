"""Turns from the ledger: the table of turns is a cache that this rule keeps true.

Room: rules. In: thread ids, the policy. Out: the rows of `turn`, equal to what `replay` gives; what a turn was judged by when
it ended, kept for good; and of each deadline that moved, what moved it. Runs in the transaction of whatever changed the ledger,
so that a turn never disagrees with the mail behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.notices.hours import Hours
from mailcrm.domain.notices.levels import watch
from mailcrm.domain.notices.planning import first_look
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.records import DueMove, Judgement, Message, TurnRecord
from mailcrm.rules.tasks import settle_tasks
from mailcrm.store.borrowed import borrowing_threads
from mailcrm.store.facts import ledger
from mailcrm.store.turns import turn_of, write_turn

__all__ = ["Occasion", "recompute_turns"]


_AT_ONCE = 200
_JUDGED = ("closed", "waived")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When turns are made anew, and `by` whose command; "" where mail or the settings are the reason."""

    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What turns are made by."""

    ours: Ours
    policy: Policy
    hours: Hours
    occasion: Occasion


def recompute_turns(
    session: Session, thread_ids: Collection[int], ours: Ours, policy: Policy, occasion: Occasion
) -> None:
    """Make the turns of these threads what their ledgers come to."""
    session.flush()
    rules = _Rules(ours, policy, Hours(policy.office), occasion)
    ids = sorted({*thread_ids, *_borrowing(session, thread_ids)})
    for start in range(0, len(ids), _AT_ONCE):
        _recompute(session, ids[start : start + _AT_ONCE], rules)
        session.flush()


def _borrowing(session: Session, thread_ids: Collection[int]) -> Iterator[int]:
    """Yield the threads on which mail of these counts too."""
    ids = sorted(thread_ids)
    for start in range(0, len(ids), _AT_ONCE):
        yield from borrowing_threads(session, ids[start : start + _AT_ONCE])


def _recompute(session: Session, thread_ids: Collection[int], rules: _Rules) -> None:
    events = ledger(session, thread_ids, rules.ours)
    known = {
        row.opened_by: row for row in session.exec(select(TurnRecord).where(col(TurnRecord.thread_id).in_(thread_ids)))
    }
    judged = set(session.exec(select(Judgement.opened_by).join(Message).where(col(Message.thread_id).in_(thread_ids))))
    accounts = {thread_id: replay(happened, rules.policy) for thread_id, happened in events.items()}
    settle_tasks(session, {thread_id: account.story for thread_id, account in accounts.items()})
    for thread_id, account in accounts.items():
        for turn in account.turns:
            opened_by = int(turn.opened_by.removeprefix("m"))
            row = known.pop(opened_by, None)
            look = _notice_at(row, turn, rules)
            row = row or TurnRecord(
                opened_by=opened_by, thread_id=thread_id, anchor=turn.anchor, due=turn.due, deadline=turn.due
            )
            if row.due != turn.due:
                session.add(_move(row, turn, rules.occasion))
            write_turn(row, turn, thread_id)
            row.notice_at = look
            session.add(row)
            if turn.end in _JUDGED and opened_by not in judged:
                session.add(_judgement(opened_by, turn))
    for gone in known.values():
        session.delete(gone)


def _judgement(opened_by: int, turn: Turn) -> Judgement:
    return Judgement(
        opened_by=opened_by,
        due=turn.due,
        policy_version=turn.policy_version,
        rule=turn.rule,
        calendar=turn.calendar,
    )


def _move(row: TurnRecord, turn: Turn, occasion: Occasion) -> DueMove:
    """Return the entry of a deadline that moves: no deadline moves without one."""
    cause = Sentence.from_json(turn.rule)
    if row.anchor != turn.anchor:
        cause = say("a copy of the mail with another arrival was found")
    elif row.rule == turn.rule:
        cause = say("the office's days or hours were changed ({rule})", rule=cause)
    return DueMove(
        opened_by=row.opened_by,
        at=occasion.at,
        before=row.due,
        after=turn.due,
        cause=cause.to_json(),
        actor=occasion.by,
    )


def _notice_at(row: TurnRecord | None, turn: Turn, rules: _Rules) -> datetime | None:
    """Return when to look whether somebody is to be told of `turn`: as before where nothing of that changed."""
    watched = watch(turn)
    if watched is None:
        return None
    if row is not None and watch(turn_of(row)) == watched:
        return row.notice_at
    return first_look(watched, rules.hours, rules.policy.warns(domestic=turn.domestic))
