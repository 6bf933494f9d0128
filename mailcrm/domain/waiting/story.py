"""The story of a wait: what each event of the ledger changed about it, in sentences that a manager accepts.

Room: domain. In: the events of one thread, the schedule of the customer's country. Out: `Line`s beside those of the turns. `event` is
one of these, all in the past tense and stable:

    WaitStarted  WaitMoved  WaitParked  WaitAnswered  WaitStopped  WaitFailed  NudgeSent  WroteElsewhere  WaitConfirmed
"""

from __future__ import annotations

from collections.abc import Iterable

from mailcrm.domain.clock.account import Line
from mailcrm.domain.clock.ledger import Event
from mailcrm.domain.waiting.replay import replays
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.waiting.wait import Wait
from mailcrm.domain.words import Sentence, say

__all__ = ["wait_story"]

_ASKS = say("A mail of ours that asks something is waited on, so many working days of the customer's country.")
_BY_PERSON = say("A person decides to wait, for how long, and when no more.")
_NUDGE = say("A nudge neither restarts nor shifts the wait: every step counts from the mail that started it.")
_AWAY = say("Who is out of office is asked after the return; without a day, three working days later.")
_ANSWER = say("Anybody of theirs who writes on this thread answers.")
_ELSEWHERE = say("A mail of theirs on another thread may be the answer: only a person can say.")
_BOUNCE = say("A mail that came back from all whom it was for reached nobody.")
_OVER = say("Nobody waits any more.")


def wait_story(events: Iterable[Event], schedule: Schedule) -> tuple[Line, ...]:
    """Return a line for every event that changed what we wait for, in order."""
    lines = []
    before: Wait | None = None
    for event, after in replays(events, schedule):
        if after is not None and after != before:
            name, rule, effect = _change(before, after)
            lines.append(Line(event.at, name, event.key, rule, effect))
        before = after
    return tuple(lines)


def _change(before: Wait | None, after: Wait) -> tuple[str, Sentence, Sentence]:
    by_person = not after.started_by.startswith("m")
    if before is None or before.end or before.started_by != after.started_by:
        if after.failed:
            return "WaitFailed", _BOUNCE, say("Another address is needed.")
        effect = say("Without an answer the next step is due {due}.", due=after.due)
        return "WaitStarted", _BY_PERSON if by_person else _ASKS, effect
    if after.end:
        ended = {"answered": ("WaitAnswered", _ANSWER, _OVER), "stopped": ("WaitStopped", _BY_PERSON, _OVER)}
        return ended[after.end]
    return _change_on_the_way(before, after)


def _change_on_the_way(before: Wait, after: Wait) -> tuple[str, Sentence, Sentence]:
    if after.nudges != before.nudges:
        return "NudgeSent", _NUDGE, say("The next step is due {due}.", due=after.due)
    if after.parked_until != before.parked_until:
        return "WaitParked", _BY_PERSON, say("Parked until {until}.", until=after.due)
    if after.elsewhere:
        return "WroteElsewhere", _ELSEWHERE, say("Somebody is asked whether we still wait.")
    if before.elsewhere:
        return "WaitConfirmed", _ELSEWHERE, say("We still wait: the next step is due {due}.", due=after.due)
    return "WaitMoved", _AWAY, say("The next step is due {due}.", due=after.due)
