"""Templates on real threads: what the program knows stands in the mail, and the template that fits is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.adapters.smtp import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.queries.rows import Preview, WorklistRow

HOUR = timedelta(hours=1)
ANA = "ana@acme.example"


@pytest.fixture
def desk(room: Mailroom) -> Mailroom:
    """A room whose mail leaves, and in which Ana asks for a price."""
    transport = FakeTransport()
    world = replace(room.world, open_transport=lambda _account: transport)
    made = Mailroom(Core(world), world, room.server, room.clock)
    made.arrives(letter(f"Ana Tanaka <{ANA}>", "Valves", "Please quote 500 valves.", date=NOW - HOUR), NOW - HOUR)
    made.sync()
    return made


def row_of(desk: Mailroom) -> WorklistRow:
    (row,) = desk.core.ask("worklist", view="all").rows
    assert isinstance(row, WorklistRow)
    return row


def preview(desk: Mailroom, template: str | None = None, **chosen: object) -> Preview:
    shown = desk.core.ask("preview", thread=row_of(desk).thread_id, template=template, **chosen)
    assert isinstance(shown, Preview)
    return shown


def test_a_holding_reply_that_moves_a_promise_says_so(desk: Mailroom) -> None:
    thread, first = row_of(desk).thread_id, (NOW + 30 * HOUR).isoformat()
    assert "Thank you for your message." in preview(desk, hold=first).body
    desk.core.do("reply", thread=thread, hold=first, mode="send")
    desk.sync()
    moved = preview(desk, hold=(NOW + 60 * HOUR).isoformat(), reason="price", language="de")
    flat = " ".join(moved.body.split())
    assert "wir hatten Ihnen unsere vollständige Antwort zugesagt bis" in flat
    day = (NOW + 30 * HOUR).astimezone(UTC).day
    assert f"{day}. " in flat.partition("Leider")[0]
    (many,) = desk.core.ask("holds", requests=[{"thread": thread, "hold": (NOW + 60 * HOUR).isoformat()}])
    assert "We told you that you would have our full answer by" in many.preview.body
    desk.core.do("reply", thread=thread, hold=(NOW + 60 * HOUR).isoformat(), mode="send")
    assert [item.state for item in desk.core.ask("outbox")] == ["sent", "sent"]


def test_the_template_that_fits_is_suggested(desk: Mailroom) -> None:
    assert row_of(desk).suggested_template == "inquiry_ask"
    thread = row_of(desk).thread_id
    desk.core.do("reply", thread=thread, hold=(NOW + 30 * HOUR).isoformat(), mode="send")
    desk.sync()
    desk.clock.at = NOW + 29 * HOUR
    assert (row_of(desk).state, row_of(desk).suggested_template) == ("promise_at_risk", "promise_extend")


def test_a_complaint_is_received_first(room: Mailroom) -> None:
    room.arrives(
        letter(ANA, "Order 12", "The goods arrived broken, 40 pcs are defective.", date=NOW - HOUR), NOW - HOUR
    )
    room.sync()
    assert row_of(room).suggested_template == "complaint_received"


def test_what_is_likely_is_offered_beside_the_question(desk: Mailroom) -> None:
    shown = preview(desk, "sample_delivered")
    assert list(shown.missing) == ["sample", "delivered_on"]
    today = desk.world.policies.day(NOW)
    assert shown.defaults == {"delivered_on": today.isoformat()}
    assert shown.body == ""
    answered = preview(desk, "sample_delivered", variables={"sample": "S-12", **shown.defaults})
    assert (answered.missing, answered.defaults) == ({}, {})
    assert "S-12" in answered.body


@pytest.mark.parametrize(
    ("country", "language", "opening"),
    [
        ("JP", "en", "Dear Tanaka-san,"),
        ("KR", "en", "Dear Mr/Ms Tanaka,"),
        ("DE", "en", "Dear Mr/Ms Tanaka,"),
        ("DE", "de", "Sehr geehrte/r Frau/Herr Tanaka,"),
        ("BR", "pt", "Prezado(a) Ana Tanaka,"),
        ("IT", "it", "Dear Ana Tanaka,"),
    ],
)
def test_a_customer_is_addressed_as_at_home(desk: Mailroom, country: str, language: str, opening: str) -> None:
    (contact,) = [one for one in desk.core.ask("contacts") if one.address == ANA]
    desk.core.do("edit_contact", id=contact.id, country=country, language=language)
    shown = preview(desk, "plain_reply", variables={"body": "USD 1.20."})
    assert shown.body.split("\n", 1)[0] == opening
    assert shown.language == (language if language != "it" else "en")


def test_a_follow_up_of_a_quotation_goes_where_it_went_and_counts_as_a_nudge(desk: Mailroom) -> None:
    sent = NOW
    ours = letter(
        REP, "Re: Valves", "Our quotation. Does it suit you?", to=ANA, date=sent, message_id="q1@ningbo.example"
    )
    desk.arrives(ours, sent, b"Sent")
    desk.sync()
    desk.clock.at = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
    (due,) = [row for row in desk.core.ask("worklist", view="waiting").rows if row.state == "nudge_due"]
    shown = desk.core.ask(
        "preview", thread=due.thread_id, template="quote_followup_1", variables={"quotation": "Q-118"}
    )
    assert [one.address for one in shown.to] == [ANA]
    assert "Q-118" in shown.body
    desk.core.do(
        "reply", thread=due.thread_id, template="quote_followup_1", variables={"quotation": "Q-118"}, mode="send"
    )
    (after,) = [row for row in desk.core.ask("worklist", view="waiting").rows if row.thread_id == due.thread_id]
    assert (after.state, after.count) == ("nudged", 2)
