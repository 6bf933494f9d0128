"""Threads and companies that are made one or taken apart: samples, quotes, orders and suggestions go with their mails and people, and come back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ingest.mailroom import letter
from service.samplehouse import DELIVERED, MONDAY, SampleHouse

_H = timedelta(hours=1)
LINE = "BV-50; Ball valve DN50; 500 pcs; 2.55; 球阀 DN50"


@pytest.fixture
def deals(house: SampleHouse) -> SampleHouse:
    """On one mail of Jan's hang a sample that was delivered (its draft stands ready), a quote, an order, an inquiry and a suggestion."""
    house.asked()
    house.arrives(
        letter("Bo <bo@other.example>", "Other", "Hello", date=MONDAY, message_id="other@other.example"), MONDAY
    )
    house.on_its_way()
    house.at(DELIVERED)
    house.do("delivered_sample")
    house.core.do("new_inquiry", thread="t1")
    house.core.do("new_quote", thread="t1", lines="NZ-20,500,2.60", incoterm="FOB Ningbo")
    house.core.do("new_order", about="t1", lines=LINE, terms="30% T/T deposit, 70% against copy of B/L")
    return house


def where(house: SampleHouse) -> dict[str, Any]:
    """Return on which thread each stands, and at which company."""
    found = {name: house.core.ask(name, id=item) for name, item in (("sample", "s1"), ("quote", "q1"), ("order", "d1"), ("inquiry", "i1"))}  # fmt: skip
    threads = {name: row.thread_id for name, row in found.items()}
    companies = {f"{name} of": row.company for name, row in found.items() if name != "inquiry"}
    drafts = {f"{row.id}": row.thread_id for row in house.drafts()}
    return {**threads, **companies, "inquiry of": found["inquiry"].company_id, **drafts}


def test_threads_made_one_take_them_along_and_undo_brings_them_back(deals: SampleHouse) -> None:
    before = where(deals)
    assert {before[name] for name in ("sample", "quote", "order", "inquiry")} == {"t1"}
    assert [thread for name, thread in before.items() if name.startswith("x")] == ["t1"]
    done = deals.core.do("merge", thread="t2", other="t1")
    now = where(deals)
    assert {thread for name, thread in now.items() if " of" not in name} == {"t2"}
    assert now["sample of"] == before["sample of"]
    deals.core.do("undo", id=done.action)
    assert where(deals) == before


def test_a_mail_that_begins_another_thread_takes_along_what_hangs_on_it(deals: SampleHouse) -> None:
    deals.core.do("merge", thread="t2", other="t1")
    before = where(deals)
    asked = deals.row().message_id
    assert asked is not None
    done = deals.core.do("split", message=asked)
    new = done.row.id
    assert new != "t2"
    now = where(deals)
    assert {thread for name, thread in now.items() if " of" not in name} == {new}
    deals.core.do("undo", id=done.action)
    assert where(deals) == before


def test_companies_made_one_keep_them_and_undo_gives_them_back(deals: SampleHouse) -> None:
    before = where(deals)
    firms = {row.name: row.id for row in deals.core.ask("companies")}
    ledger = deals.core.ask("sample_ledger")
    assert [(row.company, row.samples, row.orders) for row in ledger] == [("Acme", 1, 1)]
    done = deals.core.do("merge_company", company=firms["Other"], other=firms["Acme"])
    now = where(deals)
    assert {now[f"{name} of"] for name in ("sample", "quote", "order")} == {"Other"}
    assert now["inquiry of"] == firms["Other"]
    assert [(row.company, row.samples, row.orders) for row in deals.core.ask("sample_ledger")] == [("Other", 1, 1)]
    deals.core.do("undo", id=done.action)
    assert where(deals) == before
    assert deals.core.ask("sample_ledger") == ledger


def test_a_suggestion_stays_on_the_thread_of_its_mail(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    at = MONDAY + timedelta(days=5)
    house.writes("We have received the samples, thank you.", at)
    (row,) = house.proposals()
    house.arrives(letter("Bo <bo@other.example>", "Other", "Hello", date=at + _H), at + _H)
    house.core.do("merge", thread="t2", other="t1")
    (again,) = house.proposals()
    assert (again.id, again.thread_id) == (row.id, "t2")


def test_the_ledger_holds_what_samples_cost_against_the_orders_of_the_customer(deals: SampleHouse) -> None:
    (row,) = deals.core.ask("sample_ledger")
    assert [str(one) for one in row.ordered] == ["USD 1,275.00"]
    deals.core.do("new_order", about="t1", lines="BV-65; Valve; 100 pcs; 1.00", terms="T/T in advance", currency="EUR")
    (row,) = deals.core.ask("sample_ledger")
    assert (row.orders, [str(one) for one in row.ordered]) == (2, ["EUR 100.00", "USD 1,275.00"])
    deals.core.do("cancel_order", id="d1", reason="they changed their mind")
    (row,) = deals.core.ask("sample_ledger")
    assert (row.orders, [str(one) for one in row.ordered]) == (1, ["EUR 100.00"])
