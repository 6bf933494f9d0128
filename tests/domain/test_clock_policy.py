from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailcrm.domain.clock.office import Office, parse_office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError, RefusedByRule

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
HOURS = ("09:00-12:00", "13:30-18:00")


def policy(reply_within: str = "24h", count: str = "elapsed", warn: str = "4h", promise_extensions: int = 2) -> Policy:
    return Policy.from_settings(reply_within, count, warn, promise_extensions, Office())


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("24h", timedelta(hours=24)),
        ("30m", timedelta(minutes=30)),
        ("2d", timedelta(days=2)),
        (" 8 h ", timedelta(hours=8)),
    ],
)
def test_durations(written: str, length: timedelta) -> None:
    assert policy(reply_within=written).reply_within == length
    assert policy(warn=written).warn == length


def test_the_defaults_are_the_rule_of_the_house() -> None:
    assert policy() == Policy()
    assert policy().due(datetime(2026, 11, 23, 2, tzinfo=UTC)) == datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "24", "h", "-4h", "1.5h", "24 hours", "1 workday", "24h 30m", "99999h", "٢h"])
def test_unreadable_durations_name_the_setting_and_the_mend(written: str) -> None:
    with pytest.raises(ConfigError) as error:
        policy(reply_within=written)
    assert "clock.reply_within" in str(error.value.sentence)
    assert '"24h"' in str(error.value.hint)
    with pytest.raises(ConfigError) as error:
        policy(warn=written)
    assert "clock.warn" in str(error.value.sentence)


def test_zero_to_answer_is_refused_and_zero_warning_is_not() -> None:
    with pytest.raises(ConfigError, match=r"overdue as it arrives"):
        policy(reply_within="0h")
    assert policy(warn="0h").warn == timedelta(0)


def test_fewer_than_no_extensions_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"clock\.promise_extensions is -1"):
        policy(promise_extensions=-1)
    assert policy(promise_extensions=0).promise_extensions == 0


@pytest.mark.parametrize("written", ["24h", "2d", "24 workhours"])
def test_case_20_hours_counted_in_office_time_name_the_trap(written: str) -> None:
    with pytest.raises(ConfigError) as error:
        policy(reply_within=written, count="office")
    assert "three days" in str(error.value.sentence)
    assert '"1 workday"' in str(error.value.hint)


def test_a_grade_may_have_less_time_and_never_more() -> None:
    graded = Policy.from_settings("24h", "elapsed", "4h", 2, Office(), {"A": "8h", "B": "24h"})
    monday = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert [(graded.due(monday, grade) - monday) // timedelta(hours=1) for grade in ("A", "B", "C", "")] == [
        8,
        24,
        24,
        24,
    ]
    assert graded.version != policy().version
    for written in ("25h", "0h", "1 workday"):
        with pytest.raises(ConfigError):
            Policy.from_settings("24h", "elapsed", "4h", 2, Office(), {"A": written})
    office = Policy.from_settings("2 workdays", "office", "4h", 2, Office(), {"A": "1 workday"})
    assert office.due(datetime(2026, 11, 23, 1, tzinfo=UTC), "A") == datetime(2026, 11, 23, 10, tzinfo=UTC)
    with pytest.raises(ConfigError, match="trap"):
        Policy.from_settings("2 workdays", "office", "4h", 2, Office(), {"A": "8h"})


MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def in_words(rules: Policy, grade: str = "", country: str = "", agreed: str = "") -> tuple[float, str]:
    """Return after how many hours a mail of Monday 10:00 is due, and by which rule."""
    terms = rules.terms(MONDAY, grade, country, agreed)
    return (terms.due - MONDAY) / timedelta(hours=1), str(terms.rule)


