"""The days that a report is about.

Room: domain. In: `--from` and `--to` as they were written, today. Out: a `Period`, or a UsageError that names the mend.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["Period", "iso_week", "period"]

_DEFAULT_DAYS = 28
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = date(1970, 1, 2), date(2999, 12, 31)  # far enough from where instants end


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the office's zone, `first` and `last` both inside."""

    first: date
    last: date
    zone: str

    @property
    def begins(self) -> datetime:
        """The first instant in it, aware."""
        return datetime.combine(self.first, time(), ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        """The first instant after it, aware."""
        return datetime.combine(self.last + _DAY, time(), ZoneInfo(self.zone))

    def weeks(self) -> tuple[str, ...]:
        """Return the ISO weeks that have a day in it, in order."""
        days = range((self.last - self.first).days + 1)
        return tuple(dict.fromkeys(iso_week(self.first + day * _DAY) for day in days))


def iso_week(day: date) -> str:
    """Return the week of ISO 8601: "2026-W48". Its year is that of its Thursday."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def period(first: str, last: str, today: date, zone: str) -> Period:
    """Return the period of `--from` and `--to`; "" stands for 28 days that end with `last`, and for today."""
    end = _day("--to", last) if last else today
    start = _day("--from", first) if first else end - (_DEFAULT_DAYS - 1) * _DAY
    if start > end:
        raise UsageError(
            say("The period begins on {start}, after its end on {end}.", start=start, end=end),
            say("Give --from a day that isn't after --to; without --to the period ends today."),
        )
    return Period(start, end, zone)


def _day(option: str, written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.min
    if not _EARLIEST <= day <= _LATEST:
        raise UsageError(
            say("{option} {written} is no day.", option=option, written=written),
            say("Write it like 2026-11-23: year, month, day."),
        )
    return day
