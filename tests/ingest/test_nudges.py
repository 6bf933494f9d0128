"""Nudges by hand and unattended: what they say, whom they go to, and that no answer of the customer's is overtaken by one."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from ingest.mailroom import REP, Mailroom, letter

from mailcrm.adapters.imap.fake import FakeMailSource
from mailcrm.adapters.smtp import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.domain.errors import Unreachable
from mailcrm.domain.waiting.steps import WaitingPolicy
from mailcrm.domain.words import say
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import MailAccount, Outgoing, TurnRecord

JAN = "jan@acme.example"
ASKED = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # Monday 16:00 in Shanghai, 09:00 where Jan is
QUESTION = "Which colour do you want for the valves?"
CET = "Wed, 04 Mar 2026 04:00:00 +0100"


@pytest.fixture
def transport() -> FakeTransport:
    """Where mail goes."""
    return FakeTransport()


def ask_jan(room: Mailroom) -> None:
    """Jan wrote, and we asked something back, on the phone."""
    asked_for = f"From: Jan de Vries <{JAN}>\r\nTo: {REP}\r\nSubject: Valves\r\nDate: {CET}\r\nMessage-ID: <inquiry@acme.example>\r\n\r\nPlease quote 500 valves.\r\n"
    room.arrives(asked_for.encode(), ASKED - timedelta(hours=5))
    ours = letter(
        REP,
        "Re: Valves",
        QUESTION,
        to=JAN,
        date=ASKED,
        in_reply_to="inquiry@acme.example",
        message_id="asked@ningbo.example",
    )
    room.arrives(ours, ASKED, b"Sent")


@pytest.fixture
def desk(room: Mailroom, transport: FakeTransport) -> Mailroom:
    """A room where the first nudge is sent unattended, and where we wait for Jan."""
    policies = room.world.policies
    first = replace(policies, waiting=replace(policies.waiting, automatic=frozenset({1})))
    world = replace(room.world, policies=first, open_transport=lambda _account: transport)
    made = Mailroom(Core(world), world, room.server, room.clock)
    ask_jan(made)
    made.sync()
    return made


def row_of(desk: Mailroom, view: str = "waiting") -> WorklistRow:
    (row,) = [row for row in desk.core.ask("worklist", view=view).rows if row.id.startswith("w")]
    assert isinstance(row, WorklistRow)
    return row


def answer(desk: Mailroom, at: datetime, body: str = "Red, please.") -> None:
    desk.arrives(letter(JAN, "Re: Valves", body, date=at, in_reply_to="asked@ningbo.example"), at)


def test_a_nudge_by_hand_quotes_what_we_asked(desk: Mailroom, transport: FakeTransport) -> None:
    desk.clock.at = DUE
    row = row_of(desk)
    preview = desk.core.ask("preview", thread=row.thread_id, template=row.suggested_template)
    assert [one.address for one in preview.to] == [JAN]
    assert f'"{QUESTION}"' in preview.body
    assert "Wed 4 March" in preview.body
    assert preview.body.startswith("Dear Jan de Vries,")
    assert f"> {QUESTION}" in preview.quoted
    desk.core.do("reply", thread=row.thread_id, template="nudge_1", mode="send")
    (sent,) = transport.accepted
    mail = message_from_bytes(sent.raw, policy=policy.default)
    assert (mail["In-Reply-To"], mail["Auto-Submitted"]) == ("<asked@ningbo.example>", None)
    after = row_of(desk)
    assert (after.state, after.count, after.suggested_template) == ("nudged", 2, None)
    assert after.due == datetime(2026, 3, 11, 8, 0, tzinfo=UTC)  # five working days after our question
    desk.clock.at = after.due
    assert row_of(desk, "now").suggested_template == "nudge_2"


def test_a_nudge_written_in_the_composer_is_one_too(desk: Mailroom) -> None:
    desk.clock.at = DUE
    thread = row_of(desk).thread_id
    draft = desk.core.do("reply", thread=thread, template="nudge_1", body="My own words.", mode="draft").row
    desk.core.do("reply", thread=thread, body="My own better words.", mode="send", draft=draft.id)
    assert row_of(desk).state == "nudged"


def test_nobody_is_asked_for_a_nudge_that_is_on_its_way(desk: Mailroom) -> None:
    desk.clock.at = DUE
    thread = row_of(desk, "now").thread_id
    desk.core.do("reply", thread=thread, template="nudge_1", mode="queue")
    assert [row.id for row in desk.core.ask("worklist", view="now").rows] == []
    assert row_of(desk).band == "later"
    desk.core.do("undo")
    assert row_of(desk, "now").state == "nudge_due"


def test_another_mail_of_ours_begins_it_anew(desk: Mailroom) -> None:
    desk.clock.at = DUE
    desk.core.do("reply", thread=row_of(desk).thread_id, body="Here is the drawing that you wanted.", mode="send")
    after = row_of(desk)
    assert (after.state, after.count, after.due) == ("waiting", 1, datetime(2026, 3, 12, 8, 0, tzinfo=UTC))


def test_a_template_that_asks_starts_it_without_a_question_mark(desk: Mailroom) -> None:
    answer(desk, ASKED + timedelta(hours=1), "What is the price?")
    desk.clock.at = ASKED + timedelta(hours=2)
    desk.sync()
    (row,) = desk.core.ask("threads")
    cover = {"quotation": "Q-7", "valid_until": "2026-04-01"}
    desk.core.do("reply", thread=row.id, template="quote_cover", variables=cover, mode="send")
    assert row_of(desk).state == "waiting"


def test_an_unattended_nudge_leaves_when_it_is_due_and_closes_nothing(desk: Mailroom, transport: FakeTransport) -> None:
    desk.clock.at = DUE - timedelta(seconds=1)
    assert desk.core.send_nudges() == ()
    desk.clock.at = DUE
    assert len(desk.core.send_nudges()) == 1
    (sent,) = transport.accepted
    assert message_from_bytes(sent.raw)["Auto-Submitted"] == "auto-generated"
    after = row_of(desk)
    assert (after.state, after.count) == ("nudged", 2)
    assert [turn.answered_by for turn in desk.all(TurnRecord)] == [REP]
    assert desk.core.send_nudges() == ()
    desk.clock.at = after.due or DUE
    assert desk.core.send_nudges() == ()  # the second one is a person's
    assert len(transport.accepted) == 1


def test_an_answer_that_lies_in_the_mailbox_stops_it(desk: Mailroom, transport: FakeTransport) -> None:
    answer(desk, DUE - timedelta(seconds=5))
    desk.clock.at = DUE
    assert desk.core.send_nudges() == ()
    assert transport.accepted == []
    assert desk.all(Outgoing) == []


def test_an_answer_that_comes_after_it_was_queued_takes_it_back(desk: Mailroom, transport: FakeTransport) -> None:
    desk.clock.at = DUE
    transport.data_reply = "451 4.3.0 later"
    desk.core.send_nudges()
    assert [row.state for row in desk.all(Outgoing)] == ["deferred"]
    answer(desk, DUE + timedelta(seconds=30))
    transport.data_reply = "250 2.0.0 accepted"
    desk.clock.at = DUE + timedelta(minutes=2)
    desk.core.send_due()
    assert [row.state for row in desk.all(Outgoing)] == ["cancelled"]
    assert transport.accepted == []


def test_an_answer_that_is_stored_while_the_server_is_called_takes_it_back(
    desk: Mailroom, transport: FakeTransport
) -> None:
    class Slow(FakeTransport):
        """A server that takes so long for the recipients that meanwhile a mail is fetched."""

        def probe(self) -> None:
            answer(desk, DUE + timedelta(seconds=1))
            desk.clock.at = DUE + timedelta(seconds=2)
            second = Core(replace(desk.world, open_transport=lambda _account: transport))
            second.do("import_mail", paths=[letter_file], account="work", live=True)

    letter_file = desk.world.home / "answer.eml"
    letter_file.write_bytes(letter(JAN, "Re: Valves", "Red.", date=DUE, in_reply_to="asked@ningbo.example"))
    slow = Slow()
    core = Core(replace(desk.world, open_transport=lambda _account: slow))
    desk.clock.at = DUE
    core.send_nudges()
    assert [row.state for row in desk.all(Outgoing)] == ["cancelled"]
    assert slow.accepted == []


def test_it_waits_for_the_customers_morning(desk: Mailroom, transport: FakeTransport) -> None:
    desk.core.do("wait", thread=row_of(desk).thread_id, days=3)  # counted from 17:00: 10:00 where Jan is
    desk.clock.at = datetime(2026, 3, 9, 16, 30, tzinfo=UTC)
    assert desk.core.send_nudges() == ()
    desk.clock.at = datetime(2026, 3, 10, 7, 30, tzinfo=UTC)
    assert desk.core.send_nudges() == ()
    desk.clock.at = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
    assert len(desk.core.send_nudges()) == 1
    assert len(transport.accepted) == 1


def test_what_a_person_must_decide_is_never_sent_by_itself(desk: Mailroom, transport: FakeTransport) -> None:
    elsewhere = letter("eva@acme.example", "Flanges", "Do you have flanges?", date=ASKED + timedelta(hours=1))
    desk.arrives(elsewhere, ASKED + timedelta(hours=1))
    desk.clock.at = DUE
    assert desk.core.send_nudges() == ()
    assert row_of(desk).kind == "question"
    desk.core.do("decide", item=row_of(desk).id, answer="yes")
    assert len(desk.core.send_nudges()) == 1
    assert len(transport.accepted) == 1


def test_a_nudge_that_was_refused_is_not_tried_by_itself_again(desk: Mailroom, transport: FakeTransport) -> None:
    desk.clock.at = DUE
    transport.data_reply = "554 5.7.1 no"
    desk.core.send_nudges()
    assert [row.state for row in desk.all(Outgoing)] == ["failed"]
    assert desk.core.send_nudges() == ()
    assert row_of(desk, "now").state == "nudge_due"


def test_without_reading_the_mailbox_nothing_leaves(desk: Mailroom, transport: FakeTransport) -> None:
    def nobody(account: MailAccount, stop: threading.Event | None = None) -> FakeMailSource:
        del account, stop
        raise Unreachable(say("Nobody answers."), say("Try again."))

    core = Core(replace(desk.world, open_source=nobody))
    desk.clock.at = DUE
    assert core.send_nudges() == ()
    assert transport.accepted == []


def test_by_default_nothing_is_sent_unattended(room: Mailroom) -> None:
    assert room.world.policies.waiting.automatic == WaitingPolicy().automatic == frozenset()