def test_the_shortest_of_rule_grade_and_agreement_counts_and_says_so() -> None:
    rules = Policy.from_settings("24h", "elapsed", "4h", 2, Office(), {"A": "8h", "B": "24h"})
    assert in_words(rules) == (24, "the rule for everybody: 24 h")
    assert in_words(rules, "A") == (8, "graded A: 8 h")
    assert in_words(rules, "B") == (24, "the rule for everybody: 24 h")
    assert in_words(rules, "A", agreed="6h") == (6, "agreed with this customer: 6 h")
    assert in_words(rules, "A", agreed="10h") == (8, "graded A: 8 h")
    assert in_words(rules, agreed="90m") == (1.5, "agreed with this customer: 1.5 h")


def test_what_was_agreed_under_another_way_of_counting_doesn_t_count() -> None:
    office = Policy.from_settings("2 workdays", "office", "4h", 2, Office())
    assert in_words(office, agreed="6h")[1] == "the rule for everybody: 2 × an office day"
    assert in_words(office, agreed="1 workday")[1] == "agreed with this customer: 1 × an office day"
    assert in_words(policy(), agreed="1 workday")[1] == "the rule for everybody: 24 h"


@pytest.mark.parametrize("written", ["25h", "0h", "soon", "1 workday", "-6h"])
def test_an_agreement_that_is_longer_or_unreadable_is_refused_with_the_mend(written: str) -> None:
    with pytest.raises(RefusedByRule) as error:
        policy().check_agreed(written)
    assert error.value.hint
    assert policy().check_agreed(" 6 h ") == "6 h"
    assert policy().check_agreed("24h") == "24h"


def domestic(reply_within: str = "", count: str = "", warn: str = "", country: str = "CN") -> Policy:
    base = policy()
    return replace(base, domestic=base.domestic_from(country, reply_within, count, warn))


def test_domestic_customers_have_a_rule_of_their_own() -> None:
    rules = domestic("1 workday", "office", "1h")
    assert in_words(rules, country="DE") == in_words(rules, country="") == (24, "the rule for everybody: 24 h")
    assert in_words(rules, country="CN") == (24, "domestic: 1 × an office day")
    assert in_words(rules, country="CN", agreed="6h") == (6, "agreed with this customer: 6 h")
    assert in_words(domestic("12h"), country="CN") == (12, "domestic: 12 h")
    assert in_words(domestic(count="workdays24"), country="CN") == (24, "domestic: 24 h on working days")
    assert (rules.warns(domestic=True), rules.warns(domestic=False)) == (timedelta(hours=1), timedelta(hours=4))
    assert domestic(warn="1h").domestic is not None
    assert len({policy().version, rules.version, domestic("12h").version, domestic(warn="1h").version}) == 4


def test_without_words_on_it_domestic_is_the_same_rule() -> None:
    assert domestic() == policy()
    assert in_words(domestic(), country="CN") == (24, "the rule for everybody: 24 h")


def test_an_agreement_at_home_is_measured_by_the_rule_at_home() -> None:
    with pytest.raises(RefusedByRule):
        domestic("12h").check_agreed("18h", "CN")
    assert domestic("12h").check_agreed("18h", "DE") == "18h"


@pytest.mark.parametrize(
    ("reply_within", "count", "warn", "named"),
    [
        ("24h", "office", "", "domestic.reply_within"),
        ("", "office", "", "domestic.reply_within"),
        ("12", "", "", "domestic.reply_within"),
        ("", "weekly", "", "domestic.count"),
        ("", "", "soon", "domestic.warn"),
    ],
)
def test_a_domestic_rule_that_can_t_be_meant_is_named(reply_within: str, count: str, warn: str, named: str) -> None:
    with pytest.raises(ConfigError) as error:
        domestic(reply_within, count, warn)
    assert named in str(error.value.sentence)


def test_a_domestic_rule_needs_a_country() -> None:
    with pytest.raises(ConfigError, match="no country is ours") as error:
        domestic("12h", country="")
    assert "office.country" in str(error.value.hint)


