"""Orders from the customer's order to the after-sales check, on both databases: every sentence of the specification carries a number.

Source: samples-and-quotes.md, "Order (light)"; trade.md, "Gates that save money", "Records" (order), and the payment terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from ingest.mailroom import NOW, Mailroom, letter
from ingest.ordering import (
    GOODS,
    JAN,
    TT,
    confirmed,
    do,
    in_production,
    made,
    on_board,
    order,
    paid,
    signed,
    valves_asked,
    worklist,
)
from sqlmodel import select

from mailcrm.core.facade import Core
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.records import Message


def wrote(room: Mailroom, text: str, subject: str = "Re: Valves", sender: str = JAN, at: int = 60) -> str:
    """Let a mail of the other side arrive on the thread; return its id."""
    room.arrives(letter(sender, subject, text, date=NOW - timedelta(minutes=at), references=["first@mail.example"]), at=NOW - timedelta(minutes=at))  # fmt: skip
    room.sync()
    with room.store.read() as session:
        return f"m{max(mail.id or 0 for mail in session.exec(select(Message)))}"


@pytest.fixture
def room(new_room: Callable[[], Mailroom]) -> Mailroom:
    """A room in which Jan has asked for valves."""
    return valves_asked(new_room())


# -- Order (light) --------------------------------------------------------------------------------------------------


def test_order_case_01_it_holds_numbers_lines_deposit_balance_latest_shipment_and_special_requirements(
    room: Mailroom,
) -> None:
    row = made(room, pi="PI-118", special="no wooden pallets")
    assert (row.id, row.number, row.state, row.stage, row.thread_id) == ("d1", "ORD-2026-0001", "new", "contract", "t1")
    assert (row.content["po_number"], row.content["pi_number"]) == ("PO 8812", "PI-118")
    assert row.total == {"amount": "1275.00", "currency": "USD"}
    assert row.deposit is not None
    assert row.balance is not None
    assert (row.deposit.amount["amount"], row.balance.amount["amount"]) == ("382.50", "892.50")
    assert (row.content["latest_shipment"], row.content["special"]) == ("2026-05-20", "no wooden pallets")
    assert row.content["lines"][0]["description_zh"] == "球阀 DN50"
    assert order(room, "ORD-2026-0001") == order(room)


def test_order_case_02_each_milestone_has_a_due_date_an_owner_and_a_templated_mail(room: Mailroom) -> None:
    room.core.do("add_person", name="xu", address="xu@ningbo.example")
    made(room)
    row = do(room, "edit_order", id="d1", due="inspection=2026-05-12", owners="inspection=xu")
    told = {one.name: one for one in row.milestones}
    assert len(told) == 22
    assert all(one.owner for one in row.milestones)
    undated = {one.name for one in row.milestones if one.due is None}
    assert undated == {"deposit_seen", "balance_seen", "arrival", "after_sales"}
    assert (told["inspection"].due, told["inspection"].owner) == (date(2026, 5, 12), "xu")
    assert told["produced"].due == date(2026, 5, 12)
    assert told["pi_sent"].suggested_template == "pi_send"
    assert told["packing"].suggested_template == "confirm_packing_marks_colour"
    assert told["balance_credited"].suggested_template == "balance_request"
    assert told["balance_credited"].variables["amount"] == "USD 892.50"
    assert told["deposit_credited"].variables["pi"] == "ORD-2026-0001"
    assert told["packing"].variables["order"] == "PO 8812"


def test_order_case_03_pi_or_contract_is_looked_at_and_signed_by_both(room: Mailroom) -> None:
    made(room)
    with pytest.raises(RefusedByRule, match="PI signed by us and sent"):
        do(room, "advance_order", id="d1", to="pi_signed")
    do(room, "advance_order", id="d1", to="legal_review", text="lawyer Zhao")
    do(room, "advance_order", id="d1", to="pi_sent")
    row = do(room, "advance_order", id="d1", to="pi_signed", mail="m1")
    assert (row.state, row.stage) == ("pi_signed", "deposit")
    last = row.history[-1]
    assert (last.from_, last.to, last.at) == ("pi_sent", "pi_signed", NOW)
    assert [(shown.kind, shown.ref) for shown in last.evidence] == [("message", "m1")]


def test_order_case_04_a_slip_is_only_seen_and_opens_no_gate(room: Mailroom) -> None:
    made(room)
    signed(room)
    confirmed(room)
    row = do(room, "money_seen", id="d1", amount="USD 382.50", mail="m1")
    assert row.deposit is not None
    assert (row.state, row.deposit.state, row.deposit.received["amount"]) == ("deposit_seen", "seen", "0.00")
    assert [one.name for one in row.gates["production"]] == ["deposit_credited"]
    with pytest.raises(RefusedByRule, match="deposit credited"):
        do(room, "advance_order", id="d1", to="production")
    slip = worklist(room, "now")["d1:deposit_slip"]
    assert (slip.band, slip.kind) == ("money", "payment")


def test_order_case_05_production_waits_for_the_credited_deposit_and_four_confirmations_and_all_is_named(
    room: Mailroom,
) -> None:
    made(room)
    signed(room)
    with pytest.raises(RefusedByRule) as refused:
        do(room, "advance_order", id="d1", to="production")
    for word in ("deposit credited", "packing", "mark", "colour", "pre-production sample"):
        assert word in str(refused.value.sentence)
    assert "order credited d1 deposit" in str(refused.value.hint)
    assert "order confirm d1 packing" in str(refused.value.hint)
    paid(room, "deposit")
    confirmed(room, "packing, colour")
    with pytest.raises(RefusedByRule) as refused:
        do(room, "advance_order", id="d1", to="production")
    assert "colour" not in str(refused.value.sentence)
    assert "mark" in str(refused.value.sentence)
    confirmed(room, "mark, pp_sample")
    row = do(room, "advance_order", id="d1", to="production")
    assert (row.state, row.stage) == ("production", "production")


def test_order_case_06_only_the_customer_confirms_and_something_shows_it(room: Mailroom) -> None:
    made(room)
    with pytest.raises(UsageError, match="What shows the confirmation"):
        do(room, "confirm_order", id="d1", parts="packing")
    room.arrives(letter("wei@ningbo.example", "Re: Valves", "We confirm the packing.", to=JAN, references=["first@mail.example"]), folder=b"INBOX")  # fmt: skip
    room.sync()
    with pytest.raises(RefusedByRule, match="our own mail"):
        do(room, "confirm_order", id="d1", parts="packing", mail="m2")
    row = do(room, "confirm_order", id="d1", parts="packing", mail="m1", value="12 pcs a carton")
    assert row.content["packing"] == "12 pcs a carton"
    assert row.history[-1].evidence[0].ref == "m1"
    with pytest.raises(RefusedByRule, match="confirmed already"):
        do(room, "confirm_order", id="d1", parts="packing", mail="m1")


def test_order_case_07_production_has_progress_dates_and_the_plan_follows(room: Mailroom) -> None:
    made(room)
    with pytest.raises(RefusedByRule, match="Missing"):
        do(room, "progress_order", id="d1", text="60 %")
    in_production(room)
    row = do(room, "progress_order", id="d1", text="60 % cast", ready_on="2026-05-18")
    told = {one.name: one for one in row.milestones}
    assert told["produced"].due == date(2026, 5, 18)
    assert row.content["progress"] == [{"on": "2026-03-04", "text": "60 % cast", "ready_on": "2026-05-18"}]
    assert told["production"].variables["progress"] == "60 % cast"


def test_order_case_08_inspection_booking_customs_on_board_and_the_copy_follow_in_their_order(room: Mailroom) -> None:
    made(room)
    in_production(room)
    with pytest.raises(RefusedByRule, match="goods ready"):
        do(room, "advance_order", id="d1", to="on_board")
    on_the_way = ["produced", "inspection", "booking", "customs", "on_board", "bl_copy"]
    for step in on_the_way:
        row = do(room, "advance_order", id="d1", to=step)
    assert [one.to for one in row.history][-6:] == on_the_way
    assert row.stage == "balance"


def test_order_case_09_what_is_no_gate_is_skipped_with_a_reason_that_is_logged(room: Mailroom) -> None:
    made(room)
    in_production(room)
    do(room, "advance_order", id="d1", to="produced")
    row = do(room, "advance_order", id="d1", to="on_board", skip="FOB: the customer's forwarder books and clears")
    told = {one.name: one for one in row.milestones}
    assert {told[name].state for name in ("inspection", "booking", "customs")} == {"skipped"}
    assert str(told["customs"].reason) == "FOB: the customer's forwarder books and clears"
    skipped = [one for one in row.history if one.to == "booking"]
    assert str(skipped[0].reason).startswith("FOB")
    assert row.state == "on_board"


def test_order_case_10_a_gate_is_never_skipped_but_by_a_manager_with_a_reason(room: Mailroom) -> None:
    made(room)
    signed(room)
    with pytest.raises(RefusedByRule, match="deposit credited"):
        do(room, "advance_order", id="d1", to="production", skip="they always pay")
    with pytest.raises(RefusedByRule, match="deposit credited"):
        do(room, "advance_order", id="d1", to="on_board", skip="they always pay")
    assert order(room).state == "pi_signed"
    room.core.do("add_person", name=room.world.actor, address="wei@ningbo.example", manager=True)
    row = do(room, "advance_order", id="d1", to="production", skip="group company, paid by clearing")
    told = {one.name: one for one in row.milestones}
    assert (told["deposit_credited"].state, told["packing"].state) == ("waived", "waived")
    assert str(told["deposit_credited"].reason) == "group company, paid by clearing"
    assert all(one.actor and one.at for one in row.history)


def test_order_case_11_no_original_and_no_telex_before_the_balance_is_credited(room: Mailroom) -> None:
    made(room)
    on_board(room)
    do(room, "money_seen", id="d1", part="balance", mail="m1")
    for how in ("originals", "telex"):
        with pytest.raises(RefusedByRule, match="balance credited") as refused:
            do(room, "release_order", id="d1", how=how, approved_by="mei")
        assert "order credited d1 balance" in str(refused.value.hint)
    paid(room, "balance")
    row = do(room, "release_order", id="d1", how="telex", approved_by="mei")
    assert (row.state, row.content["release"], row.content["released_by"]) == ("release", "telex", "mei")
    assert {one.name: one.suggested_template for one in row.milestones}["documents"] == "telex_released"


def test_order_case_12_a_release_is_approved_by_a_manager_where_there_is_one(room: Mailroom) -> None:
    made(room)
    on_board(room)
    paid(room, "balance")
    room.core.do("add_person", name="mei", address="mei@ningbo.example", manager=True)
    with pytest.raises(RefusedByRule, match="lu is no manager"):
        do(room, "release_order", id="d1", how="originals", approved_by="lu")
    with pytest.raises(RefusedByRule, match="Nothing shows that mei said so"):  # a name that anybody may type
        do(room, "release_order", id="d1", how="originals", approved_by="mei", mail="m1")
    room.world = replace(room.world, actor="mei")
    room.core = Core(room.world)
    row = do(room, "release_order", id="d1", how="originals", courier="DHL", waybill="1234567891")
    assert (row.content["released_by"], row.content["shipment"]["waybill"]) == ("mei", "1234567891")
    assert row.history[-1].evidence[-1].ref == "mei"


def test_order_case_25_only_a_manager_releases_before_the_money_is_there_and_says_why(room: Mailroom) -> None:
    made(room)
    on_board(room)
    with pytest.raises(RefusedByRule, match="balance credited"):
        do(room, "release_order", id="d1", how="telex", approved_by="mei", skip="they always pay")
    room.core.do("add_person", name=room.world.actor, address="wei@ningbo.example", manager=True)
    row = do(room, "release_order", id="d1", how="telex", skip="bank guarantee of the parent company")
    balance = {one.name: one for one in row.milestones}["balance_credited"]
    assert (balance.state, str(balance.reason)) == ("waived", "bank guarantee of the parent company")
    late = paid(room, "balance")
    assert {one.name: one.state for one in late.milestones}["balance_credited"] == "done"
    assert late.state == "balance_credited"


def test_order_case_13_documents_arrival_and_the_check_afterwards_close_the_order(room: Mailroom) -> None:
    made(room)
    on_board(room)
    paid(room, "balance")
    do(room, "release_order", id="d1", how="originals", approved_by="mei")
    for step in ("documents", "arrival", "after_sales"):
        row = do(room, "advance_order", id="d1", to=step)
    assert (row.state, row.stage, str(row.next_step)) == ("after_sales", "closed", "Nothing is left to do.")
    assert room.core.ask("orders") == ()
    assert [one.id for one in room.core.ask("orders", over=True)] == ["d1"]
    assert worklist(room).keys().isdisjoint({f"d1:{one.name}" for one in row.milestones})


def test_order_case_14_a_change_before_the_gate_makes_the_confirmation_void(room: Mailroom) -> None:
    made(room)
    signed(room)
    confirmed(room)
    paid(room, "deposit")
    row = do(room, "change_order", id="d1", what="logo red", touches="colour", mail="m1")
    assert [one.name for one in row.gates["production"]] == ["colour"]
    assert (row.state, row.history[-1].evidence[0].ref) == ("colour_void", "m1")
    assert row.changes[0].late is False
    with pytest.raises(RefusedByRule, match="colour confirmed"):
        do(room, "advance_order", id="d1", to="production")


def test_order_case_15_a_change_behind_the_gate_records_its_cost_cause_bearer_decision_and_who(room: Mailroom) -> None:
    made(room)
    in_production(room)
    with pytest.raises(RefusedByRule) as refused:
        do(room, "change_order", id="d1", what="logo red", touches="colour")
    for word in ("--cost", "--cause", "--bears", "--decision", "--by"):
        assert word in str(refused.value)
    agreed = {"cost": "120", "cause": "new design", "bears": "customer", "decision": "accepted", "by": "mei"}
    row = do(room, "change_order", id="d1", what="logo red", touches="colour", mail="m1", **agreed)
    change = row.changes[0]
    assert (change.late, change.cost, change.bears) == (True, {"amount": "120.00", "currency": "USD"}, "customer")
    assert (change.cause, change.decision, change.decided_by, change.evidence) == (
        "new design",
        "accepted",
        "mei",
        "m1",
    )
    assert row.balance is not None
    assert row.balance.amount["amount"] == "1012.50"
    assert row.stage == "production"


def test_order_case_16_the_work_order_is_chinese_goes_to_departments_and_each_acknowledges(room: Mailroom) -> None:
    made(room, special="不要木托盘")
    do(room, "edit_order", id="d1", packing="12只/箱", mark="ACME", colour="RAL 5010")
    sheet = room.core.ask("order_sheet", id="d1")
    told = {label: value for _title, rows in sheet.sections for label, value in rows}
    assert (sheet.title, told["品名"], told["数量"]) == ("生产单 ORD-2026-0001/v1", "球阀 DN50", "500 pcs")
    assert (told["唛头"], told["要求"], told["交货日期"]) == ("ACME", "不要木托盘", "2026年5月12日")
    assert "2.55" not in str(sheet.sections)
    assert "Jan" not in str(sheet.sections)
    do(room, "worksheet_send", id="d1", departments="生产部, 仓库")
    do(room, "worksheet_acknowledge", id="d1", department="生产部", by="王师傅")
    assert room.core.ask("order_sheet", id="d1").sent == {"生产部": "王师傅", "仓库": ""}
    do(room, "edit_order", id="d1", colour="RAL 3000")
    newer = room.core.ask("order_sheet", id="d1")
    assert (newer.version, newer.sent) == (2, {})
    with pytest.raises(RefusedByRule, match=r"v2 was not sent to 仓库"):
        do(room, "worksheet_acknowledge", id="d1", department="仓库")
    assert do(room, "worksheet_send", id="d1").content["worksheets"][-1]["departments"][0] == "生产部"


def test_order_case_17_a_late_milestone_is_on_the_worklist_and_says_so(room: Mailroom) -> None:
    made(room, latest_shipment="")
    assert "d1:legal_review" in worklist(room)
    room.clock.at = NOW + timedelta(days=12)
    rows = worklist(room, "now")
    late = rows["d1:deposit_credited"]
    assert (late.kind, late.band, late.state, late.flags) == ("payment", "step", "overdue", ("late",))
    assert str(late.why) == "Late: deposit credited, due 2026-03-14 (days late: 2)."
    assert (late.overdue_seconds > 0, late.suggested_template, late.thread_id) == (True, "deposit_request", "t1")
    signed(room)
    assert "d1:legal_review" not in worklist(room)


def test_order_case_18_what_is_late_behind_something_missing_says_what_comes_first(room: Mailroom) -> None:
    made(room)
    signed(room)
    room.clock.at = NOW + timedelta(days=60)
    rows = worklist(room, "now")
    assert "First: deposit credited" in str(rows["d1:production"].why)
    assert "d1:produced" not in rows


# -- payment terms and the letter of credit ----------------------------------------------------------------------------


def test_order_case_19_in_advance_there_is_no_balance(room: Mailroom) -> None:
    row = made(room, terms="100% T/T in advance")
    assert row.balance is None
    assert row.deposit is not None
    assert row.deposit.amount["amount"] == "1275.00"
    on_board(room)
    assert do(room, "release_order", id="d1", how="originals", approved_by="mei").state == "release"


def test_order_case_20_a_letter_of_credit_has_no_deposit_and_its_documents_go_to_the_bank(room: Mailroom) -> None:
    row = made(room, terms="irrevocable L/C at sight")
    assert row.deposit is None
    signed(room)
    confirmed(room)
    for step in ("production", "produced", "inspection", "booking", "customs", "on_board", "bl_copy"):
        do(room, "advance_order", id="d1", to=step)
    with pytest.raises(RefusedByRule, match="balance credited"):
        do(room, "release_order", id="d1", how="telex", approved_by="mei")
    assert do(room, "release_order", id="d1", how="bank", approved_by="mei").content["release"] == "bank"
    with pytest.raises(RefusedByRule, match="has no deposit"):
        do(room, "money_seen", id="d1", part="deposit", mail="m1")


def test_order_case_21_dates_of_a_letter_of_credit_stand_on_the_worklist_ahead(room: Mailroom) -> None:
    made(room, terms="irrevocable L/C at sight")
    row = do(
        room,
        "edit_order",
        id="d1",
        lc_number="LC-9",
        lc_latest_shipment="2026-03-12",
        lc_expiry="2026-03-30",
        lc_days="15",
    )
    assert row.lc is not None
    assert (row.lc.present_by, row.lc.presentation_days) == (date(2026, 3, 27), 15)
    shipment = worklist(room, "now")["d1:lc_latest_shipment"]
    assert (shipment.band, shipment.kind) == ("money", "payment")
    assert str(shipment.why) == "Due 2026-03-12: L/C: latest shipment (days left: 8)."
    assert "d1:lc_expiry" not in worklist(room)
    signed(room)
    confirmed(room)
    room.clock.at = NOW + timedelta(days=14)
    for step in ("production", "produced", "inspection", "booking", "customs"):
        do(room, "advance_order", id="d1", to=step)
    do(room, "advance_order", id="d1", to="on_board", on="2026-03-10")
    rows = worklist(room, "now")
    assert "d1:lc_latest_shipment" not in rows
    assert rows["d1:lc_presentation"].due is not None
    assert str(rows["d1:lc_presentation"].why) == "Due 2026-03-25: L/C: present the documents (days left: 7)."
    do(room, "advance_order", id="d1", to="bl_copy")
    do(room, "release_order", id="d1", how="bank", approved_by="mei")
    assert "d1:lc_presentation" not in worklist(room)


def test_order_case_22_a_credit_that_contradicts_itself_is_told(room: Mailroom) -> None:
    made(room, terms="irrevocable L/C at sight")
    row = do(room, "edit_order", id="d1", lc_latest_shipment="2026-04-12", lc_expiry="2026-03-30", lc_days="30")
    assert row.lc is not None
    assert len(row.lc.problems) == 2


# -- money ----------------------------------------------------------------------------------------------------------


def test_order_case_23_parts_add_up_and_what_banks_kept_is_forgiven(room: Mailroom) -> None:
    made(room)
    part = do(room, "money_credited", id="d1", part="deposit", amount="200", reference="FT1")
    assert part.deposit is not None
    assert (part.deposit.state, part.deposit.open_["amount"], part.stage) == ("partly", "182.50", "contract")
    assert "deposit_credited" not in {one.to for one in part.history}
    whole = do(room, "money_credited", id="d1", part="deposit", amount="USD 175", reference="FT2")
    assert whole.deposit is not None
    assert (whole.deposit.state, whole.deposit.references, whole.state) == (
        "credited",
        ("FT1", "FT2"),
        "deposit_credited",
    )
    with pytest.raises(RefusedByRule, match="credited already"):
        do(room, "money_credited", id="d1", part="deposit", amount="1", reference="FT3")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"reference": ""}, UsageError),
        ({"reference": "A", "amount": "EUR 382.50"}, RefusedByRule),
        ({"reference": "A", "on": "2026-03-05"}, RefusedByRule),
        ({"reference": "A", "on": "yesterday"}, UsageError),
        ({"reference": "A", "part": "rest"}, UsageError),
    ],
)
def test_order_case_24_a_credit_needs_the_bank_its_reference_its_currency_and_a_day_that_was(
    room: Mailroom, given: dict[str, str], error: type[Exception]
) -> None:
    made(room)
    with pytest.raises(error):
        do(room, "money_credited", id="d1", **{"part": "deposit", **given})
    assert order(room).state == "new"


# -- what people take back, and what stays as it was -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("money_credited", {"part": "deposit", "reference": "FT1"}),
        ("money_seen", {"part": "deposit", "mail": "m1"}),
        ("confirm_order", {"parts": "all", "mail": "m1"}),
        ("advance_order", {"to": "legal_review", "text": "seen"}),
        ("edit_order", {"colour": "red", "due": "produced=2026-05-01", "terms": "100% T/T in advance"}),
        ("change_order", {"what": "logo red", "touches": "colour"}),
        ("worksheet_send", {}),
        ("cancel_order", {"reason": "bankrupt"}),
    ],
)
def test_each_step_is_taken_back_whole_and_the_history_keeps_both(
    room: Mailroom, verb: str, arguments: dict[str, Any]
) -> None:
    before = made(room)
    done = room.core.do(verb, id="d1", **arguments)
    room.core.do("undo", id=done.action)
    after = order(room)
    assert (after.state, after.stage, after.content, after.content_hash) == (before.state, before.stage, before.content, before.content_hash)  # fmt: skip
    assert after.milestones == before.milestones
    assert after.history[: len(before.history)] == before.history
    assert len(after.history) > len(before.history) + 1
    assert str(after.history[-1].reason) == "Taken back."
    assert all(change.withdrawn for change in after.changes)


def test_what_something_came_after_is_not_taken_back(room: Mailroom) -> None:
    made(room)
    first = room.core.do("money_credited", id="d1", part="deposit", reference="FT1")
    signed(room)
    with pytest.raises(RefusedByRule, match="was changed since"):
        room.core.do("undo", id=first.action)


def test_a_new_order_that_is_taken_back_is_cancelled_and_its_number_is_gone(room: Mailroom) -> None:
    done = room.core.do("new_order", about="t1", lines=GOODS)
    room.core.do("undo", id=done.action)
    assert order(room).stage == "cancelled"
    assert do(room, "new_order", about="c1").number == "ORD-2026-0002"


def test_a_cancelled_order_moves_no_more_and_one_on_board_is_not_cancelled(room: Mailroom) -> None:
    made(room)
    on_board(room)
    with pytest.raises(RefusedByRule, match="on board"):
        do(room, "cancel_order", id="d1", reason="changed their mind")
    made(room)
    row = do(room, "cancel_order", id="d2", reason="changed their mind", mail="m1")
    assert (row.state, row.stage, str(row.history[-1].reason)) == ("cancelled", "cancelled", "changed their mind")
    with pytest.raises(RefusedByRule, match="is cancelled"):
        do(room, "advance_order", id="d2", to="legal_review")
    assert not [key for key in worklist(room) if key.startswith("d2:")]


def test_what_is_signed_only_a_manager_changes_and_what_is_made_nobody(room: Mailroom) -> None:
    made(room)
    signed(room)
    room.core.do("add_person", name="mei", address="mei@ningbo.example", manager=True)
    with pytest.raises(RefusedByRule, match="signed this: terms"):
        do(room, "edit_order", id="d1", terms="O/A 60 days")
    paid(room, "deposit")
    confirmed(room)
    do(room, "advance_order", id="d1", to="production")
    with pytest.raises(RefusedByRule, match="begun by this: colour"):
        do(room, "edit_order", id="d1", colour="red")
    assert do(room, "edit_order", id="d1", vessel="EVER GOOD 012W").content["shipment"]["vessel"] == "EVER GOOD 012W"


def test_an_edit_of_what_was_confirmed_makes_the_confirmation_void(room: Mailroom) -> None:
    made(room)
    confirmed(room)
    row = do(room, "edit_order", id="d1", colour="RAL 3000")
    assert {one.name: one.state for one in row.milestones}["colour"] == "open"
    assert {one.name: one.state for one in row.milestones}["packing"] == "done"


@pytest.mark.parametrize(
    ("about", "error"), [("t99", NotFound), ("o99", NotFound), ("c99", NotFound), ("nobody@nowhere.example", NotFound)]
)
def test_an_order_is_about_somebody(room: Mailroom, about: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        do(room, "new_order", about=about)


def test_an_order_is_made_from_a_contact_a_company_or_a_mail(room: Mailroom) -> None:
    company = room.core.ask("companies")[0].id
    for about in ("c1", "jan@acme.example", company, "m1"):
        assert do(room, "new_order", about=about).thread_id == "t1"


@pytest.mark.parametrize("lines", ["BV-50", "BV-50; valve; many; 2.55", "BV-50; valve; 5 pcs; cheap", ";;;"])
def test_lines_that_cannot_be_read_are_named(room: Mailroom, lines: str) -> None:
    with pytest.raises(UsageError):
        do(room, "new_order", about="t1", lines=lines)


def test_an_order_follows_its_mail_when_threads_are_made_one(room: Mailroom) -> None:
    made(room)
    room.arrives(letter(JAN, "Something else", "Please quote pumps.", message_id="other@mail.example"))
    room.sync()
    room.core.do("merge", thread="t2", other="t1")
    assert order(room).thread_id == "t2"


# -- boards and pages -----------------------------------------------------------------------------------------------------


def test_the_board_stands_by_stage_and_the_page_tells_what_is_missing(room: Mailroom) -> None:
    made(room)
    made(room, terms="100% T/T in advance", po="PO 9001")
    for step in ("legal_review", "pi_sent", "pi_signed"):
        do(room, "advance_order", id="d2", to=step)
    cards = room.core.ask("order_board")
    assert [(card.id, str(card.stage)) for card in cards] == [("d1", "Contract"), ("d2", "Deposit")]
    assert cards[0].amount == "USD 1,275.00"
    page = room.core.ask("order_page", id="d2")
    titles = [str(section.title) for section in page.sections]
    assert "Missing before: production begun" in titles
    assert "Milestones" in titles
    assert page.forms[0].verb == "money_credited"
    assert {form.verb for form in page.forms} >= {"confirm_order", "advance_order", "edit_order", "change_order"}
    assert [step.to for step in page.history] == ["new", "legal_review", "pi_sent", "pi_signed"]


def test_every_form_of_a_page_does_what_it_says(room: Mailroom) -> None:
    form = room.core.ask("order_form", thread="t1")
    room.core.do(form.verb, **form.arguments, lines=GOODS, terms=TT, currency="USD")
    answers = {
        "money_credited": {"reference": "FT1"},
        "money_seen": {"mail": "m1"},
        "confirm_order": {"mail": "m1"},
        "advance_order": {},
        "write_order": {"step": "deposit_credited"},
        "change_order": {"what": "logo red"},
        "edit_order": {"colour": "red"},
        "worksheet_send": {},
        "cancel_order": {"reason": "no need"},
    }
    forms = room.core.ask("order_page", id="d1").forms
    assert {form.verb for form in forms} == {*answers, "render_order"}
    done: set[str] = set()
    for form in forms:
        if form.verb not in {*done, "money_credited", "render_order"}:
            room.core.do(form.verb, **form.arguments, **{**form.known, **answers[form.verb]})
            done.add(form.verb)
