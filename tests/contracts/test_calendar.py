"""Public holidays as the office takes them: China's make-up days, other countries, and a country that isn't one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailcrm.adapters.calendar import holiday_names, public_days
from mailcrm.domain.clock.office import Office, parse_office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
HOURS = ("09:00-12:00", "13:30-18:00")


def office(country: str, zone: str = "Asia/Shanghai") -> Office:
    return parse_office(zone, DAYS, HOURS, country=country, public=public_days(country))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday that is worked for the Spring Festival
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 11, 25), True),
    ],
)
def test_china_in_2026(day: date, works: bool) -> None:
    assert office("CN").is_working_day(day) is works


def test_case_22_with_the_calendar_of_the_year() -> None:
    policy, zone = Policy(count="workdays24", office=office("CN")), ZoneInfo("Asia/Shanghai")
    due = policy.due(datetime(2026, 9, 30, 20, tzinfo=zone).astimezone(UTC))
    assert due == datetime(2026, 10, 8, 20, tzinfo=zone)


@pytest.mark.parametrize(
    ("country", "zone", "day"),
    [
        ("DE", "Europe/Berlin", date(2026, 10, 3)),
        ("US", "America/New_York", date(2026, 11, 26)),
        ("IN", "Asia/Kolkata", date(2026, 1, 26)),
        ("VN", "Asia/Ho_Chi_Minh", date(2026, 9, 2)),
        ("TR", "Europe/Istanbul", date(2026, 10, 29)),
    ],
)
def test_other_countries(country: str, zone: str, day: date) -> None:
    assert not office(country, zone).is_working_day(day)


def test_the_office_s_own_days_come_before_the_country_s() -> None:
    own = parse_office(
        "Asia/Shanghai", DAYS, HOURS, holidays=[date(2026, 11, 25)], make_up=[date(2026, 10, 5)], country="CN",
        public=public_days("CN"),
    )  # fmt: skip
    assert not own.is_working_day(date(2026, 11, 25))
    assert own.is_working_day(date(2026, 10, 5))


def test_an_unknown_country_is_named_with_the_mend() -> None:
    with pytest.raises(ConfigError) as error:
        office("XX").is_working_day(date(2026, 1, 1))
    assert '"XX"' in str(error.value.sentence)
    assert '"CN"' in str(error.value.hint)


@pytest.mark.parametrize(
    ("country", "language", "day", "name"),
    [
        ("DE", "en", date(2026, 4, 3), "Good Friday"),
        ("CN", "zh", date(2026, 10, 1), "国庆节"),
        ("US", "zh", date(2026, 11, 26), "Thanksgiving Day"),
        ("GB", "en", date(2026, 12, 25), "Christmas Day"),
    ],
)
def test_a_holiday_has_a_name_in_our_language_or_its_own(country: str, language: str, day: date, name: str) -> None:
    assert holiday_names(country)(2026, language)[day] == name
