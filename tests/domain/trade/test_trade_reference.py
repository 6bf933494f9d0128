"""Ten thousand random quotes and ten thousand random cost sheets, recomputed from the formulas of trade.md: equal to the last digit.

The reference below is written from the specification in fractions and knows nothing of the code: no function of the package computes
anything in it. Each case has a seed of its own, so a failure names the one to look at.
"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from mailcrm.domain.trade.costing import Costing
from mailcrm.domain.trade.freight import Carton, Container, fcl, lcl
from mailcrm.domain.trade.money import Money, total
from mailcrm.domain.trade.netting import Deal, judge

CASES = 10_000
TERMS = "EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP".split()  # noqa: SIM905  (as the rules name them)


def some(pick: random.Random, lowest: int, highest: int, places: int) -> Decimal:
    """Return a number between two with so many decimals; a third of them round, since rounding errs at the edges."""
    drawn = pick.randint(lowest * 10**places, highest * 10**places)
    if pick.random() < 1 / 3:
        drawn -= drawn % 10 ** (places // 2)
    return Decimal(drawn).scaleb(-places)


# -- the reference ------------------------------------------------------------------------------------------------------


def reference_up(value: Fraction, step: Fraction) -> Fraction:
    return ceil(value / step) * step


def reference_freight(kind: str, given: dict[str, Fraction]) -> Fraction:
    cartons_volume, pieces = given["volume"], given["pieces"]
    if kind == "fcl":
        fitting = floor(given["capacity"] / cartons_volume)
        if given["weight"]:
            fitting = min(fitting, floor(given["payload"] / given["weight"]))
        return given["rate"] / (fitting * pieces)
    cartons = ceil(given["quantity"] / pieces)
    chargeable = max(cartons * cartons_volume, cartons * given["weight"] / 1000, given["minimum"])
    return given["rate"] * chargeable / given["quantity"]


def reference_net(term: str, price: Fraction, given: dict[str, Fraction]) -> Fraction:
    net = price * given["paid"] / (given["paid"] + given["free"])
    net = net * (1 - given["discount"]) * (1 - given["commission"])
    if term in ("CIF", "CIP"):
        net = net * (1 - (1 + given["mark_up"]) * given["premium"])
    if term in ("CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"):
        net = net - given["freight"]
    if term in ("DAP", "DPU", "DDP"):
        net = net - given["charges"]
    if term in ("EXW", "FCA"):
        net = net + given["domestic"]
    return net


def reference_least(term: str, least: Fraction, step: Fraction, given: dict[str, Fraction]) -> Fraction:
    """Walk the steps around where the straight line through two prices meets the floor: no formula is turned around."""
    at_zero, at_one = reference_net(term, Fraction(0), given), reference_net(term, Fraction(1), given)
    near = floor((least - at_zero) / (at_one - at_zero) / step) - 2
    while near < 0 or reference_net(term, near * step, given) < least:
        near += 1
    return near * step


def reference_cost_sheet(kind: str, given: dict[str, Fraction]) -> tuple[Fraction, Fraction]:
    shares = given["profit"] + given["bank"] + given["commission"]
    if kind == "trading":
        refund = given["cost"] / (1 + given["vat"]) * given["refund_rate"]
        spent = given["cost"] - refund + given["charges"]
        return spent / (1 - shares) / given["rate"], spent
    spent = given["cost"] + given["charges"]
    return spent / (1 - shares - (given["vat"] - given["refund_rate"])) / given["rate"], spent


def fractions(given: dict[str, Decimal]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in given.items()}


# -- quotes -------------------------------------------------------------------------------------------------------------


def test_ten_thousand_random_quotes() -> None:
    allowed = sum(check_quote(seed) for seed in range(CASES))
    assert CASES // 5 < allowed < CASES * 4 // 5  # both answers were tried


def check_quote(seed: int) -> bool:
    pick = random.Random(seed)  # noqa: S311  (a seed that repeats is meant)
    term, currency = pick.choice(TERMS), pick.choice(["USD", "USD", "EUR", "JPY", "KRW", "CNY"])
    kind, given, freight = random_freight(pick)
    assert freight == reference_freight(kind, fractions(given)), seed
    shares = {
        "discount": pick.choice([Decimal(0), some(pick, 0, 25, 2) / 100]),
        "commission": pick.choice([Decimal(0), some(pick, 0, 10, 1) / 100]),
        "premium": some(pick, 0, 10, 2) / 1000,
        "charges": some(pick, 0, 3, 4),
        "domestic": some(pick, 0, 2, 4),
        "paid": Decimal(pick.randint(1, 5000)),
        "free": Decimal(pick.choice([0, 0, pick.randint(1, 100)])),
    }
    mark_up = pick.choice([Decimal("0.1"), Decimal("0.1"), Decimal("0.2"), Decimal("0.3")])
    step = pick.choice(
        [Decimal("0.01"), Decimal("0.01"), Decimal("0.0001"), Decimal("0.05"), Decimal("0.1"), Decimal(1)]
    )
    floor_price = some(pick, 1, 60, 2)
    paid, free = int(shares["paid"]), int(shares["free"])
    deal = Deal(
        code=term,
        mark_up=mark_up,
        discount=shares["discount"],
        commission=shares["commission"],
        paid=paid,
        free=free,
        premium=shares["premium"],
        freight=freight,
        charges=shares["charges"],
        domestic=shares["domestic"],
    )
    known = {**fractions(shares), "mark_up": Fraction(mark_up), "freight": freight}
    grid = max(Fraction(step), Fraction(1)) if currency in ("JPY", "KRW") else Fraction(step)
    least = reference_least(term, Fraction(floor_price), grid, known)
    asked = max(least + pick.randint(-3, 3) * grid, Fraction(0))
    price = Decimal(asked.numerator) / Decimal(asked.denominator)
    verdict = judge(Money(price, currency), Money(floor_price, currency), deal, step)
    net = reference_net(term, asked, known)
    assert Fraction(verdict.least.amount) == least, seed
    assert verdict.allowed is (net >= Fraction(floor_price)), seed
    assert Fraction(verdict.net.amount) == floor(net * 10_000) / Fraction(10_000), seed
    quantities = [pick.randint(1, 99_999) for _line in range(3)]
    summed = total([(verdict.least, quantity) for quantity in quantities], currency)
    assert Fraction(summed.amount) == least * sum(quantities), seed
    return verdict.allowed


def random_freight(pick: random.Random) -> tuple[str, dict[str, Decimal], Fraction]:
    given = {
        "volume": some(pick, 5, 200, 1) / 1000,
        "pieces": Decimal(pick.randint(1, 500)),
        "weight": pick.choice([Decimal(0), some(pick, 1, 60, 1)]),
        "capacity": pick.choice([Decimal(28), Decimal(58), Decimal(68)]),
        "payload": pick.choice([Decimal(21500), Decimal(26500)]),
        "rate": some(pick, 30, 9000, 2),
        "quantity": Decimal(pick.randint(1, 50_000)),
        "minimum": pick.choice([Decimal(1), Decimal("0.5"), Decimal(2)]),
    }
    carton = Carton(int(given["pieces"]), given["volume"], given["weight"])
    if pick.random() < 1 / 2:
        return "fcl", given, fcl(given["rate"], Container("BOX", given["capacity"], given["payload"]), carton).per_unit
    return "lcl", given, lcl(given["rate"], carton, int(given["quantity"]), given["minimum"]).per_unit


# -- cost sheets --------------------------------------------------------------------------------------------------------


def test_ten_thousand_random_cost_sheets() -> None:
    for seed in range(CASES):
        check_cost_sheet(seed)


def check_cost_sheet(seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311  (a seed that repeats is meant)
    kind = pick.choice(["trading", "factory"])
    vat = pick.choice([Decimal("0.13"), Decimal("0.09"), Decimal("0.06")])
    given = {
        "cost": some(pick, 1, 5000, 2),
        "charges": some(pick, 0, 200, 2),
        "vat": vat,
        "refund_rate": min(vat, pick.choice([Decimal(0), Decimal("0.06"), Decimal("0.09"), Decimal("0.13")])),
        "profit": some(pick, 0, 40, 1) / 100,
        "bank": some(pick, 0, 3, 2) / 100,
        "commission": pick.choice([Decimal(0), Decimal("0.03"), Decimal("0.05"), some(pick, 0, 10, 1) / 100]),
        "rate": some(pick, 1, 9, 4),
    }
    currency = pick.choice(["USD", "USD", "EUR", "JPY"])
    step = pick.choice([Decimal("0.0001"), Decimal("0.0001"), Decimal("0.01")])
    costing = Costing(
        kind=kind,
        cost=Money(given["cost"], "CNY"),
        charges=Money(given["charges"], "CNY"),
        vat=given["vat"],
        refund_rate=given["refund_rate"],
        profit=given["profit"],
        bank=given["bank"],
        commission=given["commission"],
        currency=currency,
        rate=given["rate"],
        step=step,
    )
    known = fractions(given)
    fob, spent = reference_cost_sheet(kind, known)
    printed = reference_up(fob, Fraction(1) if currency == "JPY" else Fraction(step))
    assert Fraction(costing.price.amount) == printed, seed
    unrefunded = known["vat"] - known["refund_rate"] if kind == "factory" else Fraction(0)
    margin = 1 - known["bank"] - known["commission"] - unrefunded - spent / (printed * known["rate"])
    assert costing.margin(costing.price) == margin, seed
    if kind == "trading":
        assert costing.cost_of_a_unit(costing.price) == spent / (printed * (1 - known["commission"])), seed
