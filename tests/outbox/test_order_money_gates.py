"""The money of an order follows what is due now: no road around the terms that were agreed, none around a credit that is too small."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outbox.quoting import SKU, Desk

from mailcrm.domain.errors import RefusedByRule
from mailcrm.queries.rows import OrderRow

STAMP = "Authentication-Results: mx.ningbo.example; dkim=pass header.d=ningbo.example; dmarc=pass"
HOP = "Received: from there by mx.ningbo.example with ESMTPS; Wed, 04 Mar 2026 09:00:00 +0000"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk of a team."""
    desk.team()
    return desk


def _states(desk: Desk, order: OrderRow) -> dict[str, str]:
    return {one.name: one.state for one in desk.core.ask("order", id=order.id).milestones}


def _do(desk: Desk, verb: str, order: OrderRow, **more: str) -> None:
    desk.core.do(verb, id=order.id, **more)


def _to_production(desk: Desk, order: OrderRow) -> None:
    file = desk.place / "signed.pdf"
    file.write_bytes(b"%PDF-1.4 signed")
    for step in ("legal_review", "pi_sent", "pi_signed"):
        _do(desk, "advance_order", order, to=step)
    _do(desk, "money_credited", order, part="deposit", reference="R1")
    _do(desk, "confirm_order", order, parts="all", file=str(file))
    _do(desk, "advance_order", order, to="production")


@pytest.mark.parametrize("terms", ["O/A 90 days", "D/P at sight", "5% T/T deposit, 95% against copy of B/L"])
def test_terms_that_only_a_manager_allows_are_a_managers_in_an_order_too(desk: Desk, terms: str) -> None:
    order = desk.ordered(desk.sent())
    with pytest.raises(RefusedByRule, match="mei"):
        _do(desk, "edit_order", order, terms=terms)
    assert desk.core.ask("order", id=order.id).content["terms"].startswith("30% T/T deposit")
    with pytest.raises(RefusedByRule, match="mei"):
        desk.ordered(desk.asked("Again"), terms=terms)
    desk.as_("mei")
    _do(desk, "edit_order", order, terms=terms)
    desk.as_("wei")
    _do(desk, "edit_order", order, po="PO 7")  # what a manager wrote doesn't stand in the way of other changes


def test_a_deposit_below_the_agreed_share_is_a_managers(desk: Desk) -> None:
    order = desk.ordered(desk.sent())
    with pytest.raises(RefusedByRule, match="less than the terms ask: USD 780"):
        _do(desk, "edit_order", order, deposit="USD 1")
    _do(desk, "edit_order", order, deposit="USD 800")
    desk.as_("mei")
    _do(desk, "edit_order", order, deposit="USD 500")


def test_more_goods_shut_the_gate_until_the_rest_of_the_deposit_has_come(desk: Desk) -> None:
    order = desk.ordered(desk.sent())
    _do(desk, "money_credited", order, part="deposit", reference="R1")
    assert _states(desk, order)["deposit_credited"] == "done"
    _do(desk, "edit_order", order, lines=f"{SKU}; Spray nozzle; 2000 pcs; 2.60")
    assert _states(desk, order)["deposit_credited"] == "open"
    with pytest.raises(RefusedByRule, match="deposit credited"):
        _do(desk, "advance_order", order, to="production", skip="They are in a hurry.")
    _do(desk, "money_credited", order, part="deposit", reference="R2", amount="USD 780")
    assert _states(desk, order)["deposit_credited"] == "done"


def test_what_came_is_all_of_it_once_less_is_due(desk: Desk) -> None:
    order = desk.ordered(desk.sent())
    _do(desk, "money_credited", order, part="deposit", reference="R1", amount="USD 500")
    assert _states(desk, order)["deposit_credited"] == "open"
    desk.as_("mei")
    _do(desk, "edit_order", order, deposit="USD 500")
    assert _states(desk, order)["deposit_credited"] == "done"


def test_a_change_that_the_customer_pays_is_paid_before_the_release(desk: Desk) -> None:
    order = desk.ordered(desk.sent())
    _to_production(desk, order)
    for step in ("produced", "inspection", "booking", "customs", "on_board", "bl_copy"):
        _do(desk, "advance_order", order, to=step)
    _do(desk, "money_credited", order, part="balance", reference="R2")
    told = {"touches": "packing", "cost": "USD 500", "cause": "new box", "bears": "customer", "decision": "accepted"}
    desk.as_("mei")
    _do(desk, "change_order", order, what="gift boxes", by="mei", **told)
    assert _states(desk, order)["balance_credited"] == "open"
    with pytest.raises(RefusedByRule, match="balance credited"):
        _do(desk, "release_order", order, how="telex", approved_by="mei")
    _do(desk, "money_credited", order, part="balance", reference="R3")
    _do(desk, "release_order", order, how="telex", approved_by="mei")


