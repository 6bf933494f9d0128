"""Quotes as values: the machine, what a person types, follow-ups, approvals, hashes, what the text gives away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.checks import KnownName
from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.quotes.approval import Approval, check_approver, read_verdict
from mailcrm.domain.quotes.carriage import freight_of
from mailcrm.domain.quotes.checks.confirmations import needed
from mailcrm.domain.quotes.checks.every import run_checks, state_after
from mailcrm.domain.quotes.checks.facts import Confirmation, LineFacts, QuoteFacts, SheetFacts
from mailcrm.domain.quotes.content import Carriage, QuoteContent, QuoteLine
from mailcrm.domain.quotes.lines_file import lines_in
from mailcrm.domain.quotes.sequence import ends_at, follow_ups
from mailcrm.domain.quotes.states import EDITABLE, LIVE, OPEN, QUOTE_MACHINE, QuoteState, quote_state
from mailcrm.domain.quotes.typed import changed, parse_lines, with_lines, without_line
from mailcrm.domain.quotes.wording import asks_for_price, names_order, quote_numbers
from mailcrm.domain.quotes.working import total_of, verdict_of
from mailcrm.domain.sheets import Sheet
from mailcrm.domain.trade.money import Money
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.words import say

S = QuoteState
TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
LINE = QuoteLine("NZ-20", 1000, Decimal("2.60"), moq=500)
EMPTY = QuoteContent("USD", "FOB", "Ningbo")
WHOLE = replace(
    EMPTY,
    lines=(LINE,),
    payment="30% T/T deposit, 70% T/T against copy of B/L",
    lead_time="30 days",
    lead_from="deposit",
    valid_until=date(2026, 4, 3),
    bank="Account no.: 1",
)


# -- the machine -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *[(S.DRAFT, one) for one in (S.NEEDS_APPROVAL, S.READY)],
        *[(S.NEEDS_APPROVAL, one) for one in (S.READY, S.DRAFT)],
        *[(S.READY, one) for one in (S.SENT, S.DRAFT)],
        *[(S.SENT, one) for one in (S.FOLLOW_UP, S.NEGOTIATING, S.SUPERSEDED, S.EXPIRED, S.WITHDRAWN, S.READY)],
        *[(S.FOLLOW_UP, one) for one in (S.FOLLOW_UP, S.NEGOTIATING, S.ACCEPTED, S.DECLINED, S.EXPIRED, S.READY)],
        *[(S.NEGOTIATING, one) for one in (S.SUPERSEDED, S.ACCEPTED, S.DECLINED, S.EXPIRED)],
        *[(S.EXPIRED, one) for one in (S.RE_CHECK, S.DECLINED, S.SUPERSEDED, S.NEGOTIATING)],
        *[(S.RE_CHECK, one) for one in (S.SUPERSEDED, S.DECLINED, S.NEGOTIATING)],
    ],
)
def test_the_steps_of_the_drawing(before: QuoteState, after: QuoteState) -> None:
    QUOTE_MACHINE.check(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *[(S.DRAFT, one) for one in (S.ACCEPTED, S.WITHDRAWN, S.EXPIRED, S.NEGOTIATING)],
        *[(S.READY, one) for one in (S.WITHDRAWN, S.ACCEPTED)],
        *[(S.EXPIRED, one) for one in (S.ACCEPTED, S.SENT, S.WITHDRAWN)],
        *[(S.RE_CHECK, one) for one in (S.ACCEPTED, S.SENT)],
        *[(S.SUPERSEDED, one) for one in S],
        *[(S.WITHDRAWN, one) for one in S],
        *[(S.SENT, one) for one in (S.DRAFT, S.NEEDS_APPROVAL)],
        (S.NEGOTIATING, S.READY),
    ],
)
def test_other_steps_are_refused(before: QuoteState, after: QuoteState) -> None:
    with pytest.raises(RefusedByRule):
        QUOTE_MACHINE.check(before, after)


def test_a_version_is_written_live_or_over() -> None:
    assert not EDITABLE & LIVE
    assert OPEN < LIVE
    assert set(S) - EDITABLE - LIVE == {S.SUPERSEDED, S.DECLINED, S.WITHDRAWN}
    assert quote_state("RE-CHECK") is S.RE_CHECK
    with pytest.raises(UsageError):
        quote_state("done")


# -- what a person types -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "seen"),
    [
        ({"incoterm": "C&F Lagos"}, {"incoterm": "CFR", "place": "Lagos"}),
        ({"premium": "3‰"}, {"premium": Decimal("0.003")}),
        ({"discount": "2%", "commission": "5%"}, {"discount": Decimal("0.02"), "commission": Decimal("0.05")}),
        ({"freight": "0.20"}, {"freight": Decimal("0.20")}),
        ({"freight": ""}, {"freight": None}),
        ({"lead_time": "30 days after deposit"}, {"lead_time": "30 days", "lead_from": "deposit"}),
        ({"lead_time": "收到定金后30天"}, {"lead_time": "30天", "lead_from": "定金"}),
        ({"valid_until": "+30d"}, {"valid_until": date(2026, 4, 3)}),
        ({"valid_until": "2026-12-31"}, {"valid_until": date(2026, 12, 31)}),
        ({"excluded": "duties; unloading"}, {"excluded": ("duties", "unloading")}),
        ({"currency": "eur"}, {"currency": "EUR"}),
        ({"payment": "soon"}, None),
    ],
)
def test_terms_are_read(terms: dict[str, str], seen: dict[str, object] | None) -> None:
    if seen is None:
        with pytest.raises(UsageError):
            changed(EMPTY, terms, TODAY)
        return
    content = changed(EMPTY, terms, TODAY)
    assert {name: getattr(content, name) for name in seen} == seen


def test_a_line_of_a_known_article_is_changed_and_a_new_one_comes_behind() -> None:
    first = with_lines(EMPTY, parse_lines("NZ-20,1000,2.60,moq=500,colour=RAL 9005\nXY-9,10,5"))
    then = with_lines(first, parse_lines("nz-20,price=2.76"))
    assert [(line.sku, line.quantity, line.price) for line in then.lines] == [
        ("nz-20", 1000, Decimal("2.76")),
        ("XY-9", 10, Decimal(5)),
    ]
    assert (then.lines[0].moq, then.lines[0].colour) == (500, "RAL 9005")
    assert [line.sku for line in without_line(then, "1").lines] == ["XY-9"]
    with pytest.raises(UsageError, match="no line 3"):
        without_line(then, "3")


def test_a_file_of_lines_names_its_columns() -> None:
    (line,) = with_lines(EMPTY, parse_lines('SKU,Price,Qty,MOQ\nNZ-20,2.60,"1,000",500\n')).lines
    assert line == replace(LINE, unit="")  # the product tells it, or else it is pieces


@pytest.mark.parametrize(
    "text",
    [
        "NZ-20",
        "NZ-20,1000,cheap",
        "NZ-20,0,2.60",
        "NZ-20,1.5,2.60",
        ",1000,2.60",
        "NZ-20,1,2,blue",
        "NZ-20,1,2,smell=nice",
    ],
)
def test_what_is_no_line_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_lines(EMPTY, parse_lines(text))
    assert refused.value.hint


# -- content -----------------------------------------------------------------------------------------------------------


@given(
    price=st.decimals(0, 10_000, places=4),
    quantity=st.integers(1, 10**6),
    text=st.text(max_size=20),
    freight=st.none() | st.decimals(0, 100, places=3),
)
def test_content_comes_back_from_json_and_any_change_makes_another_hash(
    price: Decimal, quantity: int, text: str, freight: Decimal | None
) -> None:
    content = replace(WHOLE, remarks=text, freight=freight, lines=(QuoteLine("A", quantity, price, description=text),))
    assert QuoteContent.from_json(content.to_json()) == content
    assert content.content_hash() == QuoteContent.from_json(content.to_json()).content_hash()
    for other in (
        replace(content, remarks=text + "."),
        content.with_line(0, replace(content.lines[0], price=price + 1)),
    ):
        assert other.content_hash() != content.content_hash()


def test_the_total_is_the_sum_less_the_discount_and_fees_stand_apart() -> None:
    content = changed(replace(WHOLE, discount=Decimal("0.02")), {"tooling": "500; back after 10,000 pcs"}, TODAY)
    assert str(total_of(content)) == "USD 2,548.00"
    assert (content.fees[0].amount, content.fees[0].refund) == (Decimal(500), "back after 10,000 pcs")


def test_free_goods_count_as_discount() -> None:
    """1,000 paid and 20 free at 2.60: what comes in is 2.60 · 1000 / 1020 apiece, which no longer is 2.55."""
    floor = Money(Decimal("2.55"), "USD")
    verdict = verdict_of(WHOLE, replace(LINE, free=20), floor)
    assert (str(verdict.net), verdict.allowed, str(verdict.least)) == ("USD 2.5490", False, "USD 2.61")


# -- checks --------------------------------------------------------------------------------------------------------------


def _facts(content: QuoteContent = WHOLE, **more: object) -> QuoteFacts:
    verdict = verdict_of(content, content.lines[0], Money(Decimal("2.55"), "USD")) if content.lines else None
    known = {
        "lines": (LineFacts(verdict, (), "v6", SheetFacts("g1", official=True, currency="USD")),)
        if content.lines
        else (),
        "unanswered": (),
        "incoterms": frozenset({"FOB", "CIF"}),
        "registered_bank": "Account no.: 1",
    }
    return QuoteFacts("q1", content, TODAY, **{**known, **more})  # type: ignore[arg-type]


SHEETS = {
    "self-made": SheetFacts("g1", official=False, currency="USD"),
    "no rate": SheetFacts("g1", official=True, currency="CNY"),
    "fresh": SheetFacts("g1", official=True, currency="CNY", rate_date=TODAY, rate_age=3),
    "old": SheetFacts("g1", official=True, currency="CNY", rate_date=TODAY, rate_age=4),
}


@pytest.mark.parametrize(
    ("facts", "numbers", "state"),
    [
        (_facts(), [], S.READY),
        (_facts(unanswered=None), [1], S.DRAFT),
        (_facts(unanswered=(say("use"), say("region"))), [1, 1], S.DRAFT),
        (_facts(replace(WHOLE, lines=(replace(LINE, price=Decimal("2.54")),))), [2], S.NEEDS_APPROVAL),
        (_facts(payment_problem=say("too long")), [5], S.NEEDS_APPROVAL),
        (_facts(incoterms=frozenset({"FCA"})), [5], S.NEEDS_APPROVAL),
        (_facts(replace(WHOLE, payment="")), [5], S.DRAFT),
        (_facts(replace(WHOLE, valid_until=None)), [7], S.DRAFT),
        (_facts(replace(WHOLE, valid_until=TODAY)), [], S.READY),
        (_facts(replace(WHOLE, valid_until=TODAY - timedelta(days=1))), [7], S.DRAFT),
        (_facts(replace(WHOLE, lead_from="")), [8], S.DRAFT),
        (_facts(replace(WHOLE, lines=(replace(LINE, moq=None),))), [8], S.DRAFT),
        (_facts(replace(WHOLE, bank="Account no.: 1 ")), [9], S.DRAFT),
        (_facts(registered_bank=""), [9], S.DRAFT),
        (_facts(replace(WHOLE, remarks="as for Nordwind"), others=(KnownName("Nordwind GmbH"),)), [10], S.DRAFT),
        (_facts(replace(WHOLE, remarks="by V6-2026"), list_ids=("V6-2026",)), [10], S.DRAFT),
        (_facts(replace(WHOLE, remarks="V6-20267"), list_ids=("V6-2026",)), [], S.READY),
    ],
)
def test_each_check_by_itself(facts: QuoteFacts, numbers: list[int], state: QuoteState) -> None:
    findings = run_checks(facts)
    assert [finding.number for finding in findings] == numbers
    assert state_after(findings) is state
    assert all(str(finding.fix) and str(finding.rule) for finding in findings)


@pytest.mark.parametrize(("sheet", "numbers"), [("self-made", [3]), ("no rate", [6]), ("fresh", []), ("old", [6])])
def test_cost_sheets_and_their_rates(sheet: str, numbers: list[int]) -> None:
    known = _facts()
    line = replace(known.lines[0], sheet=SHEETS[sheet])
    assert [finding.number for finding in run_checks(replace(known, lines=(line,)))] == numbers


CIF = replace(WHOLE, incoterm="CIF", place="Hamburg", freight=Decimal("0.01"), premium=Decimal("0.001"))
VALID, OVER = date(2026, 3, 4), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("kept", "inspection", "state"),
    [
        ((), False, S.DRAFT),
        ((("freight", VALID),), False, S.DRAFT),
        ((("freight", VALID), ("insurance", None)), False, S.READY),
        ((("freight", OVER), ("insurance", None)), False, S.NEEDS_APPROVAL),
        ((("freight", OVER), ("freight", VALID), ("insurance", None)), False, S.READY),
        ((("freight", VALID), ("insurance", None)), True, S.DRAFT),
        ((("freight", VALID), ("insurance", None), ("inspection", VALID)), True, S.READY),
    ],
)
def test_a_confirmation_that_is_missing_refuses_and_one_that_expired_is_for_a_manager(
    kept: tuple[tuple[str, date | None], ...], inspection: bool, state: QuoteState
) -> None:
    confirmations = tuple(Confirmation(kind, "kf1", expires) for kind, expires in kept)
    facts = _facts(CIF, confirmations=confirmations)
    facts = replace(facts, lines=(replace(facts.lines[0], inspection=inspection),))
    assert state_after(run_checks(facts)) is state


def test_fob_needs_no_confirmation() -> None:
    assert needed(_facts()) == ()


# -- approval ------------------------------------------------------------------------------------------------------------


def test_groupage_charges_its_minimum_once_for_all_lines_of_a_quote() -> None:
    line = replace(
        LINE, quantity=12, pcs_per_carton=12, cbm=Decimal("0.06")
    )  # two such lines, and one with its own freight
    content = replace(WHOLE, lines=(line, line, replace(line, freight=Decimal("0.11"))))
    content = replace(content, carriage=Carriage(Money(Decimal(60), "USD"), minimum=Decimal(1)))
    found = [freight_of(content, one) for one in content.lines]
    assert [one and one.per_unit * 12 for one in found] == [30, 30, None]


def test_lines_are_read_out_of_a_table_by_the_headings_of_a_price_list() -> None:
    head = ("No.", "货号", "品名", "Qty (pcs)", "FOB USD", "起订量", "颜色", "海关编码")
    row = (Decimal(1), "NZ-20", "Nozzle, brass", Decimal(1000), Decimal("2.60"), Decimal(500), "brass", "8424.20")
    table = (("Offer for Acme",), head, row, (None, None, "Total", Decimal(1000)))
    text = lines_in("offer.xlsx", [Sheet("", table)])
    (line,) = with_lines(EMPTY, parse_lines(text)).lines
    assert (line.sku, line.quantity, line.price, line.description) == ("NZ-20", 1000, Decimal("2.60"), "Nozzle, brass")
    assert (line.moq, line.colour, line.hs) == (500, "brass", "8424.20")
    with pytest.raises(UsageError, match="NZ-20 is priced in USD, the quote is in EUR"):
        with_lines(replace(EMPTY, currency="EUR"), parse_lines(text))
    for more, told in ((row, "stands in row 3 and again in row 5"), ((None, None, *row[2:]), "Row 5 has")):
        with pytest.raises(UsageError, match=told):
            lines_in("offer.xlsx", [Sheet("", (*table, more))])
    with pytest.raises(UsageError, match="FOB USD and Unit price"):
        lines_in("offer.xlsx", [Sheet("", (("SKU", "FOB USD", "Unit price"), ("A", Decimal(1), Decimal(2))))])


def test_an_approval_is_of_one_content_and_of_some_days() -> None:
    approval = Approval("abc", "mei", NOW)
    assert approval.holds("abc", NOW)
    assert approval.holds("abc", NOW + timedelta(days=7) - timedelta(seconds=1))
    assert not approval.holds("abc", NOW + timedelta(days=7))
    assert not approval.holds("abd", NOW)


@pytest.mark.parametrize(
    ("actor", "managers", "own", "refused"),
    [
        ("mei", ("mei",), False, ""),
        ("wei", ("mei",), False, "Only a manager"),
        ("wei", ("wei", "mei"), False, "your own"),
        ("wei", ("wei", "mei"), True, ""),
        ("wei", (), False, "your own"),
        ("wei", (), True, ""),
    ],
)
def test_who_may_approve_what_wei_wrote(actor: str, managers: tuple[str, ...], own: bool, refused: str) -> None:
    if refused:
        with pytest.raises(RefusedByRule, match=refused):
            check_approver(actor, "wei", managers, own=own, quote="q1")
    else:
        check_approver(actor, "wei", managers, own=own, quote="q1")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("Approved.", True),
        ("ok, go ahead", True),
        ("同意", True),
        ("Not approved: too low", False),
        ("I don't agree, not ok", False),
        ("不同意", False),
        ("Rejected", False),
        ("Let us talk tomorrow", None),
        ("", None),
    ],
)
def test_a_managers_answer(answer: str, verdict: bool | None) -> None:
    assert read_verdict(answer) is verdict


# -- time --------------------------------------------------------------------------------------------------------------


def test_a_day_ends_in_the_zone_that_is_printed() -> None:
    assert ends_at(date(2026, 3, 20), "Asia/Shanghai") == datetime(2026, 3, 20, 16, tzinfo=UTC)
    assert ends_at(date(2026, 3, 28), "Europe/Berlin") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert ends_at(date(2026, 3, 29), "Europe/Berlin") == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "seen"),
    [
        (
            date(2026, 4, 3),
            ["03-09 quote_followup_1", "03-13 quote_followup_2", "03-20 quote_followup_3", "03-31 quote_expiring"],
        ),
        (date(2026, 3, 18), ["03-09 quote_followup_1", "03-13 quote_followup_2", "03-15 quote_expiring"]),
        (date(2026, 3, 10), ["03-07 quote_expiring"]),
        (date(2026, 3, 5), []),
    ],
)
def test_follow_ups_by_working_days_and_the_reminder_takes_the_place_of_the_later_ones(
    until: date, seen: list[str]
) -> None:
    schedule = Schedule((3, 7, 12), Office("Asia/Shanghai"))
    steps = follow_ups(NOW, schedule, until, "Asia/Shanghai", remind_days=3)
    assert [f"{step.due:%m-%d} {step.template}" for step in steps] == seen
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


# -- words ---------------------------------------------------------------------------------------------------------------


def test_words() -> None:
    assert quote_numbers("Re: quo-2026-0007/v2 and QUO-2026-12345") == {"QUO-2026-0007", "QUO-2026-12345"}
    assert asks_for_price("RFQ 118: nozzles")
    assert asks_for_price("请报价")
    assert not asks_for_price("How are you?")
    for name in ("PO 8812.pdf", "Purchase_Order-7.pdf", "po8812.pdf", "订单0012.xlsx", "Bestellung 4.pdf"):
        assert names_order(name), name
    for name in ("polo.jpg", "report.pdf", "photo.jpg", "depot.pdf"):
        assert not names_order(name), name
