"""What people say goes into the ledger: this answers that too, a call, a note, a task, a thread taken up. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter, picture
from ingest.test_questions import report

from mailcrm.adapters.smtp.fake import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.records import Task, TurnRecord

H = timedelta(hours=1)
JAN = "Jan <jan@acme.example>"


@pytest.fixture
def sending(room: Mailroom) -> Mailroom:
    """A room whose mail is accepted by a server in memory."""
    transport = FakeTransport()
    room.world = replace(room.world, open_transport=lambda _account: transport)
    room.core = Core(room.world)
    return room


def two_open(room: Mailroom) -> tuple[str, str]:
    """Let two mails of one buyer wait on two threads; return these."""
    room.arrives(letter(JAN, "Valves", message_id="1@a", date=NOW - 5 * H), at=NOW - 5 * H)
    room.arrives(letter(JAN, "PO 8812", "When is it packed?", message_id="2@a", date=NOW - 3 * H), at=NOW - 3 * H)
    room.sync()
    ids = {row.subject: row.id for row in room.core.ask("threads")}
    return ids["Valves"], ids["PO 8812"]


def state(room: Mailroom, thread: str) -> tuple[str, Any]:
    row = room.core.ask("thread", id=thread)
    return row.state, row.result


def bounced(room: Mailroom, sent: str, recipient: str, at: datetime) -> None:
    room.clock.at = at
    room.arrives(report(sent, recipient), at=at)
    room.sync()


def events(room: Mailroom, thread: str) -> list[str]:
    return [line.event for line in room.core.ask("explain", id=thread)]


def test_case_34_a_ticked_thread_closes_with_the_reply_and_one_not_ticked_runs_on(sending: Mailroom) -> None:
    room = sending
    valves, order = two_open(room)
    room.arrives(letter(JAN, "Samples", message_id="3@a", date=NOW - 2 * H), at=NOW - 2 * H)
    room.sync()
    offered = room.core.ask("also_open", thread=valves)
    assert [(row.subject, row.due) for row in offered] == [("PO 8812", NOW + 21 * H), ("Samples", NOW + 22 * H)]
    room.core.do("reply", thread=valves, mode="send", body="1.20. PO 8812 is packed.", also=[offered[0].shown])
    assert (state(room, valves), state(room, order)) == (("closed", "met"), ("closed", "met"))
    row = room.core.ask("thread", id=offered[1].thread_id)
    assert (row.state, row.due) == ("running", NOW + 22 * H)
    assert (events(room, order), row.external) == (["TurnOpened", "TurnClosed"], False)
    assert room.core.do("rebuild").row.changed == 0


def test_also_answers_travels_with_send_later_and_covers_what_was_shown(sending: Mailroom) -> None:
    room = sending
    valves, order = two_open(room)
    room.core.do("reply", thread=valves, mode="at", at="2026-03-04T18:00+08:00", body="Both.", also=[order])
    assert state(room, order)[0] == "running"
    late = letter(JAN, "Re: PO 8812", "And the colour?", message_id="4@a", in_reply_to="2@a", date=NOW + H / 2)
    room.clock.at = NOW + H / 2
    room.arrives(late, at=NOW + H / 2)
    room.sync()
    room.clock.at = NOW + 2 * H
    room.core.do("outbox_flush")
    assert state(room, valves) == ("closed", "met")
    row = room.core.ask("thread", id=order)
    assert (row.state, row.due) == ("running", NOW + 24.5 * H)
    (turn,) = [turn for turn in room.all(TurnRecord) if not turn.end]
    assert turn.late_arrivals


def test_also_answers_survives_a_merge_and_a_bounce_reopens_both(sending: Mailroom) -> None:
    room = sending
    valves, order = two_open(room)
    room.core.do("reply", thread=valves, mode="send", body="Both.", also=[order])
    sent = room.core.ask("thread", id=valves).messages[-1].message_id
    bounced(room, sent, "jan@acme.example", NOW + H / 60)
    assert (state(room, valves)[0], state(room, order)[0]) == ("running", "running")
    assert events(room, order) == ["TurnOpened", "ReplyUndelivered", "TurnReopened"]
    before = picture(room.store)
    merged = room.core.do("merge", thread=valves, other=order)
    (turn,) = room.all(TurnRecord)
    assert turn.anchor == NOW - 5 * H
    room.core.do("undo", id=merged.action)
    assert picture(room.store) == before


def test_what_is_not_open_or_not_the_customers_cannot_be_ticked(room: Mailroom) -> None:
    valves, order = two_open(room)
    room.arrives(letter("kim@beta.example", "Pumps", message_id="5@b"))
    room.sync()
    pumps = next(row.id for row in room.core.ask("threads") if row.subject == "Pumps")
    for other in (pumps, valves):
        with pytest.raises(RefusedByRule):
            room.core.do("reply", thread=valves, mode="draft", body="Both.", also=[other])
    room.core.do("waive", thread=order, reason="told by phone")
    with pytest.raises(RefusedByRule):
        room.core.do("reply", thread=valves, mode="draft", body="Both.", also=[order])


def test_case_26_one_key_says_that_the_mail_that_came_meanwhile_was_answered_too(sending: Mailroom) -> None:
    room = sending
    room.arrives(letter(JAN, "Valves", message_id="1@a", date=NOW - 5 * H), at=NOW - 5 * H)
    room.sync()
    thread = room.core.ask("threads")[0].id
    seen = room.core.ask("preview", thread=thread).seen_until
    with pytest.raises(RefusedByRule):
        room.core.do("answered_too", thread=thread)
    late = letter(JAN, "Re: Valves", "In brass?", message_id="2@a", in_reply_to="1@a", date=NOW - H / 10)
    room.arrives(late, at=NOW - H / 10)
    room.sync()
    room.core.do("reply", thread=thread, mode="send", body="1.20, in brass too.", seen_until=seen)
    (row,) = room.core.ask("worklist", view="now").rows
    assert "arrived_while_you_wrote" in row.flags
    done = room.core.do("answered_too", thread=thread)
    assert state(room, thread) == ("closed", "met")
    assert events(room, thread)[-1] == "AnswerConfirmed"
    room.core.do("undo", id=done.action)
    assert state(room, thread)[0] == "running"


def test_case_39_a_logged_chat_closes_the_open_turn_at_its_time_and_is_kept(room: Mailroom) -> None:
    room.arrives(letter(JAN, "Valves", message_id="1@a", date=NOW - 5 * H), at=NOW - 5 * H)
    room.sync()
    thread = room.core.ask("threads")[0]
    done = room.core.do("log", contact=thread.contact_id, channel="whatsapp", text="answered 07:10: 1.20 a piece")
    row = room.core.ask("thread", id=thread.id)
    assert (row.state, row.result, row.external) == ("closed", "met", True)
    assert row.answered_at == NOW - timedelta(hours=1, minutes=50)
    assert [(note.channel, note.text) for note in row.notes] == [("whatsapp", "answered 07:10: 1.20 a piece")]
    room.core.do("undo", id=done.action)
    assert (state(room, thread.id)[0], room.core.ask("thread", id=thread.id).notes) == ("running", ())


def test_with_several_open_turns_a_log_says_which(room: Mailroom) -> None:
    valves, order = two_open(room)
    contact = room.core.ask("thread", id=valves).contact_id
    with pytest.raises(RefusedByRule, match=valves):
        room.core.do("log", contact=contact, channel="phone", text="told the price")
    room.core.do("log", contact="JAN@acme.example", channel="phone", text="told the price", thread=valves)
    assert (state(room, valves)[0], state(room, order)[0]) == ("closed", "running")


def test_a_log_with_nothing_open_is_kept_with_the_contact(room: Mailroom) -> None:
    room.arrives(letter(JAN, "Valves", message_id="1@a"))
    room.sync()
    thread = room.core.ask("threads")[0]
    room.core.do("waive", thread=thread.id, reason="told by phone")
    kept = room.core.do("log", contact=thread.contact_id, channel="fair", text="met at the stand").row
    assert (kept.id, kept.state) == (thread.id, "waived")
    assert [note.text for note in kept.notes] == ["met at the stand"]


def test_a_call_of_theirs_opens_a_turn_that_a_mail_answers_without_quoting_the_log(sending: Mailroom) -> None:
    room = sending
    room.arrives(letter(JAN, "Valves", message_id="1@a"))
    room.sync()
    first = room.core.ask("threads")[0]
    room.core.do("waive", thread=first.id, reason="told by phone")
    done = room.core.do(
        "log",
        contact=first.contact_id,
        channel="phone",
        text="He sounds angry.\nWants 200 more.",
        inbound=True,
        at="08:00",
    )
    (row,) = room.core.ask("worklist", view="now").rows
    assert (row.kind, row.state, row.due, row.subject) == ("reply", "running", NOW + 23 * H, "He sounds angry.")
    assert room.core.ask("preview", thread=row.thread_id).quoted == ""
    room.core.do("reparse", every=True)
    assert room.core.do("rebuild").row == replace(room.core.do("rebuild").row, changed=0)
    assert room.core.ask("thread", id=row.thread_id).messages[0].channel == "phone"
    room.core.do("undo", id=done.action)
    assert room.core.ask("worklist", view="now").rows == ()
    room.core.do("log", contact=first.contact_id, channel="phone", text="Wants 200 more.", inbound=True)
    (row,) = room.core.ask("worklist", view="now").rows
    room.core.do("reply", thread=row.thread_id, mode="send", body="You get them.")
    assert state(room, row.thread_id) == ("closed", "met")


def test_a_log_needs_a_known_contact_a_channel_words_and_a_time_that_has_been(room: Mailroom) -> None:
    room.arrives(letter(JAN, "Valves", message_id="1@a"))
    room.sync()
    contact = room.core.ask("threads")[0].contact_id
    with pytest.raises(NotFound):
        room.core.do("log", contact="c99", channel="phone", text="hello")
    with pytest.raises(UsageError):
        room.core.do("log", contact=contact, channel="smoke", text="hello")
    with pytest.raises(UsageError):
        room.core.do("log", contact=contact, channel="phone", text=" ")
    with pytest.raises(RefusedByRule):
        room.core.do("log", contact=contact, channel="phone", text="hello", at="2026-03-05T10:00")


def test_a_note_stands_in_the_thread_and_its_story_and_moves_no_clock(room: Mailroom) -> None:
    valves, _order = two_open(room)
    before = [repr(turn) for turn in room.all(TurnRecord)]
    done = room.core.do("note", about=valves, text="Pays late.")
    assert [note.text for note in done.row.notes] == ["Pays late."]
    assert events(room, valves) == ["TurnOpened", "NoteWritten"]
    assert [repr(turn) for turn in room.all(TurnRecord)] == before
    by_contact = room.core.do("note", about=done.row.contact_id, text="Likes tea.").row
    assert [note.text for note in by_contact.notes] == ["Likes tea."]
    with pytest.raises(UsageError):
        room.core.do("note", about=valves, text=" ")


def test_a_task_is_listed_done_and_taken_back(room: Mailroom) -> None:
    valves, _order = two_open(room)
    added = room.core.do("task_add", text="Ask the factory", about=valves, due="Thu 17:00")
    row = added.row
    assert (str(row.title), row.thread_id, row.contact, row.due) == ("Ask the factory", valves, "Jan", NOW + 32 * H)
    listed = [row for row in room.core.ask("worklist", view="all").rows if row.kind == "task"]
    assert [(row.id, str(row.why), row.band) for row in listed] == [(row.id, "Ask the factory", "later")]
    room.core.do("task_add", text="Call the bank")
    done = room.core.do("task_done", id=row.id)
    assert [str(row.title) for row in room.core.ask("tasks")] == ["Call the bank"]
    assert len(room.core.ask("tasks", done=True)) == 2
    with pytest.raises(RefusedByRule):
        room.core.do("task_done", id=row.id)
    room.core.do("undo", id=done.action)
    assert len(room.core.ask("tasks")) == 2
    room.core.do("undo", id=added.action)
    assert [str(row.title) for row in room.core.ask("tasks")] == ["Call the bank"]


def test_case_08_one_of_two_recipients_that_failed_is_a_task_made_once(sending: Mailroom) -> None:
    room = sending
    mail = letter(JAN, "Valves", message_id="1@a", headers=["Cc: mia@acme.example"], date=NOW - 5 * H)
    room.arrives(mail, at=NOW - 5 * H)
    room.sync()
    thread = room.core.ask("threads")[0].id
    room.core.do("reply", thread=thread, mode="send", body="1.20.")
    sent = room.core.ask("thread", id=thread).messages[-1].message_id
    bounced(room, sent, "mia@acme.example", NOW + H / 60)
    assert state(room, thread) == ("closed", "met")
    (task,) = room.core.ask("tasks")
    assert "mia@acme.example" in str(task.title)
    assert (task.thread_id, task.contact) == (thread, "Jan")
    done = room.core.do("task_done", id=task.id)
    room.core.do("rebuild")
    room.core.do("reparse", every=True)
    assert (room.core.ask("tasks"), len(room.all(Task))) == ((), 1)
    room.core.do("undo", id=done.action)
    bounced(room, sent, "jan@acme.example", NOW + H / 30)
    assert state(room, thread)[0] == "running"
    assert [str(task.title).count("mia@") for task in room.core.ask("tasks")] == [1]


def test_a_forgotten_thread_is_taken_up_with_its_true_age_outside_the_figures(sending: Mailroom) -> None:
    room = sending
    old = GO_LIVE - timedelta(days=2)
    room.arrives(letter(JAN, "Forgotten", message_id="0@a", date=old - 30 * H), at=old - 30 * H)
    answer = letter(REP, "Re: Forgotten", "Yes.", to=JAN, message_id="us@us", in_reply_to="0@a", date=old - 20 * H)
    room.arrives(answer, at=old - 20 * H, folder=b"Sent")
    room.arrives(letter(JAN, "Re: Forgotten", message_id="1@a", in_reply_to="us@us", date=old), at=old)
    room.sync()
    (forgotten,) = room.core.ask("forgotten")
    done = room.core.do("adopt", thread=forgotten.id)
    (row,) = room.core.ask("worklist", view="now").rows
    assert (row.kind, row.band, row.arrived_at, row.due) == ("reply", "overdue", old, old + 24 * H)
    assert "adopted" in row.flags
    assert [turn.adopted for turn in room.all(TurnRecord)] == [True]
    assert room.core.ask("report_replies").turns == ()
    told = ["History", "TurnOpened", "DeadlineNeared", "DeadlinePassed", "ThreadAdopted"]
    assert events(room, forgotten.id) == told
    with pytest.raises(RefusedByRule):
        room.core.do("adopt", thread=forgotten.id)
    assert room.core.do("rebuild").row.changed == 0
    room.core.do("undo", id=done.action)
    assert (room.all(TurnRecord), len(room.core.ask("forgotten"))) == ([], 1)
    room.core.do("adopt", thread=forgotten.id)
    room.core.do("reply", thread=forgotten.id, mode="send", body="We are sorry.")
    assert state(room, forgotten.id) == ("closed", "late")
