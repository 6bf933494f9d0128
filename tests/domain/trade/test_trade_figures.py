"""Every figure of trade.md's "Price arithmetic", numbered in the order in which they stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.domain.trade.costing import FACTORY, TRADING, Costing
from mailcrm.domain.trade.exact import down_to, exact, up_to
from mailcrm.domain.trade.freight import Carton, Container, fcl, fit, lcl, load, parse_size
from mailcrm.domain.trade.insurance import cfr_from_cif, cif_from_cfr, parse_premium, understood
from mailcrm.domain.trade.lists import break_for, next_break
from mailcrm.domain.trade.money import Money, price, total
from mailcrm.domain.trade.netting import Deal, gross_price, judge, least_price, missing, net_fob
from mailcrm.domain.trade.refunds import RefundRate
from mailcrm.domain.trade.working import cut, figure

dec = Decimal
CENT = dec("0.01")
TENTH = dec("0.1")
HQ = Container("40HQ", dec(68), dec(26500))
CARTON = Carton(12, dec("0.06"))


def usd(amount: str) -> Money:
    return Money(dec(amount), "USD")


def cny(amount: str) -> Money:
    return Money(dec(amount), "CNY")


def sheet(kind: str, cost: str, commission: str = "0") -> Costing:
    return Costing(
        kind=kind,
        cost=cny(cost),
        charges=cny("3"),
        vat=dec("0.13"),
        refund_rate=dec("0.09"),
        profit=dec("0.1"),
        bank=dec("0.01"),
        commission=dec(commission),
        currency="USD",
        rate=dec("7.00"),
    )


CIF = Deal("CIF", TENTH, premium=dec("0.003"), freight=dec("0.20"))

# -- prices, steps, totals ---------------------------------------------------------------------------------------------


def test_figure_01_prices_go_up_to_the_cent_unless_set() -> None:
    assert price(dec("2.7501"), "USD") == usd("2.76")
    assert price(dec("2.7501"), "USD", dec("0.0001")) == usd("2.7501")
    assert price(dec("2.7501"), "USD", dec("0.05")) == usd("2.80")


def test_figure_02_totals_are_of_rounded_prices() -> None:
    assert total([(price(dec("2.7501"), "USD"), 1000), (usd("0.20"), 3)], "USD") == usd("2760.60")


def test_figure_03_yen_and_won_have_no_decimals() -> None:
    assert price(dec("412.2"), "JPY").to_json() == {"amount": "413", "currency": "JPY"}
    assert price(dec("3550.01"), "KRW").to_json() == {"amount": "3551", "currency": "KRW"}


# -- freight -----------------------------------------------------------------------------------------------------------


def test_figure_04_a_40hq_takes_1133_cartons_13596_pieces_at_0_20594() -> None:
    taken = fit(HQ, CARTON)
    assert (taken.cartons, taken.pieces) == (1133, 13596)
    freight = fcl(dec(2800), HQ, CARTON)
    assert down_to(freight.per_unit, dec("0.00001")) == dec("0.20594")
    assert [line.value for line in freight.working] == ["1,133", "13,596", "2,800.00", "0.20594"]


@pytest.mark.parametrize(("code", "volume", "cartons"), [("20GP", 28, 466), ("40GP", 58, 966), ("40HQ", 68, 1133)])
def test_figure_05_the_capacities(code: str, volume: int, cartons: int) -> None:
    assert fit(Container(code, dec(volume)), CARTON).cartons == cartons


def test_figure_06_a_heavy_carton_fills_the_container_by_its_weight() -> None:
    taken = fit(HQ, Carton(12, dec("0.06"), dec(40)))
    assert (taken.cartons, taken.by_weight) == (662, True)
    assert not fit(HQ, Carton(12, dec("0.06"), dec(5))).by_weight


def test_figure_07_two_containers_are_paid_by_the_pieces_in_them() -> None:
    assert fcl(dec(2800), HQ, CARTON, 20_000).per_unit == exact(dec(5600)) / 20_000
    assert fcl(dec(2800), HQ, CARTON, 13_596).per_unit == fcl(dec(2800), HQ, CARTON).per_unit


@pytest.mark.parametrize(
    ("pieces", "weight", "chargeable"),
    [
        (1200, "15", "6"),  # 100 cartons: 6 m³, 1.5 t
        (1200, "80", "8"),  # 8 t are more than 6 m³
        (1201, "15", "6.06"),  # one piece more is one carton more
        (60, "15", "1"),  # 0.3 m³: the minimum
    ],
)
def test_figure_08_groupage_takes_the_greater_of_volume_and_weight_and_a_minimum(
    pieces: int, weight: str, chargeable: str
) -> None:
    freight = lcl(dec(45), Carton(12, dec("0.06"), dec(weight)), pieces, dec(1))
    assert freight.per_unit == exact(dec(45)) * exact(dec(chargeable)) / pieces


def test_figure_09_a_cartons_size_is_its_volume() -> None:
    for written in (
        "60x40x25 cm",
        "60×40×25",
        "0.6 x 0.4 x 0.25 m",
        "600*400*250mm",
        "60cm x 40cm x 25cm",
        "0.06",
        "0.06 m³",
        "0.06cbm",
    ):
        assert parse_size(written) == dec("0.06")
    for written in ("", "60x40", "big", "-1", "1e3"):
        with pytest.raises(UsageError):
            parse_size(written)


def test_figure_10_what_fits_into_no_container_is_told() -> None:
    with pytest.raises(UsageError, match="40HQ"):
        fit(HQ, Carton(1, dec(70)))
    with pytest.raises(UsageError):
        Carton(0, dec(1))
    with pytest.raises(UsageError):
        lcl(dec(45), CARTON, 0)


# -- insurance ---------------------------------------------------------------------------------------------------------


def test_figure_11_cif_from_cfr_and_back() -> None:
    assert figure(cif_from_cfr(dec("2.75"), dec("0.003"), TENTH)) == "2.7591"
    assert cfr_from_cif(cif_from_cfr(dec("2.75"), dec("0.003"), TENTH), dec("0.003"), TENTH) == exact(dec("2.75"))


@pytest.mark.parametrize("written", ["0.3%", "3‰", "0.003", "０．３％", "0.3 %"])
def test_figure_12_three_ways_to_write_a_premium_and_which_was_understood(written: str) -> None:
    premium = parse_premium(written)
    assert premium == dec("0.003")
    assert str(understood(premium, TENTH)) == "a premium of 0.3% on 110% of the price"


@pytest.mark.parametrize("written", ["0.3", "3", "3%%", "", "-0.3%", "30%"])
def test_figure_13_a_premium_that_can_t_be_meant_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        parse_premium(written)


# -- commission --------------------------------------------------------------------------------------------------------


def test_figure_14_fobc5_is_divided_by_95_percent_never_times_105() -> None:
    deal = Deal("FOB", TENTH, commission=dec("0.05"))
    assert gross_price(dec(100), deal) == exact(dec(100)) / exact(dec("0.95"))
    assert least_price(dec(100), deal, CENT) == dec("105.27")
    assert net_fob(dec("105.00"), deal) < 100


# -- the floor ---------------------------------------------------------------------------------------------------------


def test_groupage_is_charged_its_minimum_once_a_shipment_and_each_article_bears_its_part() -> None:
    heavy, light = Carton(12, dec("0.06"), dec("120")), Carton(10, dec("0.06"), dec("6"))
    pieces = ((heavy, 12), (light, 20))  # 0.06 m³ and 0.12 t beside 0.12 m³ and 0.012 t: 0.18 m³, so the minimum of 1
    small = [lcl(dec(45), one, count, dec(1), load(*other)).per_unit * count for (one, count), other in zip(pieces, pieces[::-1], strict=True)]  # fmt: skip
    assert sum(small) == 45
    large = [(one, count * 100) for one, count in pieces]  # 18 m³ beside 13.2 t
    paid = [lcl(dec(45), one, count, dec(1), load(*other)).per_unit * count for (one, count), other in zip(large, large[::-1], strict=True)]  # fmt: skip
    assert paid == [18 * 45 / 2, 18 * 45 / 2]


def test_figure_15_cif_2_60_nets_2_3914_and_is_below_the_floor() -> None:
    verdict = judge(usd("2.60"), usd("2.55"), CIF, CENT)
    assert verdict.net == usd("2.3914")
    assert not verdict.allowed


def test_figure_16_the_least_cif_is_2_76() -> None:
    assert judge(usd("2.60"), usd("2.55"), CIF, CENT).least == usd("2.76")


@pytest.mark.parametrize(("cif", "allowed"), [("2.60", False), ("2.75", False), ("2.76", True)])
def test_figure_17_2_75_needs_approval_and_2_76_does_not(cif: str, allowed: bool) -> None:
    assert judge(usd(cif), usd("2.55"), CIF, CENT).allowed is allowed


@pytest.mark.parametrize(("fob", "allowed"), [("2.54", False), ("2.55", True)])
def test_figure_18_exactly_the_floor_is_allowed_and_a_cent_below_is_not(fob: str, allowed: bool) -> None:
    verdict = judge(usd(fob), usd("2.55"), Deal("FOB", TENTH), CENT)
    assert verdict.allowed is allowed
    assert verdict.least == usd("2.55")


def test_figure_19_the_working_is_shown_line_by_line() -> None:
    deal = replace(CIF, discount=dec("0.02"), commission=dec("0.03"), paid=100, free=2)
    lines = [(str(line.label), line.value) for line in judge(usd("3.00"), usd("2.55"), deal, CENT).working]
    assert lines == [
        ("CIF price", "3.00"),
        ("less 2 free with every 100", "2.9411"),
        ("less discount of 2%", "2.8823"),
        ("less commission of 3%", "2.7958"),
        ("less insurance: a premium of 0.3% on 110% of the price", "2.7866"),
        ("less freight of 0.20", "2.5866"),
        ("net FOB", "2.5866"),
        ("floor", "2.55"),
        ("least allowed price", "2.97"),
    ]


def test_figure_20_free_goods_count_as_discount() -> None:
    """Ten free with every ninety are a tenth of the price."""
    free = net_fob(dec("3.00"), Deal("FOB", TENTH, paid=90, free=10))
    assert free == net_fob(dec("3.00"), Deal("FOB", TENTH, discount=dec("0.1")))


@pytest.mark.parametrize(
    ("code", "net"),
    [
        ("EXW", "3.05"),
        ("FCA", "3.05"),
        ("FAS", "3"),
        ("FOB", "3"),
        ("CFR", "2.80"),
        ("CIF", "2.7901"),
        ("CPT", "2.80"),
        ("CIP", "2.7901"),
        ("DAP", "2.70"),
        ("DPU", "2.70"),
        ("DDP", "2.70"),
    ],
)
def test_figure_21_every_term_is_netted_by_what_it_holds(code: str, net: str) -> None:
    deal = Deal(code, TENTH, premium=dec("0.003"), freight=dec("0.20"), charges=dec("0.10"), domestic=dec("0.05"))
    assert net_fob(dec("3.00"), deal) == exact(dec(net))


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("EXW", 1),
        ("FCA", 1),
        ("FAS", 0),
        ("FOB", 0),
        ("CFR", 1),
        ("CIF", 2),
        ("CPT", 1),
        ("CIP", 2),
        ("DAP", 2),
        ("DPU", 2),
        ("DDP", 2),
    ],
)
def test_figure_22_without_its_figures_a_term_is_not_netted(code: str, asked: int) -> None:
    deal = Deal(code, TENTH)
    assert len(missing(deal)) == asked
    if asked:
        with pytest.raises(RefusedByRule):
            judge(usd("3.00"), usd("2.55"), deal, CENT)


def test_figure_23_a_floor_in_another_currency_is_no_floor() -> None:
    with pytest.raises(UsageError, match="EUR"):
        judge(usd("3.00"), Money(dec("2.55"), "EUR"), Deal("FOB", TENTH), CENT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"discount": dec(1)},
        {"commission": dec("-0.1")},
        {"paid": 0},
        {"free": -1},
        {"freight": dec(-1)},
        {"premium": dec("0.95")},
        {"code": "FOBC5"},
    ],
)
def test_figure_24_a_deal_that_can_t_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Deal(**{"code": "CIF", "mark_up": TENTH, **wrong})  # type: ignore[arg-type]


# -- cost sheets -------------------------------------------------------------------------------------------------------


def test_figure_25_a_trading_company_asks_17_1750() -> None:
    costing = sheet(TRADING, "113.00")
    assert costing.refund == 9
    assert costing.price == usd("17.1750")


def test_figure_26_with_c5_it_asks_18_1973() -> None:
    assert sheet(TRADING, "113.00", "0.05").price == usd("18.1973")


def test_figure_27_a_factory_asks_17_3110() -> None:
    costing = sheet(FACTORY, "100")
    assert costing.refund == 0
    assert costing.price == usd("17.3110")


def test_figure_28_the_cost_of_a_dollar() -> None:
    """(113 - 9 + 3) / 17.1750, and with a commission by what is left of the price."""
    assert sheet(TRADING, "113.00").cost_of_a_unit(usd("17.1750")) == exact(dec(107)) / exact(dec("17.1750"))
    with_commission = sheet(TRADING, "113.00", "0.05")
    assert with_commission.cost_of_a_unit(usd("20")) == exact(dec(107)) / 19


@pytest.mark.parametrize("kind", [TRADING, FACTORY])
def test_figure_29_the_unrounded_price_leaves_exactly_the_profit(kind: str) -> None:
    costing = sheet(kind, "113.00", "0.05")
    earned = costing.fob * exact(costing.rate)
    left = earned * (1 - exact(costing.bank + costing.commission + costing.unrefunded)) - costing.outlay
    assert left / earned == exact(costing.profit)
    assert figure(costing.margin(costing.price) * 100, 2) == "10.00"


def test_figure_30_the_working_of_a_cost_sheet() -> None:
    lines = [(str(line.label), line.value) for line in sheet(TRADING, "113.00").working()]
    assert lines == [
        ("purchase price in CNY, VAT of 13% included", "113.00"),
        ("less refund of 9% on the price without VAT", "9.00"),
        ("plus charges", "3.00"),
        ("what a piece costs", "107.00"),
        ("profit, a share of the price", "10%"),
        ("bank charges", "1%"),
        ("commission", "0%"),
        ("what the price leaves for the piece", "89%"),
        ("CNY for one USD", "7.00"),
        ("FOB price in USD", "17.1750"),
        ("margin", "10.00%"),
        ("CNY spent for one USD", "6.23"),
    ]
    factory = [line.value for line in sheet(FACTORY, "100").working(usd("17.00"))]
    assert factory == [
        "100.00",
        "3.00",
        "103.00",
        "10%",
        "1%",
        "0%",
        "4%",
        "85%",
        "7.00",
        "17.3110",
        "17.00",
        "8.45%",
        "6.3388",
    ]


def test_figure_31_a_change_of_the_refund_rate_within_the_lead_time_shows_both_margins() -> None:
    table = [
        RefundRate("940360", dec("0.13"), date(2026, 1, 1), date(2026, 12, 31)),
        RefundRate("940360", dec("0.09"), date(2027, 1, 1)),
    ]
    made = CostSheet("Chair", sheet(TRADING, "113.00"), hs="94036099")
    crossing = made.margins(usd("17.1750"), table, date(2026, 12, 1), date(2027, 1, 15))
    assert [(rate.rate, figure(margin * 100, 2)) for rate, margin in crossing] == [
        (dec("0.13"), "13.33"),
        (dec("0.09"), "10.00"),
    ]
    assert len(made.margins(usd("17.1750"), table, date(2026, 12, 1), date(2026, 12, 31))) == 1
    assert replace(made, hs="").margins(usd("17.1750"), table, date(2026, 12, 1), date(2027, 1, 15)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"refund_rate": dec("0.14")},
        {"profit": dec("0.99")},
        {"kind": "agent"},
        {"rate": dec(0)},
        {"charges": usd("3")},
        {"currency": "CNY"},
        {"cost": Money(dec(-1), "CNY")},
        {"vat": dec(1)},
    ],
)
def test_figure_32_a_sheet_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        replace(sheet(TRADING, "113.00"), **wrong)  # type: ignore[arg-type]


def test_figure_33_a_price_in_another_currency_has_no_margin_here() -> None:
    with pytest.raises(UsageError):
        sheet(TRADING, "113.00").margin(Money(dec(17), "EUR"))
    with pytest.raises(UsageError):
        sheet(TRADING, "113.00").margin(usd("0"))
    with pytest.raises(UsageError):
        sheet(TRADING, "113.00").cost_of_a_unit(usd("0"))


def test_figure_34_a_sheet_is_stored_whole_and_its_hash_is_of_its_content() -> None:
    made = CostSheet(
        "Chair 椅", sheet(FACTORY, "100"), "C-1", "940360", date(2026, 12, 1), "BOC", date(2026, 11, 25), official=True
    )
    again = CostSheet.from_json(made.to_json())
    assert again == made
    assert again.content_hash() == made.content_hash()
    assert replace(made, note="x").content_hash() != made.content_hash()
    assert replace(made, costing=sheet(FACTORY, "100.01")).content_hash() != made.content_hash()


# -- quantity breaks ---------------------------------------------------------------------------------------------------


class Step:
    def __init__(self, quantity: int) -> None:
        self.quantity = quantity


@pytest.mark.parametrize(
    ("quantity", "found", "beyond"),
    [(499, None, 500), (500, 500, 1000), (999, 500, 1000), (1000, 1000, None), (1_000_000, 1000, None)],
)
def test_figure_35_the_edge_of_a_quantity_break(quantity: int, found: int | None, beyond: int | None) -> None:
    steps = [Step(1000), Step(500)]
    reached, following = break_for(steps, quantity), next_break(steps, quantity)
    assert (reached and reached.quantity) == found
    assert (following and following.quantity) == beyond


def test_a_figure_is_rounded_and_cut_only_beside_a_floor_so_that_none_looks_allowed() -> None:
    assert (figure(dec("6.22998")), figure(dec("0.00005")), figure(dec("-0.00005"))) == ("6.23", "0.0001", "-0.0001")
    assert figure(dec("1234.5")) == "1,234.50"
    assert (cut(dec("2.54999")), cut(dec("-0.00001"))) == ("2.5499", "-0.0001")
    verdict = judge(usd("2.55"), usd("2.55"), Deal("FOB", commission=dec("0.00001"), mark_up=dec("0.1")), CENT)
    assert (verdict.allowed, str(verdict.net), verdict.working[-3].value) == (False, "USD 2.5499", "2.5499")
    assert up_to(dec("2.54999"), CENT) == dec("2.55")
