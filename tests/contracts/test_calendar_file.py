"""Our own calendar file: what it says, and what it can't do to us."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailcrm.adapters.calendar import public_days
from mailcrm.adapters.calendar_file import own_days
from mailcrm.domain.clock.office import parse_office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError

NAME = "company.ics"


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", "UID:one@company.example", *lines, "END:VEVENT"])


def days(home: Path, *events: str) -> tuple[list[str], list[str]]:
    """Return (rest days, make-up workdays) of a file with these events."""
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//company//", *events, "END:VCALENDAR", ""])
    (home / NAME).write_bytes(text.encode())
    return tuple([str(day) for day in sorted(found)] for found in own_days(home, NAME))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("lines", "rest", "make_up"),
    [
        (["DTSTART;VALUE=DATE:20261228", "SUMMARY:Stocktaking"], ["2026-12-28"], []),
        (["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261230"], ["2026-12-28", "2026-12-29"], []),
        (["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261228"], ["2026-12-28"], []),
        (["DTSTART;VALUE=DATE:20261228", "DURATION:P2D"], ["2026-12-28", "2026-12-29"], []),
        (["DTSTART;VALUE=DATE:20261226", "SUMMARY:国庆补班"], [], ["2026-12-26"]),
        (["DTSTART;VALUE=DATE:20261226", "SUMMARY:Saturday", "CATEGORIES:Office,Work"], [], ["2026-12-26"]),
        (["DTSTART;VALUE=DATE:20261226", "SUMMARY:Make-up workday for New Year"], [], ["2026-12-26"]),
        (["DTSTART;VALUE=DATE:20270501", "SUMMARY:Workers' Day"], ["2027-05-01"], []),
        (["DTSTART;VALUE=DATE:20270501", "SUMMARY:不上班"], ["2027-05-01"], []),
        (["DTSTART;VALUE=DATE:20270501", "SUMMARY:Non-working day"], ["2027-05-01"], []),
        (["DTSTART;VALUE=DATE:20261228", "STATUS:CANCELLED"], [], []),
        (["DTSTART:20261228T090000Z", "DTEND:20261228T100000Z", "SUMMARY:Meeting"], [], []),
        (["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=YEARLY;COUNT=2"], ["2026-12-28", "2027-12-28"], []),
        (
            ["DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY;UNTIL=20261218T160000Z", "EXDATE;VALUE=DATE:20261211"],
            ["2026-12-04", "2026-12-18"],
            [],
        ),
        (["DTSTART;VALUE=DATE:20261228", "RDATE;VALUE=DATE:20270104"], ["2026-12-28", "2027-01-04"], []),
    ],
)
def test_all_day_events_are_rest_days_or_worked(
    tmp_path: Path, lines: list[str], rest: list[str], make_up: list[str]
) -> None:
    assert days(tmp_path, event(*lines)) == (rest, make_up)


def test_a_day_that_is_both_is_worked(tmp_path: Path) -> None:
    both = days(tmp_path, event("DTSTART;VALUE=DATE:20261226"), event("DTSTART;VALUE=DATE:20261226", "SUMMARY:补班"))
    assert both == ([], ["2026-12-26"])


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART;VALUE=DATE:2026ab01"],
        ["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261201"],
        ["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:99991231"],
        ["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=DAILY;INTERVAL=0"],
        ["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=SECONDLY"],
        ["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
        ["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=NEVER"],
        ["DTSTART;VALUE=DATE:20261228", "RRULE:FREQ=YEARLY", "RRULE:FREQ=DAILY"],
    ],
)
def test_what_cannot_be_read_is_named_with_the_mend(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(ConfigError, match=r'"company.ics" can\'t be used') as error:
        days(tmp_path, event("SUMMARY:Odd", *lines))
    assert '"Odd"' in str(error.value.sentence)
    assert ".ics" in str(error.value.hint)


@pytest.mark.parametrize("raw", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\n" + b"X" * 1_000_001])
def test_what_is_no_calendar_is_named_with_the_mend(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / NAME).write_bytes(raw)
    with pytest.raises(ConfigError, match=r'"company.ics" can\'t be used'):
        own_days(tmp_path, NAME)


def test_a_missing_file_is_named_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'"company.ics" can\'t be read') as error:
        own_days(tmp_path, NAME)
    assert str(tmp_path) in str(error.value.hint)


def test_a_hostile_file_ends_soon(tmp_path: Path) -> None:
    every_day = event("DTSTART;VALUE=DATE:20000101", "DTEND;VALUE=DATE:20001231", "RRULE:FREQ=DAILY;COUNT=999999999")
    never = event("DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    nested = "BEGIN:VEVENT\r\n" * 20_000
    began = time.process_time()
    assert len(days(tmp_path, every_day)[0]) < 2_000
    assert days(tmp_path, never) == ([], [])
    for lines in ([event("DTSTART;VALUE=DATE:20261228")] * 5_001, [nested]):
        with pytest.raises(ConfigError):
            days(tmp_path, *lines)
    assert time.process_time() - began < 10


def test_our_own_days_come_before_the_country_s(tmp_path: Path) -> None:
    worked = event("DTSTART;VALUE=DATE:20261001", "SUMMARY:补班")
    closed = event("DTSTART;VALUE=DATE:20261009", "SUMMARY:Stocktaking")
    days(tmp_path, worked, closed)
    rest, make_up = own_days(tmp_path, NAME)
    hours, week = ["09:00-18:00"], ["Mon", "Tue", "Wed", "Thu", "Fri"]
    office = parse_office("Asia/Shanghai", week, hours, rest, make_up, country="CN", public=public_days("CN"))
    assert office.is_working_day(date(2026, 10, 1))  # a holiday of the country
    assert not office.is_working_day(date(2026, 10, 9))  # an ordinary Friday
    policy = Policy(count="workdays24", office=office)
    assert policy.due(datetime(2026, 9, 30, 12, tzinfo=UTC)) == datetime(2026, 10, 1, 12, tzinfo=UTC)
