"""When an unattended nudge may leave: the customer's working hours, by every clock that he may have."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailcrm.domain.clock.office import Office
from mailcrm.domain.waiting.hours import in_quiet_season, may_leave

WESTERN, GULF = Office(), Office(days=frozenset({6, 0, 1, 2, 3}))
MON, FRI, SUN = 2, 6, 8  # March 2026


@pytest.mark.parametrize(
    ("day", "hour", "calendar", "offsets", "may"),
    [
        (MON, 8, WESTERN, [60], True),
        (MON, 7, WESTERN, [60], False),
        (MON, 15, WESTERN, [60], True),
        (MON, 16, WESTERN, [60], False),
        (MON, 7, WESTERN, [60, 120], False),  # nobody knows whether it is summer there: by both clocks
        (MON, 8, WESTERN, [60, 120], True),
        (MON, 16, WESTERN, [-300], True),
        (MON, 1, WESTERN, [480], True),
        (SUN, 23, WESTERN, [600], True),  # Monday morning there
        (FRI, 22, WESTERN, [780], False),  # Saturday there
        (SUN, 8, WESTERN, [60], False),
        (SUN, 8, GULF, [180], True),
        (FRI, 8, GULF, [180], False),
        (MON, 8, WESTERN, [120, 720], False),  # a country of too many clocks: a person sends it
        (MON, 8, WESTERN, [], False),
    ],
)
def test_working_hours(day: int, hour: int, calendar: Office, offsets: list[int], may: bool) -> None:
    assert may_leave(datetime(2026, 3, day, hour, tzinfo=UTC), calendar, offsets) is may


@pytest.mark.parametrize(
    ("day", "country", "quiet"),
    [
        (date(2026, 12, 23), "DE", False),
        (date(2026, 12, 24), "DE", True),
        (date(2027, 1, 6), "US", True),
        (date(2027, 1, 7), "US", False),
        (date(2026, 8, 10), "IT", True),
        (date(2026, 8, 10), "DE", False),
    ],
)
def test_weeks_in_which_nobody_is_asked(day: date, country: str, quiet: bool) -> None:
    assert in_quiet_season(day, country) is quiet
