"""Samples through the core on a real database: what mails and time make of them, and what people see and do."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import fields
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from ingest.mailroom import REP, letter
from outbox.conftest import failure_report
from PIL import Image
from service.samplehouse import AWB, DELIVERED, HERE, JAN, MONDAY, PNG, SampleHouse

from mailcrm.actions import registry
from mailcrm.domain.errors import ComposeError, NotFound, RefusedByRule, UsageError
from mailcrm.domain.samples.states import STEPS, SampleState

TUESDAY = MONDAY + timedelta(days=1)
FEDEX = "771271828185"


def with_picture(sender: str, subject: str, body: str, at: datetime) -> bytes:
    """Return a mail with a picture in it."""
    head = (
        letter(sender, subject, "", date=at, message_id="pictures@mail.example").partition(b"MIME-Version")[0].decode()
    )
    picture = base64.b64encode(PNG).decode()
    return (
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n{body}\r\n"
        f'--B\r\nContent-Type: image/png; name="front.png"\r\nContent-Disposition: attachment; filename="front.png"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--B--\r\n"
    ).encode()


# -- from mail ---------------------------------------------------------------------------------------------------------


def test_words_for_samples_suggest_one_with_the_words_and_only_once(house: SampleHouse) -> None:
    body = "Please send us a colour swatch of the RAL 9005 finish."
    house.arrives(letter(JAN, "Finish", body, date=MONDAY, message_id="swatch@acme.example"), MONDAY)
    (proposal,) = house.proposals()
    assert "swatch" in str(proposal.why)
    house.core.do("decide", item=proposal.id, answer="no")
    house.room.sync(full=True)
    assert house.proposals() == []
    assert house.core.ask("samples") == ()


def test_a_mail_about_a_sample_that_is_under_way_suggests_no_second_one(house: SampleHouse) -> None:
    house.asked()
    house.writes("When will the sample be ready?", TUESDAY)
    assert house.proposals() == []


def test_nobody_is_asked_about_samples_by_a_supplier(house: SampleHouse) -> None:
    house.core.do("sync")
    body = "We can send you free samples of our springs."
    house.arrives(letter("Zhou <zhou@springs.example>", "Springs", body, date=MONDAY), MONDAY)
    company = house.core.ask("companies")[0]
    (open_,) = house.proposals()
    done = house.core.do("edit_company", id=company.id, role="supplier")
    assert house.proposals() == []
    with pytest.raises(RefusedByRule, match="no customer"):
        house.core.do("decide", item=open_.id, answer="yes")
    told = [line for line in house.core.ask("explain", id=open_.thread_id) if line.event == "SuggestionClosed"]
    assert ["Zhou is no customer, but: supplier." in str(line.effect) for line in told] == [True]
    house.core.do("undo", id=done.action)
    assert [row.id for row in house.proposals()] == [open_.id]
    house.core.do("edit_company", id=company.id, role="supplier")
    house.arrives(letter("Zhou <zhou@springs.example>", "Springs again", body, date=TUESDAY), TUESDAY)
    assert house.proposals() == []


def test_they_have_received_it_is_a_suggestion_with_their_words(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    at = TUESDAY + timedelta(days=4)
    house.writes("We have received the samples, thank you.", at)
    (proposal,) = house.proposals()
    assert "received the samples" in str(proposal.why)
    assert house.state == "shipped"
    house.core.do("decide", item=proposal.id, answer="yes")
    row = house.row()
    assert (row.state, row.delivered_at) == ("delivered", at)
    assert [one.kind for one in row.history[-1].evidence] == ["message"]
    assert len(house.drafts()) == 1


def test_a_waybill_in_our_own_mail_to_the_customer_is_offered(house: SampleHouse) -> None:
    house.asked()
    house.ready()
    ours = letter(
        REP,
        "Re: Nozzle",
        f"Dear Jan, the samples left today by FedEx, AWB {FEDEX}.",
        to="jan@acme.example",
        date=TUESDAY,
        in_reply_to="asked@acme.example",
    )
    house.arrives(ours, TUESDAY, b"Sent")
    (proposal,) = house.proposals()
    house.core.do("decide", item=proposal.id, answer="yes")
    row = house.row()
    assert row.parcel is not None
    assert (row.state, row.parcel.carrier, row.parcel.awb) == ("shipped", "fedex", FEDEX)


def test_the_factory_says_so_among_ourselves_and_brings_the_photo(house: SampleHouse) -> None:
    house.asked()
    house.signed()
    house.arrives(
        letter("Zhang <zhang@ningbo.example>", "SMP-2026-0001", "SMP-2026-0001 has begun.", date=TUESDAY), TUESDAY
    )
    (proposal,) = house.proposals()
    house.core.do("decide", item=proposal.id, answer="yes")
    assert house.state == "making"
    later = TUESDAY + timedelta(days=2)
    house.arrives(
        letter("Zhang <zhang@ningbo.example>", "SMP-2026-0001 ok", "SMP-2026-0001 is ready.", date=later), later
    )
    (proposal,) = house.proposals()
    assert "is it made" in str(proposal.why)
    house.core.do("decide", item=proposal.id, answer="yes")
    house.do("check_sample", ok=["all"])
    at = later + timedelta(hours=1)
    house.arrives(with_picture("Zhang <zhang@ningbo.example>", "Photo SMP-2026-0001", "See the photo.", at), at)
    (proposal,) = house.proposals()
    assert "its photos" in str(proposal.why)
    house.core.do("decide", item=proposal.id, answer="yes")
    row = house.row()
    assert (row.state, [one.size for one in row.photos]) == ("photographed", [len(PNG)])


def test_trouble_that_nobody_proves_is_believed_where_the_domain_is_the_couriers_and_marked(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("exception", signed=False)
    assert house.state == "exception"
    assert "Unverified" in str(house.row().history[-1].reason)
    house.notice("in_transit", DELIVERED + timedelta(hours=2))
    assert house.state == "shipped"


def test_the_company_naming_the_item_on_another_thread_is_feedback_and_a_stranger_is_not(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    at = DELIVERED + timedelta(days=2)
    other = {"subject": "Question", "in_reply_to": ""}
    house.writes("Is the spray nozzle A3 in stock?", at, sender="Bo <bo@other.example>", **other)
    assert house.state == "delivered"
    house.writes("Our spray nozzle a3 works well.", at + timedelta(hours=1), sender="Eva <eva@acme.example>", **other)
    assert house.state == "feedback_in"


def test_a_mail_that_came_back_stops_the_sequence_with_a_task_until_another_is_asked(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    sent = house.send_draft(DELIVERED + timedelta(hours=8))
    at = DELIVERED + timedelta(hours=9)
    house.arrives(failure_report(sent.message_id, "jan@acme.example"), at)
    house.room.sync(full=True)
    titles = [str(task.title) for task in house.core.ask("tasks")]
    assert [title for title in titles if "find another contact" in title and "SMP-2026-0001" in title]
    assert len([title for title in titles if "find another contact" in title]) == 1
    assert house.line().flags == ("bounced",)
    house.at(at + timedelta(days=40))
    house.core.tick_steps()
    assert house.drafts() == []
    house.writes("New here.", at + timedelta(days=40), sender="Eva <eva@acme.example>", subject="Hello", in_reply_to="")
    house.do("edit_sample", contact="eva@acme.example")
    (draft,) = house.drafts()
    house.send_draft(at + timedelta(days=41))
    assert house.state == "feedback_requested"
    assert house.row().asked_at == at + timedelta(days=41)
    assert draft.subject


# -- time --------------------------------------------------------------------------------------------------------------


def test_three_follow_ups_each_with_another_text_then_silence_and_a_task_and_any_mail_opens_it_again(
    house: SampleHouse,
) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    asked = datetime(2026, 3, 9, 10, tzinfo=HERE)
    house.send_draft(asked)
    texts, dues = list[str](), list[datetime]()
    for _number in range(3):
        due = house.line().due
        assert due is not None
        dues.append(due.astimezone(HERE))
        house.at(due - timedelta(minutes=1))
        house.core.tick_steps()
        assert house.drafts() == []
        house.at(due)
        house.core.tick_steps()
        texts.append(house.core.ask("draft", id=house.drafts()[0].id).body)
        house.send_draft(due + timedelta(hours=1))
    assert [due.day for due in dues] == [13, 19, 30]
    assert len(set(texts)) == 3
    assert (house.state, len(house.row().follow_ups)) == ("follow_up", 3)
    house.at(datetime(2026, 4, 20, 12, tzinfo=HERE))
    house.core.tick_steps()
    assert house.state == "silent"
    assert ["review the customer's grade" in str(task.title) for task in house.core.ask("tasks")] == [True]
    house.writes("Sorry for the silence: it is fine.", datetime(2026, 4, 22, 12, tzinfo=HERE))
    assert house.state == "feedback_in"


def test_what_a_sample_asks_starts_no_wait_of_its_own_beside_the_sequence(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    house.send_draft(DELIVERED + timedelta(hours=8))
    assert [row for row in house.core.ask("worklist", view="all").rows if row.kind == "nudge"] == []


def test_no_news_after_six_working_days_is_a_step_with_the_couriers_page(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    line = house.line()
    assert (line.band, line.due) == ("later", datetime(2026, 3, 10, 23, 59, 59, tzinfo=HERE))
    assert [row for row in house.core.ask("worklist", view="now").rows if row.id == "s1"] == []
    house.at(datetime(2026, 3, 11, 9, tzinfo=HERE))
    line = house.line(view="now")
    assert line.band == "step"
    assert f"tracking-id={AWB}" in str(line.why)


def test_a_sample_that_stands_still_too_long_is_work_and_a_signature_that_is_missing_at_once(
    house: SampleHouse,
) -> None:
    house.asked()
    house.signed()
    house.do("advance_sample", state="making")
    assert house.line().band == "later"
    house.at(MONDAY + timedelta(days=9))
    assert house.line(view="now").band == "step"


# -- what people do ----------------------------------------------------------------------------------------------------


def test_two_samples_share_a_waybill_only_in_one_parcel(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.core.do("new_sample", contact="jan@acme.example")
    house.sample = "s2"
    house.ready()
    with pytest.raises(RefusedByRule, match="is that of SMP-2026-0001"):
        house.do("ship_sample", carrier="dhl", awb=AWB)
    house.do("ship_sample", carrier="dhl", awb=AWB, same_parcel=True)
    assert [row.samples for row in house.core.ask("sample_parcels")] == [("s1", "s2")]
    house.notice("delivered")
    assert {row.state for row in house.core.ask("samples")} == {"delivered"}


@pytest.mark.parametrize(
    ("awb", "carrier", "said"),
    [
        ("2718281824", "dhl", "check digit"),
        ("12", "dhl", "no DHL number"),
        ("", "dhl", "the waybill number"),
        ("2718281823", "ghost", "No courier"),
    ],
)
def test_a_waybill_that_cannot_be_right_is_refused(house: SampleHouse, awb: str, carrier: str, said: str) -> None:
    house.asked()
    house.ready()
    with pytest.raises((RefusedByRule, NotFound), match=said):
        house.do("ship_sample", carrier=carrier, awb=awb)
    assert house.state == "photographed"


@pytest.mark.parametrize("mode", ["hand_carry", "with_order", "pick_up", "domestic"])
def test_other_ways_to_leave_need_no_waybill(house: SampleHouse, mode: str) -> None:
    house.asked()
    house.ready()
    house.do("ship_sample", mode=mode)
    assert house.state == "shipped"
    assert house.drafts() == []
    house.do("delivered_sample", signed_by="Jan")
    assert len(house.drafts()) == 1


def test_a_stock_sample_goes_the_short_way(house: SampleHouse) -> None:
    house.asked()
    house.do("edit_sample", item="A3", quantity="5", kind="stock", sample_paid_by="us", freight_paid_by="us")
    for state in ("spec_draft", "made"):
        house.do("advance_sample", state=state)
    with pytest.raises(RefusedByRule, match="the check of item, quantity, a photo"):
        house.do("ship_sample", mode="hand_carry")
    house.do("check_sample", ok=["all"])
    house.do("photo_sample", files=[house.photo()])
    house.do("ship_sample", mode="hand_carry")
    assert house.state == "shipped"


def test_changes_make_the_next_version_which_is_signed_made_and_shipped_anew(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    house.do("sample_feedback", verdict="changes", text="a lighter red, please")
    row = house.row()
    assert (row.state, row.version, row.name) == ("spec_draft", 2, "SMP-2026-0001/v2")
    assert [step.to for step in row.history][-3:] == ["feedback_in", "changes", "spec_draft"]
    assert (row.signature, row.parcel, [one.awb for one in row.earlier_parcels]) == (None, None, [AWB])
    house.do("edit_sample", colour="Pantone 184 C")
    for state in ("pending_sign",):
        house.do("advance_sample", state=state)
    house.do("sign_sample")
    for state in ("making", "made"):
        house.do("advance_sample", state=state)
    house.do("check_sample", ok=["all"])
    with pytest.raises(RefusedByRule, match="a photo"):
        house.do("ship_sample", awb=FEDEX)
    house.do("photo_sample", files=[house.photo("v2.png", PNG + b"2")])
    house.do("ship_sample", awb=FEDEX)
    house.do("delivered_sample")
    (draft,) = house.drafts()
    assert "SMP-2026-0001/v2" in house.core.ask("draft", id=draft.id).body


def test_rejected_is_lost_for_the_reason_and_approved_is_quoted_or_won(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    undo = house.core.do("sample_feedback", id="s1", verdict="rejected", text="too soft").action
    row = house.row()
    assert (row.state, str(row.history[-1].reason)) == ("lost", "too soft")
    house.core.do("undo", id=undo)
    assert house.state == "delivered"
    house.do("sample_feedback", verdict="ok")
    house.do("advance_sample", state="quoting")
    house.do("advance_sample", state="won", evidence="PO 8812")
    assert house.state == "won"
    with pytest.raises(RefusedByRule, match="Nothing follows"):
        house.do("advance_sample", state="lost", reason="no")


def test_a_pre_production_sample_asks_for_approval_with_the_day_on_which_production_stops(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way(kind="pre-production", order="PO 8812", stops_on="2026-03-20")
    house.notice("delivered")
    (draft,) = house.drafts()
    body = house.core.ask("draft", id=draft.id).body
    assert "Is it approved for production?" in body
    assert "PO 8812" in body
    assert "20 March" in body
    assert house.line().suggested_template == "pp_sample_approval"


def test_nine_waybills_are_pasted_at_once_and_taken_back_at_once(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.core.do("new_sample", contact="jan@acme.example")
    house.sample = "s2"
    house.on_its_way(awb="2718281834")
    house.at(DELIVERED)
    done = house.core.do(
        "sample_statuses",
        text=f"awb,status,date,signed by\n{AWB},delivered,2026-03-06,De Vries\n2718281834,customs\n1234567891,delivered",
    )
    assert [(row.awb, row.changed) for row in done.row] == [(AWB, ("s1",)), ("2718281834", ("s2",)), ("1234567891", ())]
    assert "1234567891" in str(done.said)
    states = {row.id: row.state for row in house.core.ask("samples")}
    assert states == {"s1": "delivered", "s2": "exception"}
    assert house.core.ask("sample", id="s1").delivered_at == datetime(2026, 3, 6, 18, tzinfo=HERE)
    assert house.core.ask("sample", id="s1").signed_for_by == "De Vries"
    house.core.do("undo", id=done.action)
    assert {row.state for row in house.core.ask("samples")} == {"shipped"}
    with pytest.raises(UsageError, match="No waybill with its status"):
        house.core.do("sample_statuses", text="nothing here")


def test_undo_of_a_delivery_takes_the_draft_back_and_it_is_written_anew_the_next_time(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    done = house.core.do("delivered_sample", id="s1")
    assert len(house.drafts()) == 1
    house.core.do("undo", id=done.action)
    assert (house.state, house.row().delivered_at) == ("shipped", None)
    assert [row.subject for row in house.drafts() if "feedback" in row.subject] == []
    house.do("delivered_sample")
    bodies = [house.core.ask("draft", id=row.id).body for row in house.drafts()]
    assert [body for body in bodies if "was delivered to you" in body]


def test_undo_is_refused_once_the_sample_has_gone_on(house: SampleHouse) -> None:
    house.asked()
    done = house.core.do(
        "edit_sample", id="s1", item="A3", quantity="5", kind="stock", sample_paid_by="us", freight_paid_by="us"
    )
    house.do("advance_sample", state="made")
    with pytest.raises(RefusedByRule, match="has gone on since"):
        house.core.do("undo", id=done.action)


def test_a_file_that_is_no_picture_is_no_photo(house: SampleHouse) -> None:
    house.asked()
    house.signed()
    for state in ("making", "made"):
        house.do("advance_sample", state=state)
    with pytest.raises(RefusedByRule, match="is no picture"):
        house.do("photo_sample", files=[house.photo("notes.png", b"hello")])
    house.do("check_sample", ok=["item"], deviations={"colour": "lighter"})
    assert house.state == "made"
    house.do("check_sample", fail="too soft")
    assert (house.state, str(house.row().history[-1].reason)) == ("making", "It won't do: too soft")


def test_a_camera_photo_leaves_small_and_without_its_place_and_is_kept_as_it_was_taken(house: SampleHouse) -> None:
    place, taken = Image.Exif(), io.BytesIO()
    place[0x0112] = 6  # the camera was held upright
    place.get_ifd(0x8825).update({1: "N", 2: (29.0, 52.0, 6.0), 3: "E", 4: (121.0, 33.0, 0.0)})
    Image.effect_noise((4000, 3000), 60).save(taken, "JPEG", quality=95, exif=place)
    house.asked()
    house.signed()
    for state in ("making", "made"):
        house.do("advance_sample", state=state)
    house.do("check_sample", ok=["all"])
    house.do("photo_sample", files=[house.photo("nozzle.jpeg", taken.getvalue())])
    house.do("ship_sample", carrier="dhl", awb=AWB)
    house.notice("delivered")
    house.send_draft(DELIVERED + timedelta(hours=8))
    (photo,) = house.row().photos
    assert photo.sha256 == hashlib.sha256(taken.getvalue()).hexdigest()
    (sent,) = house.transport.accepted
    (part,) = message_from_bytes(sent.raw, policy=policy.default).iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("image/jpeg", "nozzle.jpg")
    assert len(sent.raw) < 1_500_000 < len(taken.getvalue())
    with Image.open(io.BytesIO(part.get_content())) as small:
        assert (small.size, dict(small.getexif())) == ((1200, 1600), {})


def test_a_photo_that_cannot_be_read_leaves_with_no_mail_and_says_how_to_mend_it(house: SampleHouse) -> None:
    damaged = PNG[: len(PNG) // 2]
    with pytest.raises(ComposeError, match=r"front\.png can't be made ready") as refused:
        house.room.world.mailable_photo("front.png", damaged)
    assert "Save it as a JPEG" in str(refused.value)


def test_a_sheet_that_changed_under_the_signers_eyes_is_not_signed(house: SampleHouse) -> None:
    house.asked()
    house.signed()
    seen = house.row().content_hash
    house.do("edit_sample", colour="RAL 9005")
    house.do("advance_sample", state="pending_sign")
    with pytest.raises(RefusedByRule, match="was changed since you looked"):
        house.do("sign_sample", content=seen)
    house.do("reject_sample", note="which RAL?")
    assert house.state == "spec_draft"


def test_the_ledger_holds_cost_and_freight_against_orders_won(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way(cost="CNY 80")
    house.do("sample_feedback", verdict="ok")
    house.do("advance_sample", state="won")
    house.core.do("new_sample", contact="jan@acme.example")
    house.sample = "s2"
    house.on_its_way(awb="2718281834", cost="USD 12", sample_paid_by="customer")
    (row,) = house.core.ask("sample_ledger")
    assert (row.company, row.samples, row.shipped, row.won, row.under_way) == ("Acme", 2, 2, 1, 1)
    assert [(one.currency, one.samples, one.freight) for one in row.charges] == [("CNY", "80.00", "440.00")]
    assert row.unpriced == 0


def test_the_passport_tells_everything_on_a_page_and_offers_what_comes_next(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way(kept_at="shelf B2", true_value="USD 12", hs="842420")
    page = house.core.ask("sample_page", id="SMP-2026-0001")
    told = [(str(fact.label), fact.value) for section in page.sections for fact in section.facts]
    facts = dict(reversed(told))
    assert ("colour", "Pantone 185 C: ✓") in told
    assert facts["colour"] == "Pantone 185 C"
    assert facts["where the duplicate lies"] == "shelf B2"
    assert facts["true value"] == "USD 12.00"
    assert facts["waybill"] == AWB
    assert facts["signed by"] == "li"
    assert [paper.kind for paper in page.papers] == ["photo"]
    assert page.history[-1].to == "shipped"
    assert page.forms[0].verb == "delivered_sample"
    (card,) = house.core.ask("sample_board")
    assert (card.number, str(card.stage), card.title) == ("SMP-2026-0001", "Under way", "Spray nozzle A3")


def test_every_form_of_every_state_names_a_verb_and_fields_that_it_takes(house: SampleHouse) -> None:
    def check() -> None:
        for form in house.core.ask("sample_page", id="s1").forms:
            command: Any = registry()[form.verb]
            taken = {each.name for each in fields(command)}
            assert {*form.arguments, *form.questions} <= taken, form

    house.asked()
    form = house.core.ask("sample_form", thread="t1")
    assert (form.verb, form.arguments) == ("new_sample", {"thread": "t1"})
    check()
    house.signed()
    check()
    for state in ("making", "made"):
        house.do("advance_sample", state=state)
        check()
    house.do("check_sample", ok=["all"])
    check()
    house.do("photo_sample", files=house.photo())
    house.do("ship_sample", awb=AWB, carrier="dhl")
    check()
    house.do("delivered_sample")
    house.do("sample_feedback", verdict="ok")
    check()
    again = house.core.ask("sample_form", thread="t1")
    assert again.known["colour"] == "Pantone 185 C"


def test_every_step_that_was_made_is_one_that_there_is(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("exception", DELIVERED - timedelta(days=1))
    house.notice("delivered")
    house.do("sample_feedback", verdict="changes", text="lighter")
    for step in house.row().history[1:]:
        assert SampleState(step.to) in STEPS[SampleState(step.from_)]
        assert step.actor
        assert step.evidence


def test_two_companies_that_are_made_one_keep_their_samples(house: SampleHouse) -> None:
    house.asked()
    house.writes("Hello", TUESDAY, sender="Bo <bo@other.example>", subject="Other", in_reply_to="")
    firms = {row.name: row.id for row in house.core.ask("companies")}
    house.core.do("merge_company", company=firms["Other"], other=firms["Acme"])
    assert house.row().company == "Other"


def test_the_threads_of_samples_are_found_and_their_mails_tell_nothing_else(house: SampleHouse) -> None:
    house.writes("Hello", MONDAY, sender="Bo <bo@other.example>", subject="Other", in_reply_to="")
    assert house.core.ask("search", query="is:sample") == ()
    house.asked(TUESDAY)
    assert [row.subject for row in house.core.ask("search", query="is:sample")] == ["Nozzle"]
    assert house.core.ask("search", query="is:sample other") == ()


def test_a_sample_nobody_knows(house: SampleHouse) -> None:
    for given in ("s9", "SMP-2026-0099", "nine"):
        with pytest.raises(NotFound, match="no sample"):
            house.core.ask("sample", id=given)
    with pytest.raises(RefusedByRule, match="Nobody knows for whom"):
        house.core.do("new_sample")


# -- unattended ----------------------------------------------------------------------------------------------------------


def test_only_a_customer_who_is_tagged_is_asked_unattended_and_only_while_they_work(house: SampleHouse) -> None:
    house.asked()
    house.core.do("waive", thread="t1", reason="we are at it")
    house.core.do("edit_company", id="o1", country="NL")
    house.on_its_way()
    house.do("delivered_sample")
    thursday_noon_there = datetime(2026, 3, 5, 20, tzinfo=HERE)
    house.at(thursday_noon_there)
    assert house.core.send_nudges() == ()
    assert house.state == "delivered"
    house.core.do("tag", id="o1", add=("ask-unattended",))
    house.at(datetime(2026, 3, 5, 9, tzinfo=HERE))  # one in the night at Jan's
    assert house.core.send_nudges() == ()
    house.at(thursday_noon_there)
    assert len(house.core.send_nudges()) == 1
    assert house.state == "feedback_requested"
    assert "Auto-Submitted: auto-generated" in house.transport.accepted[0].raw.decode()


def test_a_draft_that_a_person_wrote_on_is_that_persons_to_send(house: SampleHouse) -> None:
    house.asked()
    house.core.do("waive", thread="t1", reason="we are at it")
    house.core.do("tag", id="o1", add=("ask-unattended",))
    house.on_its_way()
    house.do("delivered_sample")
    (row,) = house.drafts()
    house.core.do("draft", thread=row.thread_id, draft=row.id, body="Dear Jan, I call you tomorrow.")
    house.at(datetime(2026, 3, 5, 20, tzinfo=HERE))
    assert house.core.send_nudges() == ()
    assert house.state == "delivered"


def test_a_sample_of_theirs_is_looked_at_and_judged_and_never_leaves(house: SampleHouse) -> None:
    house.asked()
    house.do("edit_sample", item="Their nozzle", quantity="1", direction="theirs", kind="original")
    for state in ("spec_draft", "made"):
        house.do("advance_sample", state=state)
    house.do("check_sample", ok=["all"])
    house.do("photo_sample", files=[house.photo()])
    with pytest.raises(RefusedByRule):
        house.do("ship_sample", mode="hand_carry")
    assert house.row().parcel is None
    house.do("sample_feedback", verdict="ok", text="we can make it")
    assert (house.state, house.drafts()) == ("ok", [])
