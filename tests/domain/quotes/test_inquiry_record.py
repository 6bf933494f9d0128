"""Inquiries: the customer checklist, what is still to be asked, items as people type them."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.inquiry import (
    CHECKLIST,
    Answer,
    Feasibility,
    Inquiry,
    InquiryItem,
    ask_variables,
    open_questions,
    open_sentence,
    with_answer,
    with_asked,
    with_refused,
)
from mailcrm.domain.quotes.inquiry_words import FIELDS, checked_channel, parse_item, with_fields, without_items
from mailcrm.domain.trade.money import Money

MON, TUE = date(2026, 3, 2), date(2026, 3, 3)
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def step(inquiry: Inquiry, what: str, day: date) -> Inquiry:
    """Do one thing with the question `region`."""
    if what == "asked":
        return with_asked(inquiry, ["region"], day)
    if what == "refused":
        return with_refused(inquiry, ["region"], day)
    return with_answer(inquiry, "region", "EU" if what == "answered" else "", day)


@pytest.mark.parametrize(
    ("steps", "state", "on"),
    [
        ([], None, None),
        (["asked"], "asked", MON),
        (["asked", "asked"], "asked", TUE),
        (["asked", "answered"], "answered", TUE),
        (["asked", "refused"], "refused", TUE),
        (["answered", "asked"], "answered", MON),
        (["refused", "asked"], "refused", MON),
        (["refused", "answered"], "answered", TUE),
        (["answered", "taken away"], None, None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_becomes_of_a_question(steps: list[str], state: str | None, on: date | None) -> None:
    inquiry = Inquiry()
    for what, day in zip(steps, (MON, TUE), strict=False):
        inquiry = step(inquiry, what, day)
    found = inquiry.checklist.get("region")
    assert (found.state if found else None, found.on if found else None) == (state, on)
    assert (CHECKLIST["region"] in open_questions(inquiry)) == (state is None)


def test_what_nobody_asked_is_told_in_one_sentence_in_the_order_of_the_list() -> None:
    inquiry = with_asked(with_answer(Inquiry(), "use", "drinking water", MON), ["quality", "end-customer"], MON)
    assert (
        str(open_sentence(inquiry)) == "Not asked yet: how much a year, where it is sold and used, the specification."
    )
    inquiry = with_refused(inquiry, ["Yearly volume", "region", "specification"], MON)
    assert (open_sentence(inquiry), open_questions(inquiry)) == (None, ())


def test_the_template_is_told_the_same_and_what_a_price_needs_besides() -> None:
    assert ask_variables(Inquiry()) == {
        "missing": "end_customer, yearly_volume, region, use, specification, quality, quantity, terms"
    }
    known = with_fields(Inquiry((parse_item("Valve; quantity=500"),)), {"incoterm": "FOB Ningbo"})
    assert ask_variables(with_asked(known, list(CHECKLIST)[1:], MON)) == {"missing": "end_customer"}
    assert ask_variables(with_asked(known, CHECKLIST, MON)) == {}


@pytest.mark.parametrize("language", ["en", "zh", "es", "de", "fr", "pt", "ru"])
def test_the_template_has_a_question_for_each_of_them(language: str) -> None:
    text = (TEMPLATES / language / "inquiry_ask.txt.j2").read_text("utf-8")
    asked = ask_variables(Inquiry())["missing"].split(", ")
    assert [topic for topic in asked if f'"{topic}": "' not in text] == []


@pytest.mark.parametrize("topic", ["", "price", "end customer?"])
def test_there_are_no_other_questions(topic: str) -> None:
    for change in (with_asked, with_refused):
        with pytest.raises(UsageError, match="no question of the checklist"):
            change(Inquiry(), [topic], MON)
    with pytest.raises(UsageError):
        with_answer(Inquiry(), topic, "x", MON)


# -- as people type it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "item"),
    [
        ("Ball valve DN50", InquiryItem("Ball valve DN50")),
        (
            "Ball valve DN50; sku=VB-50; no=AV-4711; quantity=500 pcs; yearly=6,000; target=USD 2.40",
            InquiryItem("Ball valve DN50", "VB-50", "AV-4711", Decimal(500), "pcs", Decimal(6000), Money(Decimal("2.40"), "USD")),
        ),
        ("sku=VB-50；qty=0.5 t", InquiryItem("", "VB-50", quantity=Decimal("0.5"), unit="t")),
        ("球阀 DN50\nquantity=500套", InquiryItem("球阀 DN50", quantity=Decimal(500), unit="套")),
        ("text=Valve, 1=2; unit=set; quantity=5", InquiryItem("Valve, 1=2", quantity=Decimal(5), unit="set")),
    ],
)  # fmt: skip
def test_an_item_is_read_as_it_is_typed(typed: str, item: InquiryItem) -> None:
    assert parse_item(typed) == item


@pytest.mark.parametrize(
    "typed", ["", " ; ", "quantity=500", "Valve; colour=red", "Valve; quantity=many", "Valve; quantity=0", "Valve; target=2.40"]
)  # fmt: skip
def test_an_item_that_can_not_be_read_is_refused_with_the_mend(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_item(typed)
    assert caught.value.hint is not None


def test_fields_are_set_and_taken_away_by_their_names() -> None:
    told = {
        "incoterm": "c&f  Hamburg", "wanted_by": "end of May", "certificates": "CE", "packing": "neutral", "note": "via Ana",
        "feasibility_asked": "Mr Chen", "feasibility_due": "2026-03-05", "feasibility": "yes", "lost_reason": "too dear",
    }  # fmt: skip
    assert set(told) == set(FIELDS)
    inquiry = with_fields(Inquiry(), told)
    assert (inquiry.incoterm, inquiry.wanted_by, inquiry.packing) == ("CFR Hamburg", "end of May", "neutral")
    assert inquiry.feasibility == Feasibility("Mr Chen", date(2026, 3, 5), "yes")
    assert with_fields(inquiry, dict.fromkeys(told, "")) == Inquiry()


@pytest.mark.parametrize(("field", "value"), [("incoterm", "XYZ Ningbo"), ("feasibility_due", "soon"), ("price", "2")])
def test_what_can_be_no_field_is_refused(field: str, value: str) -> None:
    with pytest.raises(UsageError):
        with_fields(Inquiry(), {field: value})


def test_items_go_by_the_numbers_that_are_shown() -> None:
    inquiry = Inquiry(tuple(map(parse_item, "ABC")))
    assert [item.text for item in without_items(inquiry, (1, 3)).items] == ["B"]
    for wrong in (0, 4, -1):
        with pytest.raises(UsageError):
            without_items(inquiry, (wrong,))


def test_channels_are_known() -> None:
    assert checked_channel("wechat") == "wechat"
    with pytest.raises(UsageError):
        checked_channel("pigeon")


# -- kept -------------------------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=12)
AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=2)
MONEY = st.builds(Money, AMOUNTS, st.sampled_from(["USD", "EUR", "CNY"]))
ITEMS = st.builds(InquiryItem, TEXTS, TEXTS, TEXTS, st.none() | AMOUNTS, TEXTS, st.none() | AMOUNTS, st.none() | MONEY)
ANSWERS = st.builds(Answer, st.sampled_from(["answered", "asked", "refused"]), st.dates(), TEXTS)
INQUIRIES = st.builds(
    Inquiry,
    items=st.lists(ITEMS, max_size=3).map(tuple),
    incoterm=TEXTS,
    note=TEXTS,
    checklist=st.dictionaries(st.sampled_from(list(CHECKLIST)), ANSWERS),
    feasibility=st.builds(Feasibility, TEXTS, st.none() | st.dates(), TEXTS),
    lost_reason=TEXTS,
)


@given(INQUIRIES)
def test_an_inquiry_is_read_back_as_it_was_written(inquiry: Inquiry) -> None:
    again = Inquiry.from_json(inquiry.to_json())
    assert again == inquiry
    assert again.content_hash() == inquiry.content_hash()


@given(INQUIRIES, st.permutations(list(CHECKLIST)))
def test_the_order_of_asking_makes_no_difference(inquiry: Inquiry, topics: list[str]) -> None:
    one = with_asked(inquiry, topics, TUE)
    for topic in itertools.chain(topics[3:], topics[:3]):
        inquiry = with_asked(inquiry, [topic], TUE)
    assert inquiry.content_hash() == one.content_hash()
    assert open_questions(inquiry) == ()
