"""The least allowed price: it is allowed, one step below it isn't, whatever the price holds."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.trade.exact import exact
from mailcrm.domain.trade.incoterms import TERMS
from mailcrm.domain.trade.money import Money, price_step
from mailcrm.domain.trade.netting import Deal, gross_price, judge, net_fob


def amounts(highest: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=highest, places=places, allow_nan=False, allow_infinity=False)


DEALS = st.builds(
    Deal,
    code=st.sampled_from(sorted(TERMS)),
    mark_up=st.sampled_from([Decimal("0.1"), Decimal("0.3")]),
    discount=amounts("0.9", 4),
    commission=amounts("0.5", 4),
    paid=st.integers(1, 10_000),
    free=st.integers(0, 500),
    premium=amounts("0.05", 4),
    freight=amounts("50", 5),
    charges=amounts("50", 4),
    domestic=amounts("50", 4),
)
STEPS = st.sampled_from([Decimal("0.0001"), Decimal("0.01"), Decimal("0.05"), Decimal("0.5")])


@given(amounts("1000", 4), DEALS, STEPS, st.sampled_from(["USD", "JPY"]))
def test_the_least_price_is_allowed_and_one_step_below_is_not(
    floor: Decimal, deal: Deal, step: Decimal, currency: str
) -> None:
    bottom, grid = Money(floor, currency), price_step(currency, step)
    least = judge(Money(Decimal(1), currency), bottom, deal, step).least
    assert least.amount % grid == 0
    assert judge(least, bottom, deal, step).allowed
    below = least.amount - grid
    assert below < 0 or not judge(Money(below, currency), bottom, deal, step).allowed


@given(amounts("1000", 4), DEALS)
def test_netting_and_grossing_are_each_other_backwards(net: Decimal, deal: Deal) -> None:
    assert net_fob(gross_price(net, deal), deal) == exact(net)


@given(amounts("100", 2), amounts("100", 2), DEALS)
def test_a_higher_price_never_nets_less(one: Decimal, other: Decimal, deal: Deal) -> None:
    assert (net_fob(one, deal) < net_fob(other, deal)) == (one < other)


@given(amounts("100", 2), amounts("100", 2), DEALS, STEPS)
def test_a_price_is_allowed_exactly_from_the_least_one_on(
    asked: Decimal, floor: Decimal, deal: Deal, step: Decimal
) -> None:
    verdict = judge(Money(asked, "USD"), Money(floor, "USD"), deal, step)
    if asked % step == 0:
        assert verdict.allowed == (verdict.least <= Money(asked, "USD"))
