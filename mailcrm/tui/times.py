"""Instants and spans in words, short enough for a column.

Room: tui. In: aware instants, the zone to show them in, now. Out: "late 3h 20m", "Thu 17:00", "Wed 25 November, 17:00",
in the language of the moment.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailcrm.domain.words import Sentence, _, say

__all__ = ["clock_time", "countdown", "day_and_time", "moment", "span", "span_exact", "span_left"]

DAYS: tuple[Sentence, ...] = (
    say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"),
)  # fmt: skip
MONTHS: tuple[Sentence, ...] = (
    say("January"), say("February"), say("March"), say("April"), say("May"), say("June"),
    say("July"), say("August"), say("September"), say("October"), say("November"), say("December"),
)  # fmt: skip

_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=6)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def clock_time(at: datetime, zone: str) -> str:
    """Return "17:00"."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def moment(at: datetime, zone: str, now: datetime) -> str:
    """Return `at` as short as it stays clear: "17:00" today, "Thu 17:00" within six days, else with the date."""
    there, here = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if there.date() == here.date():
        return f"{there:%H:%M}"
    if abs(there - here) < _WEEK:
        return _("{weekday} {time}", weekday=DAYS[there.weekday()], time=f"{there:%H:%M}")
    if there.year == here.year:
        return _("{day}/{month} {time}", day=there.day, month=there.month, time=f"{there:%H:%M}")
    return f"{there:%Y-%m-%d}"


def day_and_time(at: datetime, zone: str) -> str:
    """Return "Wed 25 November, 17:00"."""
    there = at.astimezone(ZoneInfo(zone))
    return _(
        "{weekday} {day} {month}, {time}",
        weekday=DAYS[there.weekday()],
        day=there.day,
        month=MONTHS[there.month - 1],
        time=f"{there:%H:%M}",
    )


def span(length: timedelta) -> str:
    """Return "45m", "3h 20m" or "2d 04h"."""
    minutes = int(length.total_seconds()) // 60
    if length < _HOUR:
        return _("{minutes}m", minutes=minutes)
    if length < _DAY:
        return _("{hours}h {minutes}m", hours=minutes // 60, minutes=f"{minutes % 60:02d}")
    return _("{days}d {hours}h", days=minutes // 1440, hours=f"{minutes // 60 % 24:02d}")


def span_exact(seconds: float) -> str:
    """Return the seconds of an undo window: "12s"."""
    return _("{seconds}s", seconds=max(int(seconds), 0))


def span_left(seconds: float) -> str:
    """Return how long a work still takes: "12s", "3m"."""
    length = timedelta(seconds=seconds)
    return span_exact(seconds) if length < _MINUTE else span(length + _MINUTE)


def countdown(due: datetime, now: datetime) -> str:
    """Return "in 1h 05m" or "late 3h 20m"."""
    if now >= due:
        return _("late {span}", span=span(now - due))
    return _("in {span}", span=span(due - now))
