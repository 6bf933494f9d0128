"""When people may be told: working minutes of the office, and the hours of whoever is on duty on its rest days.

Room: domain. In: an office, our people. Out: instants (aware UTC). A working minute lies on a working day, inside the office
hours, or, where `quiet` is set, outside of the quiet hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from mailcrm.domain.clock.office import Office
from mailcrm.domain.team import Presence, Team

__all__ = ["DutyHours", "Hours"]

Span = tuple[datetime, datetime]

MINUTE = timedelta(minutes=1)
LAST_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SEARCH_DAYS = 400
_LONGEST_DUTY = 100


class Hours:
    """The working minutes of an office; what was found out about a day is kept."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._tz = office.tz
        self._known: dict[date, tuple[Span, ...]] = {}
        self._closings: dict[date, datetime] = {}

    def day_of(self, at: datetime) -> date:
        """Return the office's date at `at`."""
        return at.astimezone(self._tz).date()

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return when people may be told on `day`; () on a rest day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self.awake(day) if self.office.is_working_day(day) else ()
        return known

    def awake(self, day: date) -> tuple[Span, ...]:
        """Return the hours of `day` as if people worked on it."""
        spans = ((self._instant(day, start), self._end(day, end)) for start, end in self.office.telling_hours())
        return tuple((start, end) for start, end in spans if start < end)

    def is_working(self, at: datetime) -> bool:
        """Whether `at` is a working minute."""
        return any(start <= at < end for start, end in self.spans(self.day_of(at)))

    def next_working(self, at: datetime) -> datetime:
        """Return the first working minute at or after `at`."""
        day = self.day_of(at)
        for step in range(_SEARCH_DAYS):
            for start, end in self.spans(day + step * _DAY):
                if at < end:
                    return max(start, at)
        return at

    def last_working(self, at: datetime) -> datetime:
        """Return `at` where it is a working minute, else the last one before it."""
        day = self.day_of(at)
        for step in range(_SEARCH_DAYS):
            for start, end in reversed(self.spans(day - step * _DAY)):
                if start <= at:
                    return min(at, end - MINUTE)
        return at

    def leaving(self, day: date) -> datetime:
        """Return when people begin to leave on the working day `day`: an hour before the office closes."""
        return self.closing(day) - LAST_HOUR

    def closing(self, day: date) -> datetime:
        """Return when the office closes on `day`."""
        known = self._closings.get(day)
        if known is None:
            known = self._closings[day] = self.office.end_of(day).astimezone(UTC)
        return known

    def opening(self, day: date) -> datetime:
        """Return when the office opens on `day`."""
        return self._instant(day, self.office.hours[0][0])

    def working_day_before(self, day: date) -> date:
        """Return the last working day before `day`."""
        for step in range(1, _SEARCH_DAYS):
            if self.office.is_working_day(day - step * _DAY):
                return day - step * _DAY
        return day

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self._tz).astimezone(UTC)

    def _end(self, day: date, at: time) -> datetime:
        return self._instant(day + _DAY, at) if at == time() else self._instant(day, at)


class DutyHours:
    """The hours of duty on rest days.

    A duty that is shorter than a day counts as it was written; one of whole days means the hours in which people are told
    on other days.
    """

    def __init__(self, hours: Hours, team: Team) -> None:
        spans = {
            (start, end, one.person) for one in team.presences if one.duty for start, end in _on_rest_days(hours, one)
        }
        self._spans = sorted(spans)

    def people(self, at: datetime) -> tuple[str, ...]:
        """Return who is to be told at `at`."""
        return tuple(dict.fromkeys(person for start, end, person in self._spans if start <= at < end))

    def next(self, at: datetime) -> datetime | None:
        """Return the first minute of duty at or after `at`, None where none is known."""
        return min((max(start, at) for start, end, _person in self._spans if at < end), default=None)

    def last(self, at: datetime, since: datetime) -> datetime | None:
        """Return `at` where somebody is on duty, else the last minute of duty between `since` and `at`."""
        found = max((min(at, end - MINUTE) for start, end, _person in self._spans if start <= at), default=None)
        return found if found is not None and found > since else None


def _on_rest_days(hours: Hours, duty: Presence) -> Iterator[Span]:
    whole = duty.until - duty.since >= _DAY
    first = hours.day_of(duty.since)
    for step in range(min((hours.day_of(duty.until) - first).days + 1, _LONGEST_DUTY)):
        day = first + step * _DAY
        if hours.office.is_working_day(day):
            continue
        midnight = datetime.combine(day, time(), hours.office.tz).astimezone(UTC)
        following = datetime.combine(day + _DAY, time(), hours.office.tz).astimezone(UTC)
        for start, end in hours.awake(day) if whole else ((midnight, following),):
            if max(start, duty.since) < min(end, duty.until):
                yield max(start, duty.since), min(end, duty.until)
