"""Shares, refund rates by HS code and day, exchange rates and their age."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.trade.rates import ExchangeRate
from mailcrm.domain.trade.refunds import RefundRate, checked_hs, rate_on, rates_between
from mailcrm.domain.trade.shares import checked_share, parse_share, percent

NINE, THIRTEEN, SIX = Decimal("0.09"), Decimal("0.13"), Decimal("0.06")


@pytest.mark.parametrize(
    ("written", "share", "printed"),
    [
        ("5%", "0.05", "5%"),
        ("5 %", "0.05", "5%"),
        ("3‰", "0.003", "0.3%"),
        ("0.05", "0.05", "5%"),
        ("１０％", "0.1", "10%"),
        ("0", "0", "0%"),
        ("12.5%", "0.125", "12.5%"),
    ],
)
def test_a_share_of_a_price(written: str, share: str, printed: str) -> None:
    assert parse_share(written) == Decimal(share)
    assert percent(parse_share(written)) == printed


@pytest.mark.parametrize("written", ["", "5", "1", "100%", "-5%", "5%%", "five", "1e-2", "5 percent"])
def test_what_may_be_five_percent_or_five_times_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        parse_share(written)


def test_a_share_is_a_decimal_below_one() -> None:
    with pytest.raises(TypeError):
        checked_share(0.05)  # type: ignore[arg-type]
    for wrong in (Decimal(1), Decimal("-0.01")):
        with pytest.raises(UsageError):
            checked_share(wrong)


@given(st.decimals(min_value=0, max_value="0.9999", places=4, allow_nan=False, allow_infinity=False))
def test_a_printed_share_is_read_as_the_same(share: Decimal) -> None:
    assert parse_share(percent(share)) == share


# -- refund rates -------------------------------------------------------------------------------------------------------

TABLE = (
    RefundRate("9403", THIRTEEN, date(2020, 1, 1)),
    RefundRate("94036099", NINE, date(2026, 1, 1), date(2026, 12, 31)),
    RefundRate("94036099", SIX, date(2027, 2, 1)),
)


@pytest.mark.parametrize(
    ("hs", "day", "rate"),
    [
        ("9403609990", date(2026, 1, 1), NINE),
        ("9403609990", date(2026, 12, 31), NINE),
        ("9403609990", date(2027, 1, 1), THIRTEEN),  # the heading's, while the code has none of its own
        ("9403609990", date(2027, 2, 1), SIX),
        ("9403609990", date(2025, 12, 31), THIRTEEN),
        ("940310", date(2026, 6, 1), THIRTEEN),
        ("9403609990", date(2019, 12, 31), None),
        ("8501", date(2026, 6, 1), None),
    ],
)
def test_the_rate_of_a_day(hs: str, day: date, rate: Decimal | None) -> None:
    found = rate_on(TABLE, hs, day)
    assert (found.rate if found else None) == rate


@pytest.mark.parametrize(
    ("first", "last", "rates"),
    [
        (date(2026, 3, 1), date(2026, 12, 31), (NINE,)),
        (date(2026, 12, 1), date(2027, 1, 1), (NINE, THIRTEEN)),
        (date(2026, 12, 1), date(2027, 3, 1), (NINE, THIRTEEN, SIX)),
        (date(2019, 1, 1), date(2019, 12, 31), ()),
    ],
)
def test_the_rates_that_a_lead_time_meets(first: date, last: date, rates: tuple[Decimal, ...]) -> None:
    assert tuple(each.rate for each in rates_between(TABLE, "9403609990", first, last)) == rates


def test_a_rate_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError):
        RefundRate("9403", NINE, date(2026, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("written", "digits"), [("9403.60.99", "94036099"), ("9403 6099 90", "9403609990"), ("９４０３", "9403")]
)
def test_an_hs_code_is_its_digits(written: str, digits: str) -> None:
    assert checked_hs(written) == digits


@pytest.mark.parametrize("written", ["", "940", "chair", "9403x", "94036099901234"])
def test_what_is_no_hs_code_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        checked_hs(written)


# -- exchange rates -----------------------------------------------------------------------------------------------------

FRIDAY = date(2026, 11, 20)
RATE = ExchangeRate("USD", "CNY", Decimal("7.10"), "BOC", FRIDAY)
WORKING = Office().is_working_day


@pytest.mark.parametrize(
    ("today", "age", "fresh"),
    [
        (date(2026, 11, 20), 0, True),
        (date(2026, 11, 22), 0, True),  # Sunday
        (date(2026, 11, 23), 1, True),
        (date(2026, 11, 25), 3, True),
        (date(2026, 11, 26), 4, False),
        (date(2026, 11, 19), 0, False),  # a rate of tomorrow is a slip
    ],
)
def test_a_rate_is_at_most_three_working_days_old(today: date, age: int, fresh: bool) -> None:
    assert RATE.age(today, WORKING) == age
    assert RATE.is_fresh(today, WORKING, 3) is fresh


def test_a_rate_of_before_the_holidays_is_as_old_as_the_days_that_were_worked() -> None:
    closed = Office(holidays=frozenset(date(2026, 2, day) for day in range(15, 24)))
    before = ExchangeRate("USD", "CNY", Decimal("7.10"), "BOC", date(2026, 2, 13))
    assert before.is_fresh(date(2026, 2, 26), closed.is_working_day, 3)
    assert not before.is_fresh(date(2026, 2, 27), closed.is_working_day, 3)


def test_a_rate_of_last_year_is_too_old_though_nobody_worked() -> None:
    assert not RATE.is_fresh(date(2027, 11, 20), lambda _day: False, 3)


def test_a_rate_that_is_too_old_is_refused_with_the_mend() -> None:
    assert RATE.checked(date(2026, 11, 25), WORKING, 3) is RATE
    with pytest.raises(RefusedByRule, match="rate set USD"):
        RATE.checked(date(2026, 11, 26), WORKING, 3)


def test_a_margin_is_taken_off_the_buying_rate() -> None:
    assert RATE.usable(Decimal("0.01")) == Decimal("7.029")
    assert RATE.usable(Decimal(0)) == Decimal("7.10")


def test_a_rate_of_nothing_or_of_a_currency_to_itself_is_refused() -> None:
    for currency, buying in (("USD", "0"), ("CNY", "1")):
        with pytest.raises(UsageError):
            ExchangeRate(currency, "CNY", Decimal(buying), "BOC", FRIDAY)
