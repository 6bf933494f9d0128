"""Estimates as people type them. Now is Wednesday 25 November 2026, 14:00 in Shanghai; the office closes at 18:00."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.estimate import default_estimate, instant_ahead, parse_estimate, spoken
from mailcrm.domain.clock.office import Office, parse_office
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.errors import MailcrmError, RefusedByRule, UsageError

OFFICE = Office()
NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "month", "day", "clock"),
    [
        ("2026-11-26T17:00", 11, 26, "17:00"),
        ("2026-11-26 17:00", 11, 26, "17:00"),
        ("2026-11-26T17:00+08:00", 11, 26, "17:00"),
        ("2026-11-26T17:00Z", 11, 27, "01:00"),
        ("2026-11-26t17:00z", 11, 27, "01:00"),
        ("2026-11-26T17:00-05:00", 11, 27, "06:00"),
        ("2026-11-26", 11, 26, "18:00"),
        ("2026-11-25", 11, 25, "18:00"),
        ("today", 11, 25, "18:00"),
        ("today 17:00", 11, 25, "17:00"),
        ("Tomorrow 17:00", 11, 26, "17:00"),
        ("  tomorrow   9:30 ", 11, 26, "09:30"),
        ("tomorrow", 11, 26, "18:00"),
        ("今天 17:00", 11, 25, "17:00"),
        ("明天 17:00", 11, 26, "17:00"),
        ("明天１７：００", 11, 26, "17:00"),
        ("后天", 11, 27, "18:00"),
        ("+1wd", 11, 26, "18:00"),
        ("+2wd", 11, 27, "18:00"),
        ("+3wd", 11, 30, "18:00"),
        ("+2wd 12:00", 11, 27, "12:00"),
        ("+3d", 11, 28, "18:00"),
        ("+3d 09:00", 11, 28, "09:00"),
        ("+5h", 11, 25, "19:00"),
        ("+48h", 11, 27, "14:00"),
        ("Thu", 11, 26, "18:00"),
        ("thu 17:00", 11, 26, "17:00"),
        ("Thursday", 11, 26, "18:00"),
        ("Tue", 12, 1, "18:00"),
        ("Sun", 11, 29, "18:00"),
        ("周四", 11, 26, "18:00"),
        ("周四 17:00", 11, 26, "17:00"),
        ("星期四", 11, 26, "18:00"),
        ("礼拜天", 11, 29, "18:00"),
        ("周日", 11, 29, "18:00"),
        # Today is Wednesday: next week's, unless a time that is still to come is named.
        ("Wed", 12, 2, "18:00"),
        ("周三", 12, 2, "18:00"),
        ("Wed 17:00", 11, 25, "17:00"),
        ("Wed 14:01", 11, 25, "14:01"),
        ("Wed 14:00", 12, 2, "14:00"),
        ("Wed 09:00", 12, 2, "09:00"),
    ],
)
def test_readable_estimates(typed: str, month: int, day: int, clock: str) -> None:
    instant = parse_estimate(typed, NOW, OFFICE)
    assert instant.tzinfo is UTC
    assert f"{instant.astimezone(OFFICE.tz):%m-%d %H:%M}" == f"{month:02}-{day:02} {clock}"


@pytest.mark.parametrize("typed", ["2062-11-26 17:00", "9999-12-31", "+999wd", "+367d", "2027-11-27T14:01"])
def test_a_promise_of_more_than_a_year_is_a_slip_and_refused(typed: str) -> None:
    with pytest.raises(RefusedByRule, match="more than a year away"):
        parse_estimate(typed, NOW, OFFICE)
    assert instant_ahead(typed, NOW, OFFICE) > NOW  # a task, or a park, may lie that far
    assert parse_estimate("+365d", NOW, OFFICE) > NOW


@pytest.mark.parametrize(
    "typed", ["", " ", "\u3000", "today 13:59", "today 14:00", "+0h", "2026-11-24", "+0d 09:00", "2025-11-26T17:00"]
)
def test_case_13_empty_and_past_are_refused_with_the_usual_answer(typed: str) -> None:
    with pytest.raises(RefusedByRule) as refusal:
        parse_estimate(typed, NOW, OFFICE)
    assert "Thu 26 November 17:00" in str(refusal.value.hint)


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "next week",
        "17:00",
        "thu 25:00",
        "thu 17:60",
        "Thu 17",
        "+wd",
        "+2",
        "+2 weeks",
        "2026-13-01",
        "26/11",
        "9999-12-31T23:59-12:00",
        "tomorrow 17:00 sharp",
        "周八",
    ],
)
def test_unreadable_estimates_name_the_forms(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_estimate(typed, NOW, OFFICE)
    assert typed in str(error.value.sentence)
    assert '"tomorrow 17:00"' in str(error.value.hint)


def outcome(typed: str) -> datetime | MailcrmError:
    try:
        return parse_estimate(typed, NOW, OFFICE)
    except MailcrmError as error:
        return error


@given(
    st.text(max_size=25)
    | st.from_regex(r"\+[0-9]{1,4}(wd|d|h)( [0-9]{1,2}:[0-9]{2})?|(thu|wed|周日) [0-9]{1,2}:[0-9]{2}")
)
def test_whatever_is_typed_gives_a_future_instant_or_a_sentence_with_the_mend(typed: str) -> None:
    found = outcome(typed)
    if isinstance(found, datetime):
        assert found > NOW
    else:
        assert isinstance(found, RefusedByRule | UsageError)
        assert found.hint


def test_the_day_is_the_offices_day() -> None:
    late_evening = datetime(2026, 11, 25, 17, tzinfo=UTC)  # already Thursday 01:00 in Shanghai
    assert parse_estimate("today", late_evening, OFFICE) == OFFICE.end_of(date(2026, 11, 26))
    assert default_estimate(late_evening, OFFICE) == datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW, datetime(2026, 11, 26, 9, tzinfo=UTC)),
        (NOW + timedelta(days=2), datetime(2026, 11, 30, 9, tzinfo=UTC)),
        (NOW + timedelta(days=4), datetime(2026, 11, 30, 9, tzinfo=UTC)),
    ],
)
def test_the_default_is_our_next_working_day_at_17(now: datetime, expected: datetime) -> None:
    assert default_estimate(now, OFFICE) == expected


def test_working_days_of_an_estimate_skip_holidays() -> None:
    resting = parse_office("Asia/Shanghai", ["Mon", "Tue", "Wed", "Thu", "Fri"], ["09:00-18:00"], [date(2026, 11, 26)])
    assert parse_estimate("+1wd", NOW, resting) == resting.end_of(date(2026, 11, 27))
    assert default_estimate(NOW, resting) == datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("Asia/Shanghai", "en", "Wed 25 November, 14:00 Beijing time"),
        ("America/New_York", "en", "Wed 25 November, 01:00 New York time"),
        ("Pacific/Auckland", "en", "Wed 25 November, 19:00 Auckland time"),
        ("UTC", "en", "Wed 25 November, 06:00 UTC"),
        ("Asia/Shanghai", "zh", "11月25日（周三）14:00（北京时间）"),
        ("Asia/Shanghai", "es", "miércoles 25 de noviembre, 14:00 (hora de Pekín)"),
        ("America/Mexico_City", "es", "miércoles 25 de noviembre, 00:00 (hora de Mexico City)"),
        ("Europe/Berlin", "de", "Wed 25 November, 07:00 Berlin time"),
    ],
)
def test_spoken_instants(zone: str, language: str, words: str) -> None:
    assert spoken(NOW, zone, language) == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 1, 4, tzinfo=UTC), "Sun 4 January 00:00"),
        (datetime(2026, 12, 7, tzinfo=UTC), "Mon 7 December 00:00"),
    ],
)
def test_stamps_have_the_month_in_words(instant: datetime, words: str) -> None:
    assert stamp(instant, "UTC", "en") == words


def test_stamp_in_chinese() -> None:
    assert stamp(NOW, "Asia/Shanghai", "zh") == "11月25日 周三 14:00"
