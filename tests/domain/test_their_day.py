"""A customer's day: open or closed, what keeps it closed, when it opens again, the holidays ahead."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mailcrm.domain.clock.office import Office
from mailcrm.domain.their_day import holidays_ahead, their_day

BERLIN, RIYADH = "Europe/Berlin", "Asia/Riyadh"
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6)})
GERMANY = Office(zone=BERLIN, public=lambda _year: (EASTER, frozenset()))
SAUDI_ARABIA = Office(zone=RIYADH, days=frozenset({6, 0, 1, 2, 3}))


@pytest.mark.parametrize(
    ("now", "zone", "office", "closed_by", "opens"),
    [
        ("2026-03-04T08:00Z", BERLIN, GERMANY, "", None),
        ("2026-03-04T07:59Z", BERLIN, GERMANY, "hours", "2026-03-04T08:00Z"),
        ("2026-03-04T15:59Z", BERLIN, GERMANY, "", None),
        ("2026-03-04T16:00Z", BERLIN, GERMANY, "hours", "2026-03-05T08:00Z"),
        ("2026-03-28T12:00Z", BERLIN, GERMANY, "weekend", "2026-03-30T07:00Z"),  # summer time begins in between
        ("2026-04-02T16:00Z", BERLIN, GERMANY, "hours", "2026-04-07T07:00Z"),
        ("2026-04-03T03:00Z", BERLIN, GERMANY, "holiday", "2026-04-07T07:00Z"),
        ("2026-04-04T10:00Z", BERLIN, GERMANY, "weekend", "2026-04-07T07:00Z"),
        ("2026-03-06T08:00Z", RIYADH, SAUDI_ARABIA, "weekend", "2026-03-08T06:00Z"),
        ("2026-03-08T08:00Z", RIYADH, SAUDI_ARABIA, "", None),
    ],
)
def test_open_or_closed(now: str, zone: str, office: Office, closed_by: str, opens: str | None) -> None:
    day = their_day(datetime.fromisoformat(now), zone, office)
    assert (day.closed_by, day.opens_at) == (closed_by, datetime.fromisoformat(opens) if opens else None)


def test_a_holiday_at_the_weekend_is_none_that_matters() -> None:
    assert holidays_ahead(date(2026, 4, 1), 14, GERMANY) == [date(2026, 4, 3), date(2026, 4, 6)]
    assert holidays_ahead(date(2026, 4, 1), 2, GERMANY) == []
    assert holidays_ahead(date(2026, 4, 6), 1, GERMANY) == [date(2026, 4, 6)]
