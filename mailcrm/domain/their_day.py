"""A customer's day: whether her office is open now, what keeps it closed, when it opens again, which holidays are ahead.

Room: domain. In: `now`, her zone, her country's working days and public holidays as an `Office` (whatever its own hours are). Out: values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailcrm.domain.clock.office import Office
from mailcrm.domain.waiting.hours import CLOSES, OPENS

__all__ = ["TheirDay", "holidays_ahead", "their_day"]


@dataclass(frozen=True, slots=True)
class TheirDay:
    """`closed_by`: "" while the office is open, else "hours", "weekend" or "holiday"; `opens_at` (aware UTC) where it is closed."""

    local: datetime
    closed_by: str = ""
    opens_at: datetime | None = None


def their_day(now: datetime, zone: str, calendar: Office) -> TheirDay:
    """Return what her day is at `now`."""
    there = ZoneInfo(zone)
    local = now.astimezone(there)
    closed_by = _closed_by(local, calendar)
    if not closed_by:
        return TheirDay(local)
    today = local.date()
    day = today if calendar.is_working_day(today) and local.hour < OPENS else calendar.working_day_after(today)
    return TheirDay(local, closed_by, datetime.combine(day, time(OPENS), there).astimezone(UTC))


def _closed_by(local: datetime, calendar: Office) -> str:
    if not calendar.is_working_day(local.date()):
        return "weekend" if local.weekday() not in calendar.days else "holiday"
    return "" if OPENS <= local.hour < CLOSES else "hours"


def holidays_ahead(today: date, days: int, calendar: Office) -> Sequence[date]:
    """Return the rest days from `today` on that fall on days on which she else works, for so many days."""
    ahead = (today + timedelta(days=count) for count in range(days))
    return [day for day in ahead if day.weekday() in calendar.days and not calendar.is_working_day(day)]
