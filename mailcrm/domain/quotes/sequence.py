"""When a quote is followed up, and when it ends.

Room: domain. In: when it was sent, until which day it is valid and in which zone that was printed, the customer's working days. Out: instants.
The reminder some days before the end is a follow-up like the others: what would come after it isn't sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailcrm.domain.waiting.steps import Schedule

__all__ = ["REMINDER", "FollowUp", "ends_at", "follow_ups"]

REMINDER = "quote_expiring"
_TEMPLATES = 3


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The `number`-th follow-up is due at `due`, by `template`."""

    number: int
    due: datetime
    template: str


def ends_at(valid_until: date, zone: str) -> datetime:
    """Return the end of the day `valid_until` in the zone that is printed on the quote, aware UTC: at that instant it has expired."""
    return datetime.combine(valid_until + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def follow_ups(
    sent: datetime, schedule: Schedule, valid_until: date, zone: str, *, remind_days: int
) -> tuple[FollowUp, ...]:
    """Return the follow-ups of a quote that was sent at `sent`, in order; `schedule` counts in the customer's working days."""
    end = ends_at(valid_until, zone)
    reminder = end - timedelta(days=remind_days)
    dues = [schedule.after(sent, days) for days in schedule.days]
    steps = [(due, f"quote_followup_{min(n, _TEMPLATES)}") for n, due in enumerate(dues, 1) if due < min(reminder, end)]
    if reminder > sent:
        steps.append((reminder, REMINDER))
    return tuple(FollowUp(number, due, template) for number, (due, template) in enumerate(steps, 1))
