"""What a turn's state is at an instant, and which of several turns is the most urgent.

Room: domain. In: turns, a policy, `now` (aware UTC). Out: states, and the story with what time alone has done. At risk
begins exactly `warn` before a deadline; at the deadline itself the turn is overdue, at the promised instant the promise
is broken.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from mailcrm.domain.clock.account import Account, Deadline, Line, Turn
from mailcrm.domain.clock.policy import Policy

__all__ = ["State", "back_from_snooze", "deadline", "most_urgent", "state", "story_at", "urgency"]


class State(StrEnum):
    """The states of a thread or a turn, as every JSON document spells them; the later, the more urgent."""

    IDLE = "idle"
    VOID = "void"
    WAIVED = "waived"
    CLOSED = "closed"
    PROMISED = "promised"
    RUNNING = "running"
    PROMISE_UNCONFIRMED = "promise_unconfirmed"
    AT_RISK = "at_risk"
    PROMISE_AT_RISK = "promise_at_risk"
    OVERDUE = "overdue"
    PROMISE_BROKEN = "promise_broken"


# How two turns of one thread compare. Answered and waived are equal: the newer one tells what the thread is now.
_URGENCY = {
    State.IDLE: 0,
    State.VOID: 1,
    State.WAIVED: 2,
    State.CLOSED: 2,
    State.PROMISED: 3,
    State.RUNNING: 4,
    State.PROMISE_UNCONFIRMED: 5,
    State.AT_RISK: 6,
    State.PROMISE_AT_RISK: 7,
    State.OVERDUE: 8,
    State.PROMISE_BROKEN: 9,
}


def state(turn: Turn, policy: Policy, now: datetime) -> State:
    """Return the state of `turn` at `now`."""
    if turn.end:
        return State(turn.end)
    if turn.supposed_by:
        return State.PROMISE_UNCONFIRMED
    if turn.promised_until is not None:
        calm, near, past = State.PROMISED, State.PROMISE_AT_RISK, State.PROMISE_BROKEN
    else:
        calm, near, past = State.RUNNING, State.AT_RISK, State.OVERDUE
    if now >= deadline(turn):
        return past
    return near if now >= deadline(turn) - policy.warns(domestic=turn.domestic) else calm


def deadline(turn: Turn) -> datetime:
    """Return the instant that counts now: the promised one where something was promised, else the due one."""
    return turn.promised_until or turn.due


def back_from_snooze(until: datetime, ends_at: datetime, policy: Policy, *, domestic: bool = False) -> datetime:
    """Return when a thread that is snoozed `until` is back: never later than its deadline `ends_at` is at risk."""
    return min(until, ends_at - policy.warns(domestic=domestic))


def urgency(of: State) -> int:
    """Return a number that is the higher the more urgent the state is."""
    return _URGENCY[of]


def most_urgent(turns: Iterable[Turn], policy: Policy, now: datetime) -> Turn | None:
    """Return the turn that speaks for the thread: the most urgent, then the nearest deadline; of ended ones the newest.

    None where there is no turn: the thread is idle.
    """
    return max(turns, key=lambda turn: _weight(turn, policy, now), default=None)


def _weight(turn: Turn, policy: Policy, now: datetime) -> tuple[int, float, str]:
    nearness = turn.anchor.timestamp() if turn.end else -deadline(turn).timestamp()
    return urgency(state(turn, policy, now)), nearness, turn.opened_by


def story_at(account: Account, policy: Policy, now: datetime) -> tuple[Line, ...]:
    """Return the story with the deadlines that neared and passed up to `now`, in order.

    At one instant, what time did comes before what people did: an answer at the due instant comes after its passing.
    """
    passed = [line for deadline in account.deadlines for line in _passing(deadline, policy, now)]
    return tuple(sorted([*passed, *account.story], key=lambda line: line.at))


def _passing(deadline: Deadline, policy: Policy, now: datetime) -> list[Line]:
    from mailcrm.domain.clock import story  # the words of all ledgers, which lists of states need not load

    end = now if deadline.until is None else min(now, deadline.until)
    neared = deadline.at - policy.warns(domestic=deadline.domestic)
    lines = []
    # A deadline shorter than the warning is at risk from the start: nothing nears.
    if deadline.since < neared <= end:
        lines.append(story.deadline_neared(deadline, neared))
    if deadline.at <= end:
        lines.append(story.deadline_passed(deadline, max(deadline.at, deadline.since)))
    return lines
