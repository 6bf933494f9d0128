from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailcrm.domain.arrival import Arrival, arrived_at, dated_in_future

INTERNAL = datetime(2026, 11, 23, 2, tzinfo=UTC)
FETCHED = INTERNAL + timedelta(days=1)
SECOND = timedelta(seconds=1)
HOURS_72 = timedelta(hours=72)


@pytest.mark.parametrize(
    ("internaldate", "received", "date", "expected"),
    [
        pytest.param(INTERNAL, None, None, Arrival(INTERNAL), id="internaldate alone"),
        pytest.param(INTERNAL, INTERNAL - SECOND, None, Arrival(INTERNAL - SECOND), id="the stamp is earlier: moved"),
        pytest.param(INTERNAL, INTERNAL - HOURS_72, None, Arrival(INTERNAL - HOURS_72), id="72 h is still moved"),
        pytest.param(
            INTERNAL,
            INTERNAL - HOURS_72 - SECOND,
            None,
            Arrival(INTERNAL - HOURS_72 - SECOND, old_mail=True),
            id="more than 72 h is old mail",
        ),
        pytest.param(INTERNAL, INTERNAL + SECOND, None, Arrival(INTERNAL), id="a later stamp is ignored"),
        pytest.param(INTERNAL, None, INTERNAL - SECOND, Arrival(INTERNAL), id="the date is not trusted"),
        pytest.param(None, INTERNAL, INTERNAL - SECOND, Arrival(INTERNAL), id="the stamp alone"),
        pytest.param(
            None, INTERNAL - 9 * HOURS_72, None, Arrival(INTERNAL - 9 * HOURS_72), id="imported mail isn't old"
        ),
        pytest.param(None, None, INTERNAL, Arrival(INTERNAL), id="the date where nothing else is known"),
        pytest.param(None, None, None, Arrival(FETCHED), id="nothing known: when it was fetched"),
        pytest.param(FETCHED + SECOND, None, None, Arrival(FETCHED), id="never later than fetched"),
        pytest.param(None, FETCHED + SECOND, None, Arrival(FETCHED), id="a stamp is never later than fetched"),
        pytest.param(
            None,
            None,
            FETCHED + timedelta(days=2),
            Arrival(FETCHED, date_in_future=True),
            id="a date is never later than fetched",
        ),
    ],
)
def test_arrival(
    internaldate: datetime | None, received: datetime | None, date: datetime | None, expected: Arrival
) -> None:
    assert arrived_at(internaldate, received, date, FETCHED) == expected


def test_case_28_date_two_days_ahead_is_flagged() -> None:
    found = arrived_at(INTERNAL, None, INTERNAL + timedelta(days=2), FETCHED)
    assert (found.at, found.date_in_future) == (INTERNAL, True)


def test_a_clock_that_is_an_hour_off_is_no_news() -> None:
    assert not dated_in_future(INTERNAL + timedelta(hours=1), INTERNAL)
    assert dated_in_future(INTERNAL + timedelta(hours=1) + SECOND, INTERNAL)
