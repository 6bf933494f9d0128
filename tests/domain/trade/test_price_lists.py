"""Price lists: which line holds for which quantity on which day, what a newer list changes, what looks like a slip."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.pricelist import (
    PriceLine,
    PriceList,
    Validity,
    checked_validity,
    checked_version,
    next_version,
    state_on,
    valid_on,
)
from mailcrm.domain.trade.pricelist_diff import changes_between, jumps


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def line(sku: str, quantity: int, fob: str, floor: str | None = None, unit: str = "pc") -> PriceLine:
    return PriceLine(sku, f"{sku} described", unit, quantity, usd(fob), usd(floor or fob))


def price_list(version: str, *lines: PriceLine) -> PriceList:
    return PriceList(Validity(version, date(2026, 1, 1)), "USD", lines)


V7 = price_list(
    "v7",
    line("VB-50", 1, "3.00", "2.80"),
    line("VB-50", 1000, "2.80", "2.55"),
    line("VB-50", 5000, "2.60", "2.40"),
    line("VB-80", 100, "7.10"),
)


@pytest.mark.parametrize(
    ("sku", "quantity", "price"),
    [
        ("VB-50", 1, "3.00"),
        ("VB-50", 999, "3.00"),
        ("VB-50", 1000, "2.80"),
        ("VB-50", 4999, "2.80"),
        ("VB-50", 5000, "2.60"),
        ("VB-50", 10**9, "2.60"),
        ("vb-50", 1000, "2.80"),
        (" ＶＢ－５０ ", 1000, "2.80"),
        ("VB-80", 100, "7.10"),
        ("VB-80", 99, None),
        ("VB-65", 100, None),
        ("VB-50", 0, None),
    ],
)
def test_the_greatest_break_that_is_reached_holds(sku: str, quantity: int, price: str | None) -> None:
    found = V7.line(sku, quantity)
    assert (found.fob if found else None) == (usd(price) if price else None)


LISTS = (
    Validity("v5", date(2026, 1, 1)),
    Validity("v6", date(2026, 6, 1), date(2026, 11, 30)),
    Validity("v7", date(2026, 12, 1)),
    Validity("spring", date(2027, 3, 1), date(2027, 5, 31)),
)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2025-12-31", None),
        ("2026-01-01", "v5"),
        ("2026-05-31", "v5"),
        ("2026-06-01", "v6"),
        ("2026-11-30", "v6"),
        ("2026-12-01", "v7"),
        ("2027-05-31", "spring"),
        ("2027-06-01", None),  # what the spring list withdrew doesn't come back when it has run out
    ],
)
def test_the_list_that_became_valid_last_holds_alone(day: str, version: str | None) -> None:
    found = valid_on(LISTS, date.fromisoformat(day))
    assert (found.version if found else None) == version


def test_of_two_lists_of_one_day_the_one_applied_later_holds() -> None:
    day = date(2026, 12, 1)
    assert valid_on([*LISTS, Validity("v7b", day)], day) == Validity("v7b", day)


@pytest.mark.parametrize(
    ("instant", "version"), [("2026-11-30T15:59:59", "v6"), ("2026-11-30T16:00:00", "v7")], ids=["before", "after"]
)
def test_a_list_becomes_valid_at_midnight_in_the_office(instant: str, version: str) -> None:
    now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    found = valid_on(LISTS, now.astimezone(ZoneInfo("Asia/Shanghai")).date())
    assert found is not None
    assert found.version == version


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2026-07-01", ["withdrawn", "valid", "upcoming", "upcoming"]),
        ("2026-12-01", ["withdrawn", "expired", "valid", "upcoming"]),
        ("2027-07-01", ["withdrawn", "expired", "withdrawn", "expired"]),
    ],
)
def test_each_list_tells_how_it_stands(day: str, states: list[str]) -> None:
    assert [state_on(one, LISTS, date.fromisoformat(day)) for one in LISTS] == states


@pytest.mark.parametrize(
    ("known", "following"),
    [([], "v1"), (["v7"], "v8"), (["v9", "v10"], "v11"), (["spring"], "v1"), (["V3", "x4"], "v4")],
)
def test_versions_are_counted(known: list[str], following: str) -> None:
    assert next_version(known) == following


@pytest.mark.parametrize("name", ["", " ", "v7/b", "\x1b[31m", "v" * 40, "-7"])
def test_what_is_no_name_of_a_version_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        checked_version(name)


def test_a_list_does_not_end_before_it_begins() -> None:
    with pytest.raises(UsageError):
        checked_validity("v1", date(2026, 12, 1), date(2026, 11, 30))
    assert checked_validity(" v1 ", date(2026, 12, 1), date(2026, 12, 1)).version == "v1"


# -- what a newer list changes ----------------------------------------------------------------------------------------

V8 = price_list(
    "v8",
    line("VB-50", 1, "3.00", "2.80"),
    line("vb-50", 1000, "2.94", "2.55"),
    line("VB-50", 10_000, "2.50", "2.30"),
    line("VB-80", 100, "7.10", unit="set"),
)


def test_the_difference_names_what_came_what_went_and_what_changed_by_how_much() -> None:
    found = [(c.kind, c.line.sku, c.line.qty_break, c.fob_percent, c.floor_percent) for c in changes_between(V7, V8)]
    assert found == [
        ("changed", "vb-50", 1000, Decimal("5.0"), Decimal("0.0")),
        ("removed", "VB-50", 5000, None, None),
        ("added", "VB-50", 10_000, None, None),
        ("changed", "VB-80", 100, Decimal("0.0"), Decimal("0.0")),  # the unit: a pair costs what a piece did
    ]


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["A-1", "B-2", "C-3"]),
        st.sampled_from([1, 100, 1000]),
        st.sampled_from(["1.00", "2.50", "2.55"]),
    ),
    unique_by=lambda one: one.key,
)


@given(LINES, LINES)
def test_there_and_back_are_opposites(some: list[PriceLine], others: list[PriceLine]) -> None:
    one, other = price_list("a", *some), price_list("b", *others)
    there, back = changes_between(one, other), changes_between(other, one)
    assert [(c.before, c.after) for c in there] == [(c.after, c.before) for c in back]
    assert changes_between(one, one) == ()
    kept = {one.key: one for one in some}
    for change in there:
        if change.after is None:
            del kept[change.line.key]
        else:
            kept[change.line.key] = change.after
    assert kept == {one.key: one for one in others}


@pytest.mark.parametrize(
    ("fob", "floor", "told"),
    [
        ("3.90", "2.80", 0),  # exactly 30 %
        ("3.91", "2.80", 1),
        ("2.10", "2.10", 0),
        ("2.09", "2.09", 1),
        ("30.0", "28.0", 2),
        ("3.00", "1.90", 1),
    ],
)
def test_a_price_that_jumps_is_remarked(fob: str, floor: str, told: int) -> None:
    found = jumps(V7, (line("VB-50", 1, fob, floor),), (5,), Decimal(30))
    assert len(found) == told
    assert all(remark.row == 5 and "VB-50" in str(remark.reason) for remark in found)


def test_a_new_break_is_compared_with_what_held_there() -> None:
    assert jumps(V7, (line("VB-50", 2000, "2.85"),), (9,), Decimal(30)) == ()
    price, floor = jumps(V7, (line("VB-50", 2000, "0.285"),), (9,), Decimal(30))
    assert "from USD 2.80 to USD 0.285 (-89.8 %)" in str(price.reason)
    assert "from USD 2.55 to USD 0.285 (-88.8 %)" in str(floor.reason)
    assert jumps(V7, (line("NEW", 1, "100"),), (9,), Decimal(30)) == ()


def test_lists_in_two_currencies_are_not_compared() -> None:
    yuan = Money(Decimal("21.00"), "CNY")
    (remark,) = jumps(V7, (PriceLine("VB-50", "", "pc", 1, yuan, yuan),), (2,), Decimal(30))
    assert "USD" in str(remark.reason)
    assert remark.row == 0
