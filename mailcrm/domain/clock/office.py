"""Office days and hours: when our people work.

Room: domain. In: `[office]` as it is written; public holidays are handed in as a function (where they come from is an adapter's
matter). Out: an `Office`, or a ConfigError that names the mend.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["DayNames", "Office", "PublicDays", "parse_office"]

_SEARCH_DAYS = 400
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_INTERVAL = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)", re.ASCII)


PublicDays = Callable[[int], tuple[frozenset[date], frozenset[date]]]


DayNames = Callable[[int, str], Mapping[date, str]]


def _nameless(_year: int, _language: str) -> Mapping[date, str]:
    return {}


def _none(_year: int) -> tuple[frozenset[date], frozenset[date]]:
    return frozenset(), frozenset()


@dataclass(frozen=True)
class Office:
    """The office of `[office]`: zone, weekdays (0 = Monday), intervals of a day, rest days and make-up workdays.

    `quiet`: intervals in which nobody is told of a deadline, over midnight too; () for whatever is outside of the hours.
    `public`: a year's rest days and make-up workdays in `country` (ISO 3166-1); the office's own `holidays` and `make_up`
    come before them. `named`: what a year's rest days are called, in "en" or "zh" where anybody knows it.
    """

    zone: str = "Asia/Shanghai"
    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(18)))
    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    country: str = ""
    quiet: tuple[tuple[time, time], ...] = ()
    public: PublicDays = field(default=_none, compare=False, repr=False)
    named: DayNames = field(default=_nameless, compare=False, repr=False)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The office's zone."""
        return ZoneInfo(self.zone)

    def canonical(self) -> tuple[object, ...]:
        """Return the values in a fixed order: sets of dates print in another order in every process."""
        dates = sorted(self.holidays), sorted(self.make_up)
        quiet = [self.quiet] if self.quiet else []
        return self.zone, sorted(self.days), self.hours, *dates, self.country, *quiet

    def calendar(self, first: datetime, last: datetime) -> str:
        """Return a short name for the rest days and make-up workdays of the years from `first` to `last` (aware instants).

        It tells whether a deadline that was counted by them would be counted alike today: a government may announce days later.
        """
        years = range(first.astimezone(self.tz).year, last.astimezone(self.tz).year + 1)
        public = [[sorted(days) for days in self.public(year)] for year in years]
        own = [sorted(day for day in days if day.year in years) for days in (self.holidays, self.make_up)]
        return hashlib.sha256(repr((self.country, public, own)).encode()).hexdigest()[:12]

    def is_working_day(self, day: date) -> bool:
        """Whether our people work on `day`: make-up workdays count, holidays don't."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._is_working_day(day)
        return known

    @cached_property
    def _known(self) -> dict[date, bool]:
        """What was found out about a day is kept: dates are counted day by day."""
        return {}

    def _is_working_day(self, day: date) -> bool:
        if day in self.make_up or day in self.holidays:
            return day in self.make_up
        rest, make_up = self.public(day.year)
        return day in make_up or (day.weekday() in self.days and day not in rest)

    def working_day_after(self, day: date, count: int = 1) -> date:
        """Return the `count`-th working day after `day`."""
        for _step in range(_SEARCH_DAYS * count):
            day += timedelta(days=1)
            if self.is_working_day(day):
                count -= 1
                if count == 0:
                    return day
        return day

    @property
    def day_length(self) -> timedelta:
        """How long an office day is, breaks taken off."""
        day = date(2000, 1, 3)
        spans = (datetime.combine(day, end) - datetime.combine(day, start) for start, end in self.hours)
        return sum(spans, timedelta())

    def telling_hours(self) -> tuple[tuple[time, time], ...]:
        """Return the intervals of a working day in which people may be told; an end at midnight is the next day's."""
        return _outside(self.quiet) if self.quiet else self.hours

    def end_of(self, day: date) -> datetime:
        """Return the end of the office day `day` as an aware instant."""
        return datetime.combine(day, self.hours[-1][1], self.tz)