def test_the_calendar_is_named_by_the_days_of_the_years_that_were_counted() -> None:
    def named(announced: frozenset[date], count: str = "workdays24", own: date | None = None) -> str:
        def public(year: int) -> tuple[frozenset[date], frozenset[date]]:
            return frozenset(), frozenset(day for day in announced if day.year == year)

        own_days = [own] if own else []
        office = parse_office("Asia/Shanghai", DAYS, HOURS, own_days, country="CN", public=public)
        return Policy(count=count, office=office).terms(MONDAY).calendar

    plain = named(frozenset())
    assert len(plain) == 12
    assert named(frozenset({date(2026, 11, 28)})) != plain  # announced in that year: it could have mattered
    assert named(frozenset({date(2028, 1, 1)})) == plain
    assert named(frozenset(), own=date(2026, 12, 24)) != plain
    assert named(frozenset(), own=date(2028, 12, 24)) == plain
    assert named(frozenset({date(2026, 11, 28)}), "elapsed") == ""  # no day made a difference


def test_an_unknown_count_is_named() -> None:
    with pytest.raises(ConfigError, match=r'clock\.count = "weekly"'):
        policy(count="weekly")


def test_the_version_tells_policies_apart_and_not_the_order_of_dates() -> None:
    days = [date(2026, 10, day) for day in range(1, 8)]
    one = Policy(office=parse_office("Asia/Shanghai", DAYS, HOURS, days))
    other = Policy(office=parse_office("Asia/Shanghai", reversed(DAYS), HOURS, reversed(days)))
    assert one.version == other.version == "8596f39ddd3d"  # the same in every process: it is stored
    assert len({one.version, Policy().version, policy("8h").version, policy(warn="1h").version}) == 4


def test_the_default_office_is_what_the_settings_say() -> None:
    assert parse_office("Asia/Shanghai", DAYS, HOURS) == Office()


def test_hours_are_put_in_order() -> None:
    office = parse_office("Asia/Shanghai", ["monday", "SAT"], ["13:30-18:00", "9:00 - 12:00"])
    assert (office.days, office.hours) == (frozenset({0, 5}), Office().hours)
    touching = parse_office("Asia/Shanghai", DAYS, ["09:00-12:00", "12:00-18:00"])
    assert touching.hours[-1] == (time(12), time(18))


@pytest.mark.parametrize(
    ("zone", "days", "hours", "named"),
    [
        ("Asia/Shanghia", DAYS, HOURS, '"Asia/Shanghia" is no time zone'),
        ("", DAYS, HOURS, "is no time zone"),
        ("../etc", DAYS, HOURS, "is no time zone"),
        ("Asia", DAYS, HOURS, "is no time zone"),
        ("UTC", ("Mon", "Frz"), HOURS, '"Frz" is no weekday'),
        ("UTC", (), HOURS, "office.days is empty"),
        ("UTC", DAYS, (), "office.hours is empty"),
        ("UTC", DAYS, ("nine to five",), '"nine to five" can\'t be read'),
        ("UTC", DAYS, ("09:00-25:00",), '"09:00-25:00" can\'t be read'),
        ("UTC", DAYS, ("18:00-09:00",), "ends before it starts"),
        ("UTC", DAYS, ("09:00-09:00",), "ends before it starts"),
        ("UTC", DAYS, ("12:00-18:00", "09:00-12:30"), '"09:00-12:30" and "12:00-18:00" overlap'),
    ],
)
def test_offices_that_cannot_be(zone: str, days: tuple[str, ...], hours: tuple[str, ...], named: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_office(zone, days, hours)
    assert named in str(error.value.sentence)
    assert error.value.hint


def test_working_days_skip_rest_days_and_count_make_up_days() -> None:
    office = parse_office("Asia/Shanghai", DAYS, HOURS, [date(2026, 11, 30)], [date(2026, 11, 28)])
    friday = date(2026, 11, 27)
    assert office.working_day_after(friday) == date(2026, 11, 28)
    assert office.working_day_after(friday, 2) == date(2026, 12, 1)


def test_the_end_of_an_office_day() -> None:
    assert Office().end_of(date(2026, 11, 23)) == datetime(2026, 11, 23, 10, tzinfo=UTC)
