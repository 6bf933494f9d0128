"""The report on replies: what counts, and figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.reports.period import Period, period
from mailcrm.domain.reports.replies import By, Figures, MeasuredTurn, TurnFacts, measure, summed

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 16, 2, tzinfo=UTC)  # 10:00 in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ME, COLLEAGUE = "wei@ningbo.example", "li@ningbo.example"

RUNNING = TurnFacts(
    opened_by=340,
    thread_id=12,
    customer="Acme",
    country="NL",
    grade="A",
    anchor=MONDAY,
    due=MONDAY + DAY,
    first_touch_at=None,
    first_touch="",
    promised_until=None,
    supposed_by="",
    promise="",
    end="",
    ended_at=None,
    external=False,
    looks_finished=False,
    policy_version="v1",
    seen_late=0,
    answered_by="",
    owner=ME,
)


def answered(after: timedelta, **other: object) -> TurnFacts:
    """A turn that was answered `after` the mail had arrived."""
    at = RUNNING.anchor + after
    changes: dict[str, Any] = {"first_touch_at": at, "first_touch": "met" if at < RUNNING.due else "late"}
    changes |= {"end": "closed", "ended_at": at, "answered_by": COLLEAGUE, **other}
    return RUNNING._replace(**changes)


def held(after: timedelta, until: timedelta, **other: object) -> TurnFacts:
    """A turn with a holding reply `after` the mail had arrived, that promises `until` as long after it."""
    at = RUNNING.anchor + after
    changes: dict[str, Any] = {"first_touch_at": at, "first_touch": "met" if at < RUNNING.due else "late"}
    changes |= {"promised_until": RUNNING.anchor + until, **other}
    return RUNNING._replace(**changes)


def measured(facts: TurnFacts, now: datetime = NOW) -> MeasuredTurn:
    found = measure(facts, now, SHANGHAI)
    assert found is not None
    return found


def figures(turns: Iterable[MeasuredTurn]) -> Figures:
    whole, _groups = summed(turns, "rep")
    return whole


ENDED: dict[str, Any] = {"end": "closed", "ended_at": MONDAY + 50 * HOUR, "answered_by": ME}

# facts, the hour of asking after the anchor: standing, first touch, hours to it, hours early, via holding, promise, whose
ROWS = [
    (answered(6 * HOUR), 100, ("answered", "met", 6, 18, False, None, COLLEAGUE)),
    (answered(24 * HOUR), 100, ("answered", "late", 24, 0, False, None, COLLEAGUE)),
    (answered(30 * HOUR), 100, ("answered", "late", 30, -6, False, None, COLLEAGUE)),
    (RUNNING, 23, ("running", None, 23, 1, False, None, ME)),
    (RUNNING, 24, ("overdue", "late", 24, 0, False, None, ME)),
    (RUNNING, 60, ("overdue", "late", 60, -36, False, None, ME)),
    (held(6 * HOUR, 48 * HOUR), 47, ("held", "met", 6, 18, True, None, ME)),
    (held(6 * HOUR, 48 * HOUR), 48, ("held", "met", 6, 18, True, "broken", ME)),
    (held(30 * HOUR, 48 * HOUR), 40, ("held", "late", 30, -6, True, None, ME)),
    (held(6 * HOUR, 48 * HOUR, promise="kept", **ENDED), 90, ("answered", "met", 6, 18, True, "kept", ME)),
    (held(6 * HOUR, 48 * HOUR, promise="broken"), 10, ("held", "met", 6, 18, True, "broken", ME)),
    (held(6 * HOUR, 48 * HOUR, supposed_by="m7"), 90, ("held", "met", 6, 18, True, None, ME)),
    (RUNNING._replace(end="waived", ended_at=MONDAY + 9 * HOUR), 90, ("waived", None, 9, 15, False, None, ME)),
]


@pytest.mark.parametrize(("facts", "at", "expected"), ROWS)
def test_a_turn_is_measured(facts: TurnFacts, at: int, expected: tuple[object, ...]) -> None:
    found = measured(facts, MONDAY + at * HOUR)
    hours, early = (seconds / 3600 for seconds in (found.first_touch_seconds, found.early_seconds))
    told = (found.standing, found.first_touch, hours, early, found.via_holding, found.promise, found.rep)
    assert told == expected


@pytest.mark.parametrize("facts", [answered(HOUR, looks_finished=True), RUNNING._replace(end="void")])
def test_a_turn_that_no_report_knows(facts: TurnFacts) -> None:
    assert measure(facts, NOW, SHANGHAI) is None


def test_a_row_tells_who_when_and_by_what_policy() -> None:
    found = measured(answered(6 * HOUR, external=True, seen_late=7200))
    assert (found.id, found.thread_id) == ("r340", "t12")
    assert (found.customer, found.country, found.grade, found.week) == ("Acme", "NL", "A", "2026-W12")
    assert (found.anchor, found.due) == (MONDAY, MONDAY + DAY)
    assert found.answered_at == found.first_touch_at == MONDAY + 6 * HOUR
    assert (found.external, found.policy_version, found.seen_late_seconds) == (True, "v1", 7200)


def test_the_week_is_that_of_the_office() -> None:
    sunday_in_greenwich = datetime(2026, 3, 15, 17, tzinfo=UTC)
    assert measured(answered(HOUR)._replace(anchor=sunday_in_greenwich)).week == "2026-W12"


# Waits in hours of ten answers; two of them came after the 24 hours.
TEN = (1, 2, 3, 5, 8, 13, 20, 23, 30, 50)


def test_figures_by_hand() -> None:
    answers = [answered(hours * HOUR, seen_late=3600 if hours == 50 else 0) for hours in TEN]
    holding = [
        held(4 * HOUR, 40 * HOUR, promise="kept", end="closed", ended_at=MONDAY + 30 * HOUR),
        held(10 * HOUR, 40 * HOUR),  # ran out with nothing after it
        held(26 * HOUR, 400 * HOUR),
    ]
    beside = [RUNNING._replace(due=NOW + HOUR), RUNNING._replace(end="waived"), RUNNING._replace(end="waived")]
    found = figures(map(measured, [*answers, *holding, RUNNING, *beside]))
    # The waits in hours: 1 2 3 4 5 8 10 13 20 23 26 30 50 106. Half of 14 are 7, nine tenths 12.6.
    assert found == Figures(
        count=14,
        answered=11,
        in_time=10,
        in_time_percent=71.4,
        by_holding=2,
        by_holding_percent=14.3,
        late=4,
        median_seconds=10 * 3600,
        p90_seconds=50 * 3600,
        promises_kept=1,
        promises_kept_percent=50.0,
        promises_broken=1,
        promises_broken_percent=50.0,
        open_overdue=1,
        running=1,
        waived=2,
        seen_late=1,
    )


@pytest.mark.parametrize(
    ("hours", "median", "p90"),
    [((7,), 7, 7), ((1, 9), 1, 9), ((3, 1, 2), 2, 3), (TEN, 8, 30), ((*TEN, 60), 13, 50), ((1,) * 99 + (9,), 1, 1)],
)
def test_percentiles_are_nearest_ranks(hours: tuple[int, ...], median: int, p90: int) -> None:
    found = figures(measured(answered(each * HOUR)) for each in hours)
    assert (found.median_seconds, found.p90_seconds) == (median * 3600, p90 * 3600)


def test_of_nothing_there_is_no_percentage() -> None:
    found = figures([])
    assert found.count == 0
    assert {value for name, value in asdict(found).items() if name.endswith(("percent", "seconds"))} == {None}


def test_silence_and_a_late_holding_reply_improve_no_figure() -> None:
    late = RUNNING.due + HOUR
    others = [measured(answered(HOUR)), measured(answered(2 * HOUR))]
    for facts in (RUNNING, held(24 * HOUR, 48 * HOUR), answered(24 * HOUR)):
        found = figures([*others, measured(facts, late)])
        assert (found.count, found.in_time_percent, found.late) == (3, 66.7, 1)


def test_groups_in_their_order() -> None:
    turns = [
        measured(answered(HOUR, country=country, grade=grade, anchor=MONDAY + week * 7 * DAY, answered_by=rep))
        for country, grade, week, rep in (
            (None, "C", 1, "b@x.example"),
            ("DE", "A", 0, "a@x.example"),
            ("AE", None, 0, "b@x.example"),
            ("DE", "A", -1, ""),
        )
    ]
    order = {by: [group.key for group in summed(turns, by)[1]] for by in get_args(By)}
    assert order == {
        "rep": ["b@x.example", "a@x.example", ME],
        "country": ["DE", "AE", ""],
        "grade": ["A", "C", ""],
        "week": ["2026-W11", "2026-W12", "2026-W13"],
    }


HOURS = st.integers(0, 200).map(lambda hours: hours * HOUR)
TURNS = st.lists(
    st.builds(
        lambda facts, **other: facts._replace(**other),
        st.one_of(
            st.builds(answered, HOURS),
            st.builds(held, HOURS, HOURS, supposed_by=st.sampled_from(["", "m9"])),
            st.builds(held, HOURS, HOURS, end=st.just("closed"), promise=st.sampled_from(["kept", "broken"])),
            st.just(RUNNING),
            st.just(RUNNING._replace(due=NOW + HOUR)),
            st.sampled_from([RUNNING._replace(end="waived"), RUNNING._replace(end="void")]),
        ),
        country=st.sampled_from([None, "DE", "BR"]),
        grade=st.sampled_from([None, "A", "B"]),
        owner=st.sampled_from(["", ME, COLLEAGUE]),
        looks_finished=st.booleans(),
        anchor=st.integers(-40, 3).map(lambda days: MONDAY + days * DAY),
    ),
    max_size=40,
)
SUMMED = [name for name in Figures.__dataclass_fields__ if not name.endswith(("percent", "seconds"))]


@given(TURNS, st.sampled_from(get_args(By)))
def test_the_groups_sum_up_to_the_whole(stored: list[TurnFacts], by: By) -> None:
    turns = [turn for turn in (measure(facts, NOW, SHANGHAI) for facts in stored) if turn is not None]
    whole, groups = summed(turns, by)
    for name in SUMMED:
        assert sum(getattr(group.figures, name) for group in groups) == getattr(whole, name)
    assert {summed(turns, other)[0] for other in get_args(By)} == {whole}
    for group in groups:
        assert figures(turn for turn in turns if (getattr(turn, by) or "") == group.key) == group.figures
    assert whole.in_time + whole.late == whole.count
    assert whole.by_holding <= whole.in_time
    assert whole.count + whole.running + whole.waived == len(turns)


TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("", "", (date(2026, 2, 21), TODAY)),
        ("", "2026-03-01", (date(2026, 2, 2), date(2026, 3, 1))),
        ("2026-03-20", "", (TODAY, TODAY)),
        ("2025-12-01", "2026-01-31", (date(2025, 12, 1), date(2026, 1, 31))),
    ],
)
def test_the_days_of_a_report(first: str, last: str, days: tuple[date, date]) -> None:
    found = period(first, last, TODAY, "Asia/Shanghai")
    assert (found.first, found.last) == days


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        ("soon", "", "soon"),
        ("", "2026-02-30", "2026-02-30"),
        ("2026-03-21", "", "2026-03-21"),
        ("x", "y", "--from x|--to y"),
        ("0001-01-01", "", "0001-01-01"),
        ("", "9999-12-31", "9999-12-31"),
    ],
)
def test_days_that_are_none(first: str, last: str, named: str) -> None:
    with pytest.raises(UsageError) as refused:
        period(first, last, TODAY, "Asia/Shanghai")
    assert any(each in str(refused.value) for each in named.split("|"))


def test_a_day_is_that_of_the_office() -> None:
    day = Period(TODAY, TODAY, "Asia/Shanghai")
    assert (day.begins, day.ends) == (datetime(2026, 3, 19, 16, tzinfo=UTC), datetime(2026, 3, 20, 16, tzinfo=UTC))


def test_the_weeks_of_a_period_cross_the_year() -> None:
    assert Period(date(2026, 12, 27), date(2027, 1, 4), "UTC").weeks() == ("2026-W52", "2026-W53", "2027-W01")
