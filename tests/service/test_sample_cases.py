"""The case lines of the sample section, each by its number, through the core on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from service.samplehouse import AWB, DELIVERED, HERE, MONDAY, SampleHouse, open_house
from sqlmodel import select

from mailcrm.domain.errors import RefusedByRule
from mailcrm.records import ActionEntry


def test_sample_case_01_shipping_without_a_photo_is_refused_and_names_the_step(house: SampleHouse) -> None:
    house.asked()
    house.signed()
    for state in ("making", "made"):
        house.do("advance_sample", state=state)
    house.do("check_sample", ok=["all"])
    with pytest.raises(RefusedByRule, match="Missing: a photo") as refused:
        house.do("ship_sample", carrier="dhl", awb=AWB)
    assert "sample photo SMP-2026-0001" in str(refused.value.hint)
    assert house.state == "checked"
    assert house.row().parcel is None


def test_sample_case_02_a_colour_edited_after_signing_voids_the_signature(house: SampleHouse) -> None:
    house.asked()
    house.signed()
    signature = house.row().signature
    assert signature is not None
    assert signature.holds
    house.do("edit_sample", colour="RAL 9005")
    row = house.row()
    assert (row.state, row.signature) == ("spec_draft", None)
    assert "colour" in str(row.history[-1].reason)
    with pytest.raises(RefusedByRule, match="the signature"):
        house.do("advance_sample", state="making")


def test_sample_case_03_a_signed_notice_delivers_and_the_draft_stands_ready_with_its_clock(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    row = house.row()
    assert (row.state, row.delivered_at) == ("delivered", DELIVERED)
    step = row.history[-1]
    assert (step.from_, step.to, step.actor, step.at) == ("shipped", "delivered", "mailcrm", DELIVERED)
    assert [one.kind for one in step.evidence] == ["message"]
    assert "signed by the courier" in str(step.reason)
    (draft,) = house.drafts()
    text = house.core.ask("draft", id=draft.id)
    assert draft.to == ("jan@acme.example",) or "jan@acme.example" in str(draft.to)
    assert "Spray nozzle A3 (POM, Pantone 185 C, 28/410)" in text.body
    assert "Sat 7 March 2026" in text.body
    assert "Which quantity do you have in mind for a first order?" in text.body
    assert text.attachments == ("paper:kf1/front.png",)
    line = house.line(view="now")
    assert (line.kind, line.band, line.suggested_template) == ("sample", "step", "sample_delivered")
    assert line.due is not None


def test_sample_case_04_the_same_mail_without_a_signature_only_suggests(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered", signed=False)
    assert house.state == "shipped"
    (proposal,) = house.proposals()
    assert (proposal.ref, proposal.kind) == ("s1", "question")
    assert "Unverified" in str(proposal.why)
    house.core.do("decide", item=proposal.id, answer="yes")
    assert (house.state, house.row().delivered_at) == ("delivered", DELIVERED)


def test_sample_case_05_a_waybill_of_nobody_is_ignored_and_logged_once(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered", awb="1234567891")
    house.room.sync(full=True)
    assert house.state == "shipped"
    assert house.proposals() == []
    with house.room.store.read() as session:
        logged = [row for row in session.exec(select(ActionEntry)) if row.verb == "courier_notice"]
    assert [row.after["awb"] for row in logged] == ["1234567891"]


def test_sample_case_06_the_notice_twice_is_one_transition(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    house.notice("delivered", DELIVERED + timedelta(hours=1), number=1)
    assert [step.to for step in house.row().history].count("delivered") == 1
    assert len(house.drafts()) == 1
    assert house.proposals() == []


_VIEWS = ("now", "today", "before-you-leave")


def _clock(tmp_path: Path, database: Path, count: str) -> Iterator[SampleHouse]:
    yield from open_house(tmp_path, database, f'[clock]\ncount = "{count}"\n')


@pytest.mark.parametrize(
    ("count", "due"),
    [
        ("elapsed", datetime(2026, 3, 8, 3, tzinfo=HERE)),  # Sunday 03:00
        ("workdays24", datetime(2026, 3, 9, 14, 30, tzinfo=HERE)),  # Monday 14:30
    ],
)
def test_sample_case_07_delivered_on_saturday_at_three(
    tmp_path: Path, sample_database: Path, count: str, due: datetime
) -> None:
    for house in _clock(tmp_path, sample_database, count):
        house.asked()
        house.on_its_way()
        house.notice("delivered", DELIVERED)
        assert len(house.drafts()) == 1
        assert house.line().due == due
        # `today` ends with the office day (cli.md): what falls due at night is `now`, and before one leaves.
        views = {
            view: house.sample in {row.id for row in house.core.ask("worklist", view=view).rows} for view in _VIEWS
        }
        assert views == {"now": count == "elapsed", "today": False, "before-you-leave": count == "elapsed"}
        house.at(due.replace(hour=0, minute=10))
        assert house.line(view="today").due == due


def test_sample_case_08_a_colleague_of_the_buyer_answers_and_the_sequence_stops(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("delivered")
    sent = house.send_draft(DELIVERED + timedelta(hours=8))
    assert house.state == "feedback_requested"
    due = house.line().due
    assert due is not None
    house.writes(
        "Hello, the nozzle fits. Eva for Jan",
        DELIVERED + timedelta(days=3),
        sender="Eva Smit <eva@acme.example>",
        in_reply_to=sent.message_id,
    )
    row = house.row()
    assert (row.state, row.history[-1].actor) == ("feedback_in", "mailcrm")
    house.at(due + timedelta(days=30))
    house.core.tick_steps()
    assert house.drafts() == []
    assert house.state == "feedback_in"


def test_sample_case_09_out_of_office_until_24_august_moves_the_follow_up_to_the_25th(house: SampleHouse) -> None:
    asked = datetime(2026, 8, 14, 15, tzinfo=HERE)  # a Friday: the follow-up would be due on Thursday the 20th
    house.asked(asked - timedelta(days=10))
    house.on_its_way()
    house.at(asked - timedelta(hours=2))
    house.do("delivered_sample")
    house.send_draft(asked)
    assert house.line().due == datetime(2026, 8, 20, 15, tzinfo=HERE)
    away = "I am out of the office until 24 August 2026 and have no access to my mail."
    house.writes(
        away, asked + timedelta(minutes=1), subject="Automatic reply: Nozzle", headers=["Auto-Submitted: auto-replied"]
    )
    assert house.line().due == datetime(2026, 8, 25, 15, tzinfo=HERE)
    house.at(datetime(2026, 8, 25, 14, 59, tzinfo=HERE))
    house.core.tick_steps()
    assert house.drafts() == []
    house.at(datetime(2026, 8, 25, 15, tzinfo=HERE))
    house.core.tick_steps()
    (draft,) = house.drafts()
    assert "had a chance to try" in house.core.ask("draft", id=draft.id).body
    assert house.line(view="now").suggested_template == "sample_followup_1"


def test_sample_case_10_a_customs_hold_is_an_exception_with_a_mail_for_the_customer(house: SampleHouse) -> None:
    house.asked()
    house.on_its_way()
    house.notice("exception", DELIVERED - timedelta(days=1))
    row = house.row()
    assert (row.state, row.history[-1].to) == ("exception", "exception")
    (draft,) = house.drafts()
    body = house.core.ask("draft", id=draft.id).body
    assert "longer than usual" in body
    assert AWB in body
    with pytest.raises(RefusedByRule, match="another parcel has to leave") as refused:
        house.do("advance_sample", state="shipped")
    assert "mailcrm sample ship SMP-2026-0001 --awb" in str(refused.value.hint)
    house.notice("delivered", DELIVERED)
    assert [step.to for step in house.row().history][-2:] == ["shipped", "delivered"]


def test_sample_case_11_the_manager_away_and_nobody_named_nobody_signs(house: SampleHouse) -> None:
    house.core.do("add_person", name="wang", manager=True)
    house.core.do("add_person", name="li")
    house.asked()
    house.do("edit_sample", item="A3", material="POM", colour="red", size="-", quantity="1")
    house.do("edit_sample", purpose="test", needed_by="2026-03-20", sample_paid_by="us", freight_paid_by="us")
    for state in ("spec_draft", "pending_sign"):
        house.do("advance_sample", state=state)
    with pytest.raises(RefusedByRule, match="li may not sign"):
        house.do("sign_sample")
    house.core.do("add_presence", person="wang", since="2026-03-01", until="2026-03-10")
    for name in ("li", "wang"):
        with pytest.raises(RefusedByRule, match="Nobody can sign today"):
            house.as_(name).do("sign_sample", id="s1")
    assert house.state == "pending_sign"
    house.core.do("add_person", name="zhao")
    house.core.do("add_person", name="wang", deputy="zhao")
    house.as_("zhao").do("sign_sample", id="s1")
    signature = house.row().signature
    assert signature is not None
    assert (signature.by, signature.part, signature.stands_for) == ("zhao", "deputy", "wang")
    assert MONDAY.astimezone(UTC) <= signature.at