def parse_office(
    zone: str,
    days: Iterable[str],
    hours: Iterable[str],
    holidays: Iterable[date] = (),
    make_up: Iterable[date] = (),
    country: str = "",
    public: PublicDays = _none,
    quiet: Iterable[str] = (),
) -> Office:
    """Return the office of `[office]`: an IANA zone, days as "Mon", intervals as "09:00-12:00", "CN" with its public days."""
    return Office(
        _zone(zone),
        _weekdays(days),
        _intervals(hours),
        frozenset(holidays),
        frozenset(make_up),
        country=country,
        quiet=_quiet(quiet),
        public=public,
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as cause:
        raise ConfigError(
            say('office.zone = "{value}" is no time zone.', value=name),
            say('Write the zone of the tz database, such as "Asia/Shanghai" or "Europe/Berlin".'),
        ) from cause
    return name


def _weekdays(days: Iterable[str]) -> frozenset[int]:
    found = set()
    for day in days:
        short = day.strip().lower()[:3]
        if short not in _DAYS:
            raise ConfigError(
                say('office.days: "{value}" is no weekday.', value=day),
                say('Write days = ["Mon", "Tue", "Wed", "Thu", "Fri"].'),
            )
        found.add(_DAYS.index(short))
    if not found:
        raise ConfigError(
            say("office.days is empty: there would be no working day to promise."),
            say('Write days = ["Mon", "Tue", "Wed", "Thu", "Fri"].'),
        )
    return frozenset(found)


def _intervals(hours: Iterable[str]) -> tuple[tuple[time, time], ...]:
    intervals = sorted(_interval(text) for text in hours)
    if not intervals:
        raise ConfigError(
            say("office.hours is empty: an office day would have no end."),
            say('Write hours = ["09:00-12:00", "13:30-18:00"].'),
        )
    _refuse_overlap(intervals)
    return tuple(intervals)


def _quiet(hours: Iterable[str]) -> tuple[tuple[time, time], ...]:
    intervals = tuple(sorted(_times(text, "office.quiet") for text in hours))
    if intervals and not _outside(intervals):
        raise ConfigError(
            say("office.quiet is the whole day: nobody would ever be told of a deadline."),
            say('Write the night only, such as "22:00-07:00".'),
        )
    return intervals


def _outside(quiet: Iterable[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    """Return the rest of a day; an interval that ends before it starts runs over midnight."""
    halves = [
        half for start, end in quiet for half in ([(start, end)] if start < end else [(start, time.max), (time(), end)])
    ]
    found, since = [], time()
    for start, end in sorted(halves):
        if since < start:
            found.append((since, start))
        since = max(since, end)
    return tuple(found) if since == time.max else (*found, (since, time()))


def _times(text: str, setting: str) -> tuple[time, time]:
    match = _INTERVAL.fullmatch(text.strip())
    try:
        start, end = (time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))) if match else (None, None)
    except ValueError:
        start, end = None, None
    if start is None or end is None:
        raise ConfigError(
            say('{setting}: "{value}" can\'t be read.', setting=setting, value=text),
            say('Write from and to, such as "09:00-12:00".'),
        )
    return start, end


def _interval(text: str) -> tuple[time, time]:
    start, end = _times(text, "office.hours")
    if end <= start:
        raise ConfigError(
            say('office.hours: "{value}" ends before it starts.', value=text),
            say("Write the earlier time first; a night shift is two intervals, one a day."),
        )
    return start, end


def _refuse_overlap(intervals: Sequence[tuple[time, time]]) -> None:
    for (first, end), (start, last) in pairwise(intervals):
        if start < end:
            raise ConfigError(
                say(
                    'office.hours: "{one}" and "{other}" overlap.',
                    one=f"{first:%H:%M}-{end:%H:%M}",
                    other=f"{start:%H:%M}-{last:%H:%M}",
                ),
                say("Write each hour once; a lunch break lies between two intervals."),
            )
