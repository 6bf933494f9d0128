"""When nudges are due: so many working days of the customer's country after the mail that started it.

Room: domain. In: `[waiting]` as it is written, the customer's working days as an `Office` whose `days` and public days are
those of the country. Out: instants. The hour stays that of our mail; which day a day is, our own clock says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import pairwise

from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["MOST_NUDGES", "Schedule", "WaitingPolicy"]

MOST_NUDGES = 3


@dataclass(frozen=True, slots=True)
class WaitingPolicy:
    """`[waiting]`, and the working days of every country: `calendar_of("")` is our own office.

    `automatic`: the numbers of the nudges that are sent unattended.
    """

    days: tuple[int, ...] = (3, 5, 10)
    automatic: frozenset[int] = frozenset()
    calendar_of: Callable[[str], Office] = field(default=lambda _country: Office(), compare=False, repr=False)

    @classmethod
    def from_settings(
        cls, days: Sequence[int], automatic: Sequence[int], calendar_of: Callable[[str], Office]
    ) -> WaitingPolicy:
        """Return the policy; ConfigError for steps that don't rise, are too many, or aren't there."""
        if not 1 <= len(days) <= MOST_NUDGES or days[0] < 1 or any(after <= day for day, after in pairwise(days)):
            raise ConfigError(
                say("waiting.days can't be {value}.", value=list(days)),
                say("Write one to three rising numbers of working days, such as [3, 5, 10]."),
            )
        if not set(automatic) <= set(range(1, len(days) + 1)):
            raise ConfigError(
                say("waiting.automatic can't be {value}.", value=list(automatic)),
                say("Write the numbers of the nudges that may be sent unattended, from 1 to {last}.", last=len(days)),
            )
        return cls(tuple(days), frozenset(automatic), calendar_of)

    def schedule(self, country: str) -> Schedule:
        """Return the steps in the working days of `country`."""
        return Schedule(self.days, self.calendar_of(country))

    @property
    def version(self) -> str:
        """A short name for exactly these steps and this office."""
        values = (self.days, self.calendar_of("").canonical())
        return hashlib.sha256(repr(values).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days`: after how many working days each nudge is due, rising; at most three. `calendar`: where the customer works."""

    days: tuple[int, ...] = (3, 5, 10)
    calendar: Office = field(default_factory=Office)

    def dues(self, since: datetime, first: int | None = None) -> list[datetime]:
        """Return when each nudge is due, and last when a person is asked how long to park it.

        `first`: another number of working days until the first step; the others keep their distance to it.
        """
        return [self.due(since, step, first) for step in range(self.steps + 1)]

    def due(self, since: datetime, step: int, first: int | None = None) -> datetime:
        """Return one of `dues`."""
        shift = 0 if first is None else first - self.days[0]
        return self.after(since, self._all()[step] + shift)

    @property
    def steps(self) -> int:
        """How many nudges there are."""
        return len(self.days)

    def later(self, dues: Sequence[datetime], step: int, at: datetime) -> list[datetime]:
        """Return `dues` with `step` at `at` and those behind it as far behind as they were, none earlier than before."""
        days = self._all()
        moved = [max(due, self.after(at, days[n] - days[step])) for n, due in enumerate(dues) if n > step]
        return [*dues[:step], at, *moved]

    def after(self, instant: datetime, count: int) -> datetime:
        """Return the same hour, `count` working days after `instant`."""
        local = instant.astimezone(self.calendar.tz)
        day = self.calendar.working_day_after(local.date(), count) if count > 0 else local.date()
        return self._at(day, local.time())

    def back_at_work(self, back: date, since: datetime) -> datetime:
        """Return the working day after the day of return, at the hour of the mail that we wait on."""
        return self._at(self.calendar.working_day_after(back), since.astimezone(self.calendar.tz).time())

    def day_of(self, instant: datetime) -> date:
        """Return the day that `instant` is on."""
        return instant.astimezone(self.calendar.tz).date()

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.calendar.tz).astimezone(UTC)

    def _all(self) -> tuple[int, ...]:
        """Return the steps and, as far behind the last as that is behind the one before, the day on which one gives up."""
        before = self.days[-2] if len(self.days) > 1 else 0
        return (*self.days, 2 * self.days[-1] - before)
