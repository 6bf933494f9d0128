"""Money: what people type, price steps that go up, totals that add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.currencies import CURRENCIES, has_decimals
from mailcrm.domain.trade.exact import down_to, up_to
from mailcrm.domain.trade.money import Money, parse_amount, parse_money, price, total

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("2.55", "2.55", "USD"),
        ("USD 2.55", "2.55", "USD"),
        ("2.55 USD", "2.55", "USD"),
        ("usd2.55", "2.55", "USD"),
        ("US$2.55", "2.55", "USD"),
        ("$ 2.55", "2.55", "USD"),
        ("1,234.50", "1234.50", "USD"),
        ("EUR 1,234,567.5", "1234567.5", "EUR"),
        ("€3", "3", "EUR"),
        ("JPY 2,800", "2800", "JPY"),
        ("113.00元", "113.00", "CNY"),
        ("ＲＭＢ１１３．００", "113.00", "CNY"),
        ("1，200美元", "1200", "USD"),
        ("CNY 5 元", "5", "CNY"),
    ],
)
def test_what_a_person_types_is_read(typed: str, amount: str, currency: str) -> None:
    assert parse_money(typed, "USD") == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "typed",
    ["", "USD", "12,50", "1.234,50", "1,23", "-3", "+3", "1e5", "0x1", "2.5.5", "¥3", "$3 EUR", "XYZ 3", "½", "NaN"],
)
def test_what_may_mean_two_amounts_or_none_is_refused_with_a_mend(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_money(typed, "USD")
    assert str(refused.value.hint)


def test_an_amount_needs_a_currency_from_somewhere() -> None:
    with pytest.raises(UsageError, match="currency"):
        parse_money("2.55")


@pytest.mark.parametrize("amount", [2.55, 3, "2.55", Decimal("NaN"), Decimal("Infinity")])
def test_only_a_finite_decimal_is_an_amount(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "USD")  # type: ignore[arg-type]


def test_a_float_times_money_is_refused() -> None:
    with pytest.raises(TypeError):
        Money(Decimal(1), "USD") * 1.5  # type: ignore[operator]
    with pytest.raises(TypeError):
        up_to(1.5, Decimal("0.01"))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.from_json({"amount": 2.5, "currency": "USD"})  # type: ignore[dict-item]


def test_currencies_are_never_mixed() -> None:
    usd, eur = Money(Decimal(1), "USD"), Money(Decimal(1), "EUR")
    for mixed in (
        lambda: usd + eur,
        lambda: usd - eur,
        lambda: usd < eur,
        lambda: usd <= eur,
        lambda: total([(eur, 1)], "USD"),
    ):
        with pytest.raises(UsageError):
            mixed()


@pytest.mark.parametrize(
    ("amount", "currency", "printed"),
    [
        ("12.5", "USD", "12.50"),
        ("12", "USD", "12.00"),
        ("17.1750", "USD", "17.1750"),
        ("2800", "JPY", "2800"),
        ("2800.00", "KRW", "2800"),
        ("1E+3", "USD", "1000.00"),
    ],
)
def test_json_has_the_currencys_decimals(amount: str, currency: str, printed: str) -> None:
    assert Money(Decimal(amount), currency).to_json() == {"amount": printed, "currency": currency}


@pytest.mark.parametrize(
    ("value", "currency", "step", "rounded"),
    [
        ("2.7512", "USD", "0.01", "2.76"),
        ("2.75", "USD", "0.01", "2.75"),
        ("2.750000000000000000000000001", "USD", "0.01", "2.76"),
        ("17.174942", "USD", "0.0001", "17.1750"),
        ("2.76", "USD", "0.05", "2.80"),
        ("2799.01", "JPY", "0.01", "2800"),
        ("2799.01", "KRW", "10", "2800"),
    ],
)
def test_a_price_goes_up_to_its_step(value: str, currency: str, step: str, rounded: str) -> None:
    made = price(Decimal(value), currency, Decimal(step))
    assert made.to_json()["amount"] == rounded


def test_a_quotient_that_is_a_whole_step_stays_there() -> None:
    """Cut after 28 digits, 1/3 × 3 would be a hair off, and a hair costs a whole step."""
    assert price(Fraction(1, 3) * 3, "USD") == Money(Decimal(1), "USD")


def test_the_total_is_of_rounded_prices() -> None:
    each = price(Decimal("0.333"), "USD")
    assert total([(each, 1000), (each, 500)], "USD") == Money(Decimal("510.00"), "USD")


@given(AMOUNTS, st.sampled_from(sorted(CURRENCIES)))
def test_what_is_printed_is_read_as_the_same(amount: Decimal, currency: str) -> None:
    money = Money(amount, currency)
    assert parse_money(str(money)) == money
    assert Money.from_json(money.to_json()) == money


@given(AMOUNTS, st.sampled_from(["0.0001", "0.01", "0.05", "1"]))
def test_up_and_down_are_the_nearest_steps(amount: Decimal, written: str) -> None:
    step = Decimal(written)
    above, below = up_to(amount, step), down_to(amount, step)
    assert below <= amount <= above
    assert above - below == (0 if amount % step == 0 else step)


def test_yen_and_won_have_no_decimals() -> None:
    assert not has_decimals("JPY")
    assert not has_decimals("KRW")
    assert has_decimals("USD")


def test_a_plain_number_is_read_by_the_same_rule() -> None:
    assert parse_amount("1,133") == Decimal(1133)
    with pytest.raises(UsageError):
        parse_amount("11,33")
