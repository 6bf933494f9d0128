"""Orders: gates as tables, money and its tolerance, dates of a letter of credit, changes, the factory's sheet, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import ConfigError, RefusedByRule, UsageError
from mailcrm.domain.orders.changes import Bearer, Change, Decision, check_change, voided
from mailcrm.domain.orders.content import Document, OrderContent, OrderLine, Progress, Shipment
from mailcrm.domain.orders.credit import Claim, ClaimState, Credit, Slip, Tolerance, credited, seen
from mailcrm.domain.orders.duties import Facts, attention, duties
from mailcrm.domain.orders.gates import Release, check_release, missing_before, refuse
from mailcrm.domain.orders.lc import LetterOfCredit, lc_dates, presentation
from mailcrm.domain.orders.letters import ASKED, is_complete, template_of, variables
from mailcrm.domain.orders.milestones import CONFIRMATIONS, MILESTONES, Stage, needed, stage_of
from mailcrm.domain.orders.plan import Days, planned, read_plan
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.domain.orders.terms import Balance, Requirements
from mailcrm.domain.orders.worksheet import acknowledged, sent, worksheet
from mailcrm.domain.trade.money import Money
from mailcrm.outbox.render import TemplateStore

TODAY = date(2026, 11, 26)
USD = "USD"
TT = Requirements()
ADVANCE = Requirements(deposit=True, balance=Balance.NONE)
LC = Requirements(deposit=False, balance=Balance.THROUGH_BANK, lc=True)
MIXED = Requirements(deposit=True, balance=Balance.THROUGH_BANK, lc=True)
ACCOUNT = Requirements(deposit=False, balance=Balance.ON_ACCOUNT)
EVERY = {"tt": TT, "advance": ADVANCE, "lc": LC, "deposit and lc": MIXED, "on account": ACCOUNT}
ALL_BEFORE_RELEASE = frozenset(one.name for one in MILESTONES) - {"release", "balance_credited", "documents"}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), USD)


def names(missing: object) -> list[str]:
    return [one.name for one in missing]  # type: ignore[attr-defined]


# -- gates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "settled", "missing"),
    [
        ("tt", {"pi_signed", "deposit_credited", *CONFIRMATIONS}, []),
        ("tt", {"pi_signed", "deposit_seen", *CONFIRMATIONS}, ["deposit_credited"]),
        ("tt", {"pi_signed", "deposit_credited", "packing", "colour"}, ["mark", "pp_sample"]),
        ("tt", {"pi_signed"}, ["deposit_credited", *CONFIRMATIONS]),
        ("advance", {"pi_signed", *CONFIRMATIONS}, ["deposit_credited"]),
        ("lc", {"pi_signed", *CONFIRMATIONS}, []),
        ("lc", {"pi_signed", "packing", "mark", "colour"}, ["pp_sample"]),
        ("deposit and lc", {"pi_signed", *CONFIRMATIONS}, ["deposit_credited"]),
        ("on account", {"pi_signed", *CONFIRMATIONS}, []),
    ],
)
def test_before_production_the_terms_tell_what_is_missing(terms: str, settled: set[str], missing: list[str]) -> None:
    found = missing_before("production", settled | {"legal_review", "pi_sent"}, EVERY[terms])
    assert names(found) == missing
    assert all(one.hard for one in found)


@pytest.mark.parametrize(
    ("terms", "how", "balance", "missing"),
    [
        ("tt", Release.ORIGINALS, False, ["balance_credited"]),
        ("tt", Release.TELEX, False, ["balance_credited"]),
        ("tt", Release.TELEX, True, []),
        ("advance", Release.TELEX, False, []),
        ("lc", Release.BANK, False, []),
        ("lc", Release.ORIGINALS, False, ["balance_credited"]),
        ("lc", Release.TELEX, False, ["balance_credited"]),
        ("deposit and lc", Release.BANK, False, []),
        ("deposit and lc", Release.TELEX, False, ["balance_credited"]),
        ("on account", Release.ORIGINALS, False, []),
    ],
)
def test_before_release_the_terms_and_the_way_tell_what_is_missing(
    terms: str, how: Release, balance: bool, missing: list[str]
) -> None:
    settled = ALL_BEFORE_RELEASE | ({"balance_credited"} if balance else set())
    assert names(missing_before("release", settled, EVERY[terms], how)) == missing


def test_a_slip_settles_nothing() -> None:
    settled = {"legal_review", "pi_sent", "pi_signed", "deposit_seen", "balance_seen", *CONFIRMATIONS}
    assert names(missing_before("production", settled, TT)) == ["deposit_credited"]


def test_a_refusal_names_all_that_is_missing_with_every_mend() -> None:
    missing = missing_before("production", {"legal_review", "pi_sent", "colour"}, TT, order="d4")
    error = refuse("ORD-2026-0004", "production", missing, "d4")
    told = str(error)
    for piece in ("ORD-2026-0004", "PI signed by the customer", "deposit credited", "packing", "mark", "sample"):
        assert piece in told
    assert "order confirm d4 packing,mark,pp_sample --mail" in str(error.hint)
    assert "order credited d4 deposit" in str(error.hint)
    assert "colour confirmed" not in told


def test_no_way_leads_around_a_gate() -> None:
    """Whatever comes after production names production and its gates too, however far it is."""
    for name in ("produced", "inspection", "customs", "on_board", "bl_copy", "arrival", "after_sales"):
        assert {"production", "deposit_credited", *CONFIRMATIONS} <= set(names(missing_before(name, set(), TT)))
    far = missing_before("documents", ALL_BEFORE_RELEASE, TT)
    assert [(one.name, one.hard) for one in far] == [("balance_credited", True), ("release", True)]


@pytest.mark.parametrize("terms", ["tt", "advance", "on account"])
def test_documents_go_to_a_bank_only_where_the_terms_say_so(terms: str) -> None:
    with pytest.raises(RefusedByRule, match="don't go through a bank"):
        check_release("ORD-1", Release.BANK, EVERY[terms])
    check_release("ORD-1", Release.BANK, LC)


@pytest.mark.parametrize(
    ("settled", "stage"),
    [
        (set(), Stage.CONTRACT),
        ({"legal_review", "pi_sent", "pi_signed"}, Stage.DEPOSIT),
        ({"legal_review", "pi_sent", "pi_signed", "deposit_seen"}, Stage.DEPOSIT),
        ({"legal_review", "pi_sent", "pi_signed", "deposit_credited"}, Stage.CONFIRMING),
        ({"legal_review", "pi_sent", "pi_signed", "deposit_credited", "balance_credited"}, Stage.CONFIRMING),
        ({one.name for one in MILESTONES if not one.optional}, Stage.CLOSED),
    ],
)
def test_the_stage_is_the_first_in_which_something_is_open(settled: set[str], stage: Stage) -> None:
    assert stage_of(settled, TT) is stage


def test_what_the_terms_leave_out_has_no_milestone() -> None:
    assert {"deposit_seen", "deposit_credited"}.isdisjoint(one.name for one in needed(LC))
    assert {"balance_seen", "balance_credited"}.isdisjoint(one.name for one in needed(ADVANCE))
    assert len(needed(TT)) == len(MILESTONES)


# -- money ----------------------------------------------------------------------------------------------------------

TOLERANCE = Tolerance({USD: Decimal(50)}, Decimal(2))


@pytest.mark.parametrize(
    ("due", "came", "state"),
    [
        ("3750.00", [], ClaimState.DUE),
        ("3750.00", ["3750.00"], ClaimState.CREDITED),
        ("3750.00", ["3700.00"], ClaimState.CREDITED),
        ("3750.00", ["3699.99"], ClaimState.PARTLY),
        ("3750.00", ["2000.00", "1725.00"], ClaimState.CREDITED),
        ("3750.00", ["4000.00"], ClaimState.CREDITED),
        ("100.00", ["98.00"], ClaimState.CREDITED),
        ("100.00", ["97.99"], ClaimState.PARTLY),
    ],
)
def test_what_banks_keep_is_forgiven_up_to_the_tolerance(due: str, came: list[str], state: ClaimState) -> None:
    claim = Claim(usd(due))
    for number, amount in enumerate(came):
        claim = credited(claim, Credit(TODAY, usd(amount), f"R{number}", "wei"), TOLERANCE, TODAY)
    assert claim.state(TOLERANCE) is state


def test_a_currency_without_a_tolerance_is_paid_to_the_last_cent() -> None:
    claim = Claim(Money(Decimal(1000), "EUR"), credits=(Credit(TODAY, Money(Decimal("999.99"), "EUR"), "R", "wei"),))
    assert claim.state(TOLERANCE) is ClaimState.PARTLY


def test_a_slip_is_seen_and_stays_to_be_verified_until_the_bank_shows_it() -> None:
    claim = seen(Claim(usd("3750")), Slip(TODAY, usd("3750"), "m12"))
    assert (claim.state(TOLERANCE), claim.to_verify(TOLERANCE), claim.received) == (ClaimState.SEEN, True, usd("0"))
    assert seen(claim, Slip(TODAY, None, "m12")) == claim
    part = credited(claim, Credit(TODAY, usd("1000"), "R1", "wei"), TOLERANCE, TODAY)
    assert (part.state(TOLERANCE), part.to_verify(TOLERANCE), part.open) == (ClaimState.PARTLY, False, usd("2750"))
    again = seen(part, Slip(TODAY + timedelta(days=1), usd("2750"), "m15"))
    assert again.to_verify(TOLERANCE)


@pytest.mark.parametrize(
    ("credit", "error", "words"),
    [
        (Credit(TODAY, usd("10"), " ", "wei"), UsageError, "reference"),
        (Credit(TODAY, Money(Decimal(10), "EUR"), "R", "wei"), RefusedByRule, "EUR 10"),
        (Credit(TODAY, usd("0"), "R", "wei"), RefusedByRule, "can't be its credit"),
        (Credit(TODAY + timedelta(days=1), usd("10"), "R", "wei"), RefusedByRule, "lies ahead"),
        (Credit(TODAY, usd("10"), "SEEN", "wei"), RefusedByRule, "noted already"),
    ],
)
def test_a_credit_that_cannot_be_one_is_refused(credit: Credit, error: type[Exception], words: str) -> None:
    claim = Claim(usd("3750"), credits=(Credit(TODAY, usd("5"), "SEEN", "wei"),))
    with pytest.raises(error, match=words):
        credited(claim, credit, TOLERANCE, TODAY)


def test_money_that_is_there_is_not_credited_twice() -> None:
    claim = credited(Claim(usd("10")), Credit(TODAY, usd("10"), "R", "wei"), TOLERANCE, TODAY)
    with pytest.raises(RefusedByRule, match="credited already"):
        credited(claim, Credit(TODAY, usd("10"), "R2", "wei"), TOLERANCE, TODAY)


# -- letter of credit -----------------------------------------------------------------------------------------------

SHIPPED = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("days", "expiry", "last"),
    [
        (None, date(2027, 2, 1), SHIPPED + timedelta(days=21)),
        (15, date(2027, 2, 1), SHIPPED + timedelta(days=15)),
        (30, date(2027, 2, 1), SHIPPED + timedelta(days=21)),
        (15, date(2026, 12, 31), date(2026, 12, 31)),
        (None, None, SHIPPED + timedelta(days=21)),
    ],
)
def test_documents_are_presented_in_time_and_before_expiry(days: int | None, expiry: date | None, last: date) -> None:
    assert presentation(LetterOfCredit("LC1", expiry=expiry, presentation_days=days), SHIPPED, 21) == last


def test_the_dates_that_count_follow_the_goods() -> None:
    credit = LetterOfCredit("LC1", "", date(2026, 12, 25), date(2027, 1, 15), 21)
    before = lc_dates(credit, shipped=None, presented=False, limit=21)
    assert [(one.name, one.on) for one in before] == [
        ("latest_shipment", date(2026, 12, 25)),
        ("expiry", date(2027, 1, 15)),
    ]
    assert before[0].left(date(2026, 12, 20)) == 5
    after = lc_dates(credit, shipped=SHIPPED, presented=False, limit=21)
    assert [one.name for one in after] == ["presentation", "expiry"]
    assert lc_dates(credit, shipped=SHIPPED, presented=True, limit=21) == ()


# -- changes --------------------------------------------------------------------------------------------------------


def test_a_change_before_the_gate_makes_the_confirmation_void_and_costs_nothing() -> None:
    change = Change(TODAY, "logo red instead of blue", "colour")
    check_change(change, "ORD-1")
    assert voided(change) == ("colour",)


def test_a_change_behind_the_gate_says_cost_cause_bearer_decision_and_who() -> None:
    change = Change(TODAY, "logo red instead of blue", "colour", late=True)
    with pytest.raises(RefusedByRule) as refused:
        check_change(change, "ORD-1")
    for word in ("--cost", "--cause", "--bears", "--decision", "--by"):
        assert word in str(refused.value)
    whole = replace(
        change,
        cost=usd("120"),
        cause="customer's new design",
        bears=Bearer.CUSTOMER,
        decision=Decision.ACCEPTED,
        decided_by="mei",
    )
    check_change(whole, "ORD-1")
    assert voided(whole) == ()


def test_a_change_without_words_is_none() -> None:
    with pytest.raises(RefusedByRule, match="what is changed"):
        check_change(Change(TODAY, " "), "ORD-1")


# -- plan -----------------------------------------------------------------------------------------------------------


def test_days_are_counted_from_what_is_known() -> None:
    plan = read_plan(
        {"deposit_credited": "order+7", "produced": "shipment - 10", "bl_copy": "on_board+3", "arrival": "eta"}
    )
    assert planned(plan, Days(TODAY)) == {"deposit_credited": date(2026, 12, 3)}
    known = Days(TODAY, shipment=date(2026, 12, 1), eta=date(2027, 1, 9))
    assert planned(plan, known) == {
        "deposit_credited": date(2026, 12, 3),
        "produced": TODAY,
        "bl_copy": date(2026, 12, 4),
        "arrival": date(2027, 1, 9),
    }
    assert planned(plan, replace(known, on_board=date(2026, 12, 20)))["bl_copy"] == date(2026, 12, 23)


@pytest.mark.parametrize(("name", "rule"), [("produced", "soon"), ("party", "order+1"), ("produced", "order+1000")])
def test_a_plan_that_cannot_be_read_is_named(name: str, rule: str) -> None:
    with pytest.raises(ConfigError, match=f"orders.plan.{name}"):
        read_plan({name: rule})


# -- content and sheet ------------------------------------------------------------------------------------------------

CONTENT = OrderContent(
    currency=USD,
    lines=(OrderLine("Ball valve DN50", Decimal(500), "pcs", usd("2.55"), "BV-50", "K-77", "球阀 DN50", "848180"),),
    po_number="PO 8812",
    pi_number="PI-118",
    latest_shipment=date(2026, 12, 25),
    packing="12 pcs a carton",
    mark="K-77 / HAMBURG / C/No 1-42",
    colour="RAL 5010",
    pp_sample="SMP-2026-0012/v2",
    special="no wooden pallets",
    deposit=Claim(usd("382.50"), TODAY, (Slip(TODAY, usd("382.50"), "m3"),), (Credit(TODAY, usd("380"), "R1", "wei"),)),
    balance=Claim(usd("892.50")),
    lc=LetterOfCredit("LC-1", "Bank", date(2026, 12, 25), date(2027, 1, 15), 15),
    shipment=Shipment(vessel="EVER GOOD 012W", eta=date(2027, 1, 20)),
    documents=(Document("invoice"), Document("origin", TODAY)),
    progress=(Progress(TODAY, "half of the bodies are cast", date(2026, 12, 15)),),
)


def test_content_goes_through_json_unchanged_and_its_hash_tells_a_change() -> None:
    assert OrderContent.from_json(CONTENT.to_json()) == CONTENT
    assert OrderContent.from_json(CONTENT.to_json()).content_hash() == CONTENT.content_hash()
    assert replace(CONTENT, colour="RAL 5011").content_hash() != CONTENT.content_hash()
    assert CONTENT.to_json()["lines"][0]["quantity"] == "500"


def test_the_total_is_the_sum_of_the_lines() -> None:
    assert CONTENT.total == usd("1275.00")


def test_the_sheet_is_chinese_and_tells_the_factory_no_price() -> None:
    sheet = worksheet("ORD-2026-0004", CONTENT, {"produced": date(2026, 12, 15)})
    told = {label: value for section in sheet.sections for label, value in section.rows}
    assert sheet.title == "生产单 ORD-2026-0004/v1"
    assert (told["品名"], told["数量"], told["交货日期"]) == ("球阀 DN50", "500 pcs", "2026年12月15日")
    assert (told["唛头"], told["颜色"], told["验货日期"]) == ("K-77 / HAMBURG / C/No 1-42", "RAL 5010", "待定")
    assert "2.55" not in "".join(told.values())


def test_a_sheet_is_sent_by_version_and_acknowledged_by_each_department() -> None:
    sheet = worksheet("ORD-1", CONTENT, {})
    out = sent(CONTENT, sheet, ("生产部", "仓库"), TODAY)
    with pytest.raises(RefusedByRule, match="went to these departments already"):
        sent(out, worksheet("ORD-1", out, {}), ("仓库",), TODAY)
    heard = acknowledged(out, worksheet("ORD-1", out, {}), "生产部", "lao wang")
    assert dict(heard.worksheets[-1].acknowledged) == {"生产部": "lao wang"}
    with pytest.raises(RefusedByRule, match="was not sent to 品管部"):
        acknowledged(out, worksheet("ORD-1", out, {}), "品管部", "xu")
    paid = replace(out, deposit=None)
    assert worksheet("ORD-1", paid, {}).version == 1
    changed = replace(heard, colour="RAL 3000")
    newer = worksheet("ORD-1", changed, {})
    assert newer.version == 2
    with pytest.raises(RefusedByRule, match=r"ORD-1/v2 was not sent"):
        acknowledged(changed, newer, "生产部", "lao wang")
    assert [one.version for one in sent(changed, newer, ("生产部",), TODAY).worksheets] == [1, 2]


# -- what is due --------------------------------------------------------------------------------------------------------

POLICY = OrderPolicy(tolerance=Tolerance({USD: Decimal(50)}, Decimal(2)))
EARLY = frozenset({"legal_review", "pi_sent", "pi_signed", *CONFIRMATIONS, "booking"})
MADE = frozenset(ALL_BEFORE_RELEASE)


def due_of(settled: frozenset[str], content: OrderContent = CONTENT, **days: int) -> list[tuple[str, str, str, bool]]:
    due = {name: TODAY + timedelta(days=left) for name, left in days.items()}
    found = duties(Facts(content, settled, due, TODAY if "on_board" in settled else None), POLICY, TODAY)
    return [(one.key, one.kind, one.band, one.late) for one in found]


UNPAID = replace(CONTENT, deposit=Claim(usd("382.50")), lc=None)
SEEN = replace(UNPAID, deposit=Claim(usd("382.50"), slips=(Slip(TODAY, None, "m1"),)))
OPENED = replace(CONTENT, requirements=LC, deposit=None)


@pytest.mark.parametrize(
    ("settled", "content", "days", "told"),
    [
        (EARLY, UNPAID, {"deposit_credited": 5}, []),
        (EARLY, UNPAID, {"deposit_credited": 2}, [("deposit_credited", "payment", "step", False)]),
        (EARLY, UNPAID, {"deposit_credited": -1}, [("deposit_credited", "payment", "step", True)]),
        (EARLY, SEEN, {"deposit_credited": 5}, [("deposit_slip", "payment", "money", False)]),
        (EARLY, SEEN, {"deposit_credited": -1}, [("deposit_slip", "payment", "money", True)]),
        (EARLY, UNPAID, {"production": -3, "produced": -1}, [("production", "order", "step", True)]),
        (EARLY, UNPAID, {"production": 1}, []),
        (MADE, UNPAID, {"balance_credited": 1}, [("balance_credited", "payment", "money", False)]),
        (MADE | {"balance_credited"}, UNPAID, {}, [("release", "order", "money", False)]),
        (MADE | {"balance_credited", "release"}, UNPAID, {"documents": -1}, [("documents", "order", "step", True)]),
        (EARLY - {"booking"}, OPENED, {}, []),
    ],
)
def test_what_is_due_of_an_order_stands_in_its_band(
    settled: frozenset[str], content: OrderContent, days: dict[str, int], told: list[tuple[str, str, str, bool]]
) -> None:
    assert due_of(settled, content, **days) == told


@pytest.mark.parametrize(("left", "told"), [(11, []), (10, ["lc_latest_shipment"]), (-2, ["lc_latest_shipment"])])
def test_a_credit_s_dates_are_told_so_many_days_ahead(left: int, told: list[str]) -> None:
    credit = LetterOfCredit("LC-1", "", TODAY + timedelta(days=left), TODAY + timedelta(days=60))
    assert [key for key, *_rest in due_of(EARLY, replace(OPENED, lc=credit))] == told


# -- letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "settled", "late", "template"),
    [
        ("pi_sent", False, False, "pi_send"),
        ("deposit_credited", False, False, "deposit_request"),
        ("deposit_seen", True, False, "slip_received"),
        ("deposit_credited", True, False, "money_received"),
        ("packing", False, False, "confirm_packing_marks_colour"),
        ("pp_sample", False, False, "pp_sample_approval"),
        ("production", True, False, "production_progress"),
        ("produced", False, True, "delay_notice"),
        ("on_board", True, False, "shipping_advice"),
        ("bl_copy", False, False, "documents_copy"),
        ("balance_credited", False, True, "balance_request"),
        ("documents", False, False, "originals_sent"),
        ("customs", False, True, ""),
    ],
)
def test_each_milestone_has_its_letter(name: str, settled: bool, late: bool, template: str) -> None:
    assert template_of(name, CONTENT, settled=settled, late=late) == template


def test_a_telex_release_has_a_letter_of_its_own() -> None:
    assert template_of("documents", replace(CONTENT, release="telex"), settled=False) == "telex_released"


def test_letters_are_filled_with_what_they_ask_and_the_order_knows() -> None:
    due = {"production": date(2026, 12, 1), "produced": date(2026, 12, 18)}

    def told(template: str, name: str) -> dict[str, str]:
        return variables(template, name, "ORD-1", CONTENT, due)

    assert told("deposit_request", "deposit_credited") == {
        "pi": "PI-118",
        "amount": "USD 2.50",
        "due_on": "2026-11-26",
    }
    assert told("slip_received", "deposit_seen") == {"amount": "USD 382.50", "paid_for": "PO 8812"}
    assert told("balance_request", "balance_credited") == {"order": "PO 8812", "amount": "USD 892.50"}
    assert told("pp_sample_approval", "pp_sample") == {
        "sample": "SMP-2026-0012/v2",
        "order": "PO 8812",
        "stops_on": "2026-12-01",
    }
    progress = told("production_progress", "production")
    assert progress == {"order": "PO 8812", "progress": "half of the bodies are cast", "ready_on": "2026-12-15"}
    assert is_complete("production_progress", progress)
    assert not is_complete("shipping_advice", told("shipping_advice", "on_board"))
    assert is_complete("money_received", told("money_received", "deposit_credited"))


def test_the_table_of_letters_is_what_the_templates_ask() -> None:
    store = TemplateStore([Path(__file__).parents[2] / "templates"])
    for language in ("en", "zh", "es"):
        shipped = {name: {one.name for one in store.info(name, language).questions} for name in ASKED}
        assert shipped == {name: set(asked) for name, asked in ASKED.items()}
    own = {one.asks for one in MILESTONES} | {one.tells for one in MILESTONES} | {"delay_notice", "telex_released"}
    assert own - {""} == set(ASKED)


@given(
    settled=st.sets(st.sampled_from([one.name for one in MILESTONES])),
    due=st.dictionaries(st.sampled_from([one.name for one in MILESTONES]), st.integers(-40, 40)),
    terms=st.sampled_from(sorted(EVERY)),
    slip=st.booleans(),
    ahead=st.integers(-30, 30),
)
def test_the_worklist_never_misses_an_order_that_asks_for_something(
    settled: set[str], due: dict[str, int], terms: str, slip: bool, ahead: int
) -> None:
    """By the day that is kept with an order the list finds all that has anything to tell."""
    claim = Claim(usd("382.50"), slips=(Slip(TODAY, None, "m1"),) if slip else ())
    content = replace(CONTENT, requirements=EVERY[terms], deposit=claim, balance=claim)
    facts = Facts(
        content, frozenset(settled), {name: TODAY + timedelta(days=left) for name, left in due.items()}, TODAY
    )
    day = TODAY + timedelta(days=ahead)
    if duties(facts, POLICY, day):
        first = attention(facts, POLICY.presentation_days)
        assert first is not None
        assert first <= day + timedelta(days=max(POLICY.warn_days, POLICY.lc_warn_days))
