"""The customer's morning: the next 09:00 on a working day by her clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.sending_time import next_morning, sending_time
from mailcrm.domain.errors import ComposeError, RefusedByRule

OURS = Office()
BERLIN = Office(zone="Europe/Berlin", holidays=frozenset({date(2026, 12, 25)}))
RIYADH = Office(zone="Asia/Riyadh", days=frozenset({6, 0, 1, 2, 3}))


@pytest.mark.parametrize(
    ("now", "there", "expected"),
    [
        ("2026-11-25T10:00+08:00", BERLIN, "2026-11-25T09:00+01:00"),  # 03:00 there
        ("2026-11-25T16:00+08:00", BERLIN, "2026-11-26T09:00+01:00"),  # 09:00 there: it has begun
        ("2026-11-27T20:00+08:00", BERLIN, "2026-11-30T09:00+01:00"),  # a Friday noon there
        ("2026-11-27T20:00+08:00", RIYADH, "2026-11-29T09:00+03:00"),  # where Sunday is a working day
        ("2026-12-24T20:00+08:00", BERLIN, "2026-12-28T09:00+01:00"),  # Christmas is a Friday
        ("2026-03-28T20:00+08:00", BERLIN, "2026-03-30T09:00+02:00"),  # summer time began in between
    ],
)
def test_the_next_morning_there(now: str, there: Office, expected: str) -> None:
    assert next_morning(datetime.fromisoformat(now), there) == datetime.fromisoformat(expected)


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  (hypothesis wants it naive)
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Riyadh", "Pacific/Auckland", "America/St_Johns"]),
)
def test_it_is_always_ahead_at_nine_on_a_working_day_and_none_is_skipped(now: datetime, zone: str) -> None:
    there = replace(BERLIN, zone=zone)
    morning = next_morning(now, there).astimezone(there.tz)
    assert now < morning
    assert (morning.hour, morning.minute) == (9, 0)
    assert there.is_working_day(morning.date())
    assert (morning - now).days < 5  # a weekend and Christmas at most


def test_a_time_is_read_by_our_own_clock() -> None:
    now = datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert sending_time("tomorrow 09:00", now, OURS, BERLIN) == datetime(2026, 11, 26, 1, tzinfo=UTC)
    assert sending_time(" Morning ", now, OURS, BERLIN) == datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2026-11-24 09:00"])
def test_an_empty_or_past_time_is_refused(text: str) -> None:
    with pytest.raises(RefusedByRule):
        sending_time(text, datetime(2026, 11, 25, 2, tzinfo=UTC), OURS, BERLIN)


def test_the_morning_of_somebody_whose_clock_nobody_knows_is_asked_for() -> None:
    with pytest.raises(ComposeError, match="--country"):
        sending_time("morning", datetime(2026, 11, 25, 2, tzinfo=UTC), OURS, None)