def test_paid_in_advance_a_late_change_is_claimed_with_its_cause_before_the_release(desk: Desk) -> None:
    order = desk.ordered(desk.sent(payment="100% T/T in advance"))
    assert "balance_credited" not in _states(desk, order)
    _to_production(desk, order)
    told = {"touches": "packing", "cost": "USD 500", "cause": "new box", "bears": "customer", "decision": "accepted"}
    desk.as_("mei")
    _do(desk, "change_order", order, what="gift boxes", by="mei", **told)
    _do(desk, "edit_order", order, terms="100% T/T in advance")  # shared out anew: what a change costs stays
    row = desk.core.ask("order", id=order.id)
    assert (row.total["amount"], row.payable["amount"]) == ("2600.00", "3100.00")
    assert (row.deposit.state, row.balance.open_["amount"]) == ("credited", "500.00")
    assert [(one["what"], one["cause"], one["amount"]["amount"]) for one in row.content["extras"]] == [
        ("gift boxes", "new box", "500.00")
    ]
    body = " ".join(desk.core.do("write_order", id=order.id, step="balance_credited").row.body.split())
    assert "Balance: USD 500.00" in body
    assert "USD 500.00: gift boxes (new box)" in body
    desk.core.do("render_order", id=order.id)
    page = desk.paper(desk.core.ask("order", id=order.id).papers[-1].id).decode()
    for words in ("gift boxes (new box)", "3,100.00"):
        assert words in page
    for step in ("produced", "inspection", "booking", "customs", "on_board", "bl_copy"):
        _do(desk, "advance_order", order, to=step)
    with pytest.raises(RefusedByRule, match="balance credited"):
        _do(desk, "release_order", order, how="telex")
    _do(desk, "money_credited", order, part="balance", reference="R2")
    _do(desk, "release_order", order, how="telex")


def test_a_managers_word_is_her_own_or_stands_in_her_mail(desk: Desk) -> None:
    desk.own_server("mx.ningbo.example")
    order = desk.ordered(desk.sent())
    _to_production(desk, order)
    told = {"cost": "0", "cause": "new box", "bears": "us", "decision": "accepted", "by": "Mei"}
    with pytest.raises(RefusedByRule, match="Nothing shows that mei said so"):
        _do(desk, "change_order", order, what="gift boxes", **told)
    with pytest.raises(RefusedByRule, match="Nothing shows that mei said so"):
        _do(desk, "worksheet_acknowledge", order, department="生产部", by="mei")
    for step in ("produced", "inspection", "booking", "customs", "on_board", "bl_copy"):
        _do(desk, "advance_order", order, to=step)
    _do(desk, "money_credited", order, part="balance", reference="R2")
    yes, change, no = (
        f"Approved, telex release of {order.number}.",
        f"Approved, the gift boxes of {order.number}.",
        f"Not yet, no telex release of {order.number}.",
    )
    for text, stamp in ((yes, False), (change, True), (no, True)):
        with pytest.raises(RefusedByRule, match="Nothing shows that mei said so"):
            _do(desk, "release_order", order, how="telex", approved_by="mei", mail=_from_mei(desk, text, stamp=stamp))
    _do(desk, "change_order", order, what="gift boxes", mail=_from_mei(desk, change), **told)
    _do(desk, "release_order", order, how="telex", approved_by="mei", mail=_from_mei(desk, yes))
    assert desk.core.ask("order", id=order.id).content["released_by"] == "mei"


def _from_mei(desk: Desk, text: str, *, stamp: bool = True) -> str:
    """Have the manager write; return the mail."""
    headers = [STAMP, HOP] if stamp else []
    subject = f"{text} {stamp} {desk.now}"
    thread = desk.asked(subject, sender="Mei <mei@ningbo.example>", body=text, headers=headers)
    desk.post.room.clock.at += timedelta(minutes=1)
    return str(desk.core.ask("thread", id=thread).messages[0].id)


def test_an_acceptance_is_not_taken_back_from_under_its_order(desk: Desk) -> None:
    quote = desk.sent()
    accepted = desk.core.do("accept_quote", id=quote, text="Yes, on the phone.")
    order = desk.ordered(quote)
    with pytest.raises(RefusedByRule, match=order.number):
        desk.core.do("undo", id=accepted.action)
    assert desk.quote(quote).state == "accepted"
    _do(desk, "cancel_order", order, reason="They changed their mind.")
    desk.core.do("undo", id=accepted.action)
    assert desk.quote(quote).state == "sent"
