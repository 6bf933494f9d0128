"""Counting time that is not simply what the wall clock shows: on working days only, or in office hours only.

Room: domain. In: an instant, a length of time, an office. Out: the instant at which that much time has gone by,
or how much of it lies between two instants. All instants
are aware UTC, so that no change of the clocks adds or loses an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from mailcrm.domain.clock.office import Office

__all__ = ["after_office_time", "after_working_days", "office_time_between"]

_DAY = timedelta(days=1)
# As long as the longest closure anybody could write down; an office works on one weekday at least.
_SEARCH_DAYS = 3_700

Span = tuple[datetime, datetime]


def after_working_days(anchor: datetime, length: timedelta, office: Office) -> datetime:
    """Return when `length` has gone by since `anchor`, counting working days from midnight to midnight and no rest day."""
    return _after(anchor, length, _whole_days(anchor, office))


def after_office_time(anchor: datetime, length: timedelta, office: Office) -> datetime:
    """Return when `length` of office hours has gone by since `anchor`."""
    return _after(anchor, length, _office_hours(anchor, office))


def office_time_between(since: datetime, until: datetime, office: Office) -> timedelta:
    """Return how much of the time between two instants lies in office hours."""
    total = timedelta()
    for start, end in _office_hours(since, office):
        if start >= until:
            break
        total += max(min(end, until) - max(start, since), timedelta())
    return total


def _after(anchor: datetime, length: timedelta, spans: Iterator[Span]) -> datetime:
    left = length
    for start, end in spans:
        begun = max(start, anchor)
        if end - begun >= left:
            return begun + left
        left -= max(end - begun, timedelta())
    return anchor + length


def _whole_days(anchor: datetime, office: Office) -> Iterator[Span]:
    for day in _working_days(anchor, office):
        yield _instant(day, time(), office), _instant(day + _DAY, time(), office)


def _office_hours(anchor: datetime, office: Office) -> Iterator[Span]:
    for day in _working_days(anchor, office):
        for start, end in office.hours:
            yield _instant(day, start, office), _instant(day, end, office)


def _working_days(anchor: datetime, office: Office) -> Iterator[date]:
    first = anchor.astimezone(office.tz).date()
    days = (first + timedelta(days=step) for step in range(_SEARCH_DAYS))
    return (day for day in days if office.is_working_day(day))


def _instant(day: date, at: time, office: Office) -> datetime:
    return datetime.combine(day, at, office.tz).astimezone(UTC)
