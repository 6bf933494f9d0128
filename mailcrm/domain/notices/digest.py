"""One digest per person and moment: what everybody is told at an instant, each turn once.

Room: domain. In: what fired of which deadlines. Out: each person's entries, the heaviest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailcrm.domain.notices.hours import Hours
from mailcrm.domain.notices.levels import Level, Watch
from mailcrm.domain.notices.planning import Firing

__all__ = ["Entry", "RestDays", "gather", "rest_ahead", "until_back"]

_BRIDGE = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a digest: what is told of a deadline.

    `turn`: the mail that opened it, "m12", or the milestone of an order, "d4:production".
    """

    turn: str
    level: Level
    deadline: datetime
    owner: str = ""
    promise: bool = False
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class RestDays:
    """A run of rest days that begins tomorrow; `back` is the working day after it."""

    count: int
    back: date


def gather(fired: Iterable[tuple[Watch, Firing]]) -> dict[str, list[Entry]]:
    """Return what each person is told: of a turn only the heaviest level, whatever roles the person has."""
    heaviest: dict[tuple[str, str, datetime], Entry] = {}
    for watch, firing in fired:
        for person in firing.people:
            key = (person, watch.turn, watch.deadline)
            known = heaviest.get(key)
            if known is None or known.level.weight < firing.level.weight:
                heaviest[key] = Entry(
                    watch.turn, firing.level, watch.deadline, watch.owner, watch.promise, watch.supposed
                )
    digests: dict[str, list[Entry]] = {}
    for (person, _turn, _deadline), entry in heaviest.items():
        digests.setdefault(person, []).append(entry)
    for entries in digests.values():
        entries.sort(key=lambda entry: (-entry.level.weight, entry.deadline, entry.turn))
    return digests


def rest_ahead(hours: Hours, now: datetime) -> RestDays | None:
    """Return the rest days that begin after today's office day where they are three or more: what bridges them says so."""
    today = hours.day_of(now)
    back = hours.office.working_day_after(today)
    count = (back - today).days - 1
    return RestDays(count, back) if count >= _BRIDGE else None


def until_back(hours: Hours, now: datetime) -> datetime:
    """Return the instant up to which a deadline falls before the office is back and at work: an hour after it opens."""
    return hours.opening(hours.office.working_day_after(hours.day_of(now))) + timedelta(hours=1)
