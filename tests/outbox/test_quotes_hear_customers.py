"""Quotes listen to customers: what a supplier, a forwarder or a seller writes is no request for a price and no answer to one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from outbox.quoting import Desk

FORWARDER = "tom@fastfreight.example"


def _role(desk: Desk, role: str) -> None:
    """Let the forwarder's company be of this role, as a person said."""
    company = next(row for row in desk.core.ask("companies") if "fastfreight" in row.name.lower())
    desk.core.do("edit_company", id=company.id, role=role)


def _suggested(desk: Desk) -> list[str]:
    return [row.subject for row in desk.core.ask("worklist", view="all").rows if "begin_quote" in row.flags]


@pytest.mark.parametrize("role", ["forwarder", "supplier"])
def test_a_request_of_a_party_that_buys_nothing_suggests_no_quote(desk: Desk, role: str) -> None:
    desk.asked("Rates", FORWARDER, body="We have new rates to Hamburg.")
    _role(desk, role)
    desk.asked("Quotation wanted", FORWARDER, body="Could you quote your volume per month?")
    desk.asked("Nozzles", body="Could you quote 1,000 pcs?")
    assert "Nozzles" in _suggested(desk)
    assert "Quotation wanted" not in _suggested(desk)


def test_a_forwarder_on_the_thread_does_not_stop_the_follow_ups(desk: Desk) -> None:
    desk.asked("Rates", FORWARDER, body="We have new rates to Hamburg.")
    _role(desk, "forwarder")
    quote = desk.sent()
    desk.writes(desk.quote(quote).thread_id, "The freight is USD 2,800 a 40HQ.", sender=FORWARDER)
    assert desk.quote(quote).state == "sent"
    desk.writes(desk.quote(quote).thread_id, "Can you do 2.50?")
    assert desk.quote(quote).state == "negotiating"


@pytest.mark.parametrize("asked", ["your best price for 1,000 pcs", "your FOB prices", "a price list"])
def test_a_price_is_asked_for_beside_a_sample(desk: Desk, asked: str) -> None:
    desk.asked("Nozzle A3", body=f"Could you please send us a sample of the nozzle A3 and {asked}?")
    assert _suggested(desk) == ["Nozzle A3"]


def test_whose_weekend_it_is_their_company_says(desk: Desk) -> None:
    quote = desk.sent()
    company = next(row for row in desk.core.ask("companies") if row.name == desk.quote(quote).company)
    desk.core.do("edit_company", id=company.id, country="SA")  # works from Sunday to Thursday
    away = "I am out of the office until Thursday 12 March 2026."
    desk.writes(desk.quote(quote).thread_id, away, headers=["Auto-Submitted: auto-replied"])
    desk.passes(timedelta(days=6))
    assert desk.quote(quote).next_due == datetime(2026, 3, 15, 9, tzinfo=UTC)


def test_the_reason_of_a_follow_up_names_our_own_day(desk: Desk) -> None:
    desk.post.room.clock.at = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)  # the 5th, 07:30, in Shanghai
    quote = desk.sent()
    desk.passes(timedelta(days=8))
    step = desk.quote(quote).history[-1]
    assert (step.to, "2026-03-05" in str(step.reason)) == ("follow_up", True)
