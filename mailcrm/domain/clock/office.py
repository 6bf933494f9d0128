"""Office days and hours: when our people work.

Room: domain. Holidays are handed in as dates; where they come from is an adapter's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["Office"]

_SEARCH_DAYS = 400


@dataclass(frozen=True, slots=True)
class Office:
    """The office of `[office]`: zone, weekdays (0 = Monday), intervals of a day, rest days and make-up workdays."""

    zone: str = "Asia/Shanghai"
    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(18)))
    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    @property
    def tz(self) -> ZoneInfo:
        """The office's zone."""
        return ZoneInfo(self.zone)

    def is_working_day(self, day: date) -> bool:
        """Whether our people work on `day`: make-up workdays count, holidays don't."""
        return day in self.make_up or (day.weekday() in self.days and day not in self.holidays)

    def working_day_after(self, day: date, count: int = 1) -> date:
        """Return the `count`-th working day after `day`."""
        for _step in range(_SEARCH_DAYS * count):
            day += timedelta(days=1)
            if self.is_working_day(day):
                count -= 1
                if count == 0:
                    return day
        return day

    def end_of(self, day: date) -> datetime:
        """Return the end of the office day `day` as an aware instant."""
        return datetime.combine(day, self.hours[-1][1], self.tz)
