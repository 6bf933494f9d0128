"""Ways of counting (reply-clock.md): the cases, and a slow reference that looks at every minute."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailcrm.domain.clock.counting import after_office_time, after_working_days
from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
# 2026 as the State Council's notice has it.
CHINA = Office(
    holidays=frozenset(
        date(2026, month, day)
        for month, days in ((2, range(15, 24)), (10, range(1, 8)))
        for day in days
    ),
    make_up=frozenset({date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)}),
)  # fmt: skip


def due(written: str, policy: Policy) -> str:
    anchor = datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)
    return f"{policy.due(anchor).astimezone(SHANGHAI):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("make_up", "until"), [(frozenset(), "Mon 2026-11-30 18:00"), ({date(2026, 11, 29)}, "Sun 2026-11-29 18:00")]
)
def test_case_19_working_days_of_24_hours(make_up: frozenset[date], until: str) -> None:
    policy = Policy(count="workdays24", office=Office(make_up=frozenset(make_up)))
    assert due("2026-11-27 18:00", policy) == until


@pytest.mark.parametrize(
    ("arrived", "until"),
    [
        ("2026-11-27 17:00", "Mon 2026-11-30 17:00"),
        ("2026-11-27 12:30", "Mon 2026-11-30 12:00"),
        ("2026-11-27 20:00", "Mon 2026-11-30 18:00"),
        ("2026-11-29 04:00", "Mon 2026-11-30 18:00"),
        ("2026-11-30 09:00", "Mon 2026-11-30 18:00"),
    ],
)
def test_case_21_an_office_day_with_a_lunch_break(arrived: str, until: str) -> None:
    assert due(arrived, Policy.from_settings("1 workday", "office", "4h", 2, Office())) == until


@pytest.mark.parametrize(
    ("arrived", "until"),
    [
        ("2026-09-30 20:00", "Thu 2026-10-08 20:00"),
        ("2026-10-09 18:30", "Sat 2026-10-10 18:30"),
        ("2026-02-14 10:00", "Tue 2026-02-24 10:00"),
    ],
)
def test_case_22_golden_week_and_its_make_up_days(arrived: str, until: str) -> None:
    assert due(arrived, Policy(count="workdays24", office=CHINA)) == until


def test_several_workdays_are_so_much_office_time() -> None:
    policy = Policy.from_settings("2 workdays", "office", "4h", 2, Office())
    assert policy.reply_within == timedelta(hours=15)
    assert due("2026-11-27 17:00", policy) == "Tue 2026-12-01 17:00"


ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe",
    "Asia/Kathmandu", "America/St_Johns",
)  # fmt: skip
# Forty days around each change of the clocks of 2026: all of these zones with summer time change in one of them.
BEGINS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 9, 1), date(2026, 10, 20))
DAYS = 40
HOURS = (
    ((time(9), time(12)), (time(13, 30), time(18))),
    ((time(4), time(8, 15)), (time(8, 15), time(11)), (time(16), time(22, 30))),
)


def calendar(zone: str, begin: date, chance: random.Random) -> Office:
    days = [begin + timedelta(days=n) for n in range(DAYS)]
    return Office(
        zone=zone,
        days=frozenset(chance.sample(range(7), chance.randint(2, 6))),
        hours=chance.choice(HOURS),
        holidays=frozenset(chance.sample(days, 5)),
        make_up=frozenset(chance.sample(days, 3)),
    )


def minutes(office: Office, begin: datetime) -> tuple[list[bool], list[bool]]:
    """Return for every minute from `begin` whether it counts on working days, and whether it counts in office hours."""
    whole, hours = [], []
    for n in range(DAYS * 24 * 60):
        local = (begin + timedelta(minutes=n)).astimezone(office.tz)
        works = office.is_working_day(local.date())
        whole.append(works)
        hours.append(works and any(start <= local.time() < end for start, end in office.hours))
    return whole, hours


def waited(counted: list[bool], start: int, length: int) -> int:
    """Walk minute by minute until `length` of them counted."""
    for minute in itertools.count(start):
        length -= counted[minute]
        if not length:
            return minute + 1
    raise AssertionError(start)


def test_ten_thousand_deadlines_equal_those_counted_minute_by_minute() -> None:
    chance = random.Random(2026)  # noqa: S311  (the same deadlines each time)
    compared = 0
    for zone, begins in itertools.product(ZONES, BEGINS):
        office = calendar(zone, begins, chance)
        begin = datetime(begins.year, begins.month, begins.day, tzinfo=UTC)
        whole, hours = minutes(office, begin)
        for _ in range(160):
            start, days = chance.randrange(10 * 24 * 60), chance.choice((0.25, 1, 1.5))
            anchor = begin + timedelta(minutes=start)
            for counted, length, after in (
                (whole, int(days * 24 * 60), after_working_days),
                (hours, int(days * office.day_length.total_seconds() / 60), after_office_time),
            ):
                if sum(counted[start:]) < length:
                    continue
                expected = begin + timedelta(minutes=waited(counted, start, length))
                assert after(anchor, timedelta(minutes=length), office) == expected, (zone, anchor, length)
                compared += 1
    assert compared >= 10_000
