"""Mistakes that people make with samples, and hours at which a day is another one elsewhere."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from ingest.mailroom import letter
from service.samplehouse import AWB, DELIVERED, JAN, MONDAY, PNG, SHEET, SampleHouse

from mailcrm.domain.errors import RefusedByRule, UsageError


def _second(house: SampleHouse) -> SampleHouse:
    """Return a second sample, which is ready to be shipped."""
    house.core.do("new_sample", contact="jan@acme.example", **{**SHEET, "item": "Pump B7"})
    second = SampleHouse(house.room, house.transport, house.place, "s2")
    for state in ("spec_draft", "pending_sign"):
        second.do("advance_sample", state=state)
    second.do("sign_sample")
    for state in ("making", "made"):
        second.do("advance_sample", state=state)
    second.do("check_sample", ok=["all"])
    second.do("photo_sample", files=[second.photo("pump.png", PNG + b"pump")])
    return second


def test_the_waybill_of_a_parcel_that_has_arrived_is_not_another_samples(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.do("delivered_sample")
    second = _second(house)
    with pytest.raises(RefusedByRule, match="that of SMP-2026-0001"):
        second.do("ship_sample", carrier="dhl", awb=AWB)
    second.do("ship_sample", carrier="dhl", awb=AWB, same_parcel=True)
    assert second.state == "shipped"


def test_a_sample_that_was_made_by_hand_is_suggested_no_more(house: SampleHouse) -> None:
    body = "Could you send us a sample of the spray nozzle A3?"
    house.arrives(letter(JAN, "Nozzle", body, date=MONDAY.astimezone(UTC)), MONDAY)
    (proposal,) = house.proposals()
    thread = house.core.ask("threads")[0].id
    house.core.do("new_sample", thread=thread)
    assert house.proposals() == []
    with pytest.raises(RefusedByRule, match="answered already"):
        house.core.do("decide", item=proposal.id, answer="yes")


def test_a_mistyped_number_is_no_other_couriers(house: SampleHouse) -> None:
    house.asked()
    house.ready()
    with pytest.raises(UsageError, match="doesn't tell its courier"):
        house.do("ship_sample", awb="2718281824")
    house.do("ship_sample", awb=AWB)
    parcel = house.row().parcel
    assert parcel is not None
    assert parcel.carrier == "dhl"


def test_an_undo_leaves_what_a_colleague_wrote_since(house: SampleHouse) -> None:
    house.asked()
    mine = house.core.do("edit_sample", id="s1", colour="red")
    theirs = house.as_("xu").do("edit_sample", id="s1", material="steel")
    with pytest.raises(RefusedByRule, match="has gone on since"):
        house.core.do("undo", id=mine.action)
    assert house.row().sheet["material"] == "steel"
    house.core.do("undo", id=theirs.action)
    house.core.do("undo", id=mine.action)
    assert house.row().sheet["colour"] == ""


def test_what_was_done_is_taken_back_step_by_step(house: SampleHouse) -> None:
    house.asked()
    edited = house.core.do("edit_sample", id="s1", **SHEET)
    handed_in = house.core.do("advance_sample", id="s1", state="pending_sign")
    house.core.do("undo", id=handed_in.action)
    assert house.state == "spec_draft"
    house.core.do("undo", id=edited.action)
    assert (house.state, house.row().sheet["colour"]) == ("requested", "")
    made = house.core.do("new_sample", contact="jan@acme.example", **SHEET)
    assert made.row.state == "spec_draft"
    house.core.do("undo", id=made.action)
    assert len(house.core.ask("samples")) == 1


def test_a_notice_of_the_early_morning_is_of_the_day_on_which_it_was_shipped(house: SampleHouse) -> None:
    house.asked()
    house.ready()
    early = MONDAY.replace(hour=7) + timedelta(days=1)  # at 23:00 UTC it is still yesterday
    house.at(early)
    house.do("ship_sample", carrier="dhl", awb=AWB)
    house.notice("exception", early + timedelta(minutes=40))
    assert house.state == "exception"


def test_nothing_arrives_before_it_has_left(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    with pytest.raises(RefusedByRule, match="left on 2026-03-02"):
        house.do("delivered_sample", at="2026-03-01 10:00")
    with pytest.raises(RefusedByRule, match="isn't delivered in the future"):
        house.do("delivered_sample", at="2026-03-04 10:00")
    house.core.do(
        "sample_statuses", text=f"{AWB},delivered,2026-02-20,Mr Jansen"
    )  # of an older parcel with this number
    assert house.state == "shipped"
    house.do("delivered_sample", at="2026-03-02 09:00")
    assert house.state == "delivered"


def test_a_sample_whose_sheet_was_filled_in_is_not_removed_by_undo(house: SampleHouse) -> None:
    made = house.core.do("new_sample", contact=_jan(house), item="Pump B7")
    house.as_("xu").do("edit_sample", id=made.row.id, material="steel")
    with pytest.raises(RefusedByRule, match="has gone on since"):
        house.core.do("undo", id=made.action)


def _jan(house: SampleHouse) -> str:
    """Return the customer, who has written."""
    house.asked()
    return "jan@acme.example"


def test_a_sheet_that_was_handed_in_is_not_relabelled_past_its_signature(house: SampleHouse) -> None:
    for name, manager in (("mei", True), ("wei", False)):
        house.core.do("add_person", name=name, manager=manager)
    wei = house.as_("wei")
    made = wei.do("new_sample", contact=_jan(house), **SHEET).row.id
    for state in ("spec_draft", "pending_sign"):
        wei.do("advance_sample", id=made, state=state)
    with pytest.raises(RefusedByRule, match="handed in to be signed"):
        wei.do("edit_sample", id=made, kind="stock")
    assert house.as_("mei").do("edit_sample", id=made, kind="stock").row.kind == "stock"


def test_a_draft_that_its_template_cannot_make_is_a_task_with_the_mend_until_it_is_there(house: SampleHouse) -> None:
    own = house.core.home() / "templates" / "en" / "sample_delivered.txt.j2"
    own.parent.mkdir(parents=True)
    own.write_text("purpose: ask\n---\nDear {{ nobody.knows }\n", encoding="utf-8")
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    assert [row.subject for row in house.drafts()] == []
    (task,) = (row for row in house.core.ask("worklist").rows if row.kind == "task")
    for told in ("sample_delivered", "s1", str(own), "line"):
        assert told in str(task.gist)
    own.unlink()
    house.core.tick_steps()
    assert len(house.drafts()) == 1
    assert house.core.ask("tasks", done=True) == ()


def test_a_mail_that_was_no_answer_is_taken_back_and_the_sequence_goes_on_with_its_dates(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    house.send_draft(DELIVERED + timedelta(days=2))
    due = house.line().due
    assert due is not None
    assert house.row().undo_feedback is None
    house.writes("Please send the invoice of last month again.", DELIVERED + timedelta(days=3))
    assert house.state == "feedback_in"
    form = house.core.ask("sample_page", id="s1").forms[-1]
    assert (form.verb, form.arguments) == ("undo", {"id": house.row().undo_feedback})
    house.core.do(form.verb, **form.arguments)
    assert (house.state, house.line().due) == ("feedback_requested", due)
    house.core.do("edit_company", id=house.core.ask("companies")[0].id, grade="A")  # its mails are heard again
    house.at(due)
    house.core.tick_steps()
    assert len(house.drafts()) == 1
    assert house.line(view="now").suggested_template == "sample_followup_1"
    house.writes("The nozzle fits.", due + timedelta(hours=2))
    assert house.state == "feedback_in"
