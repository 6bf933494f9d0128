"""Waiting for them, from mail to worklist: what starts it, what is asked about it, what a person says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.records import Contact, WaitRecord

JAN, EVA = "jan@acme.example", "eva@acme.example"
ASKED = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)  # a Wednesday, 16:00 in Shanghai
QUESTION = "Which colour do you want for the valves?"


def write(
    room: Mailroom, body: str = QUESTION, at: datetime = ASKED, *, to: str = JAN, answers: str = "", key: str = ""
) -> None:
    """File a mail of ours in Sent, as the phone does."""
    raw = letter(
        REP, "Re: Valves", body, to=to, date=at, in_reply_to=answers, message_id=key or f"{at:%d%H%M}@ningbo.example"
    )
    room.arrives(raw, at, b"Sent")


def receive(
    room: Mailroom,
    body: str,
    at: datetime,
    *,
    sender: str = JAN,
    answers: str = "",
    key: str = "",
    headers: tuple[str, ...] = (),
) -> None:
    subject = "Re: Valves" if answers else "Valves"
    raw = letter(
        sender,
        subject,
        body,
        date=at,
        in_reply_to=answers,
        message_id=key or f"{at:%d%H%M%S}@acme.example",
        headers=headers,
    )
    room.arrives(raw, at)


def look(room: Mailroom, now: datetime = NOW, view: str = "waiting") -> list[Any]:
    room.clock.at = now
    return [row for row in room.core.ask("worklist", view=view).rows if row.id.startswith("w")]


@pytest.fixture
def asked(room: Mailroom) -> Mailroom:
    """A room in which Jan wrote, and we asked something back."""
    receive(room, "Please quote 500 valves.", ASKED - timedelta(hours=5), key="inquiry@acme.example")
    write(room, answers="inquiry@acme.example", key="asked@ningbo.example")
    room.sync()
    return room


def test_a_question_of_ours_is_waited_on(asked: Mailroom) -> None:
    (row,) = look(asked)
    assert (row.kind, row.state, row.band) == ("nudge", "waiting", "later")
    assert (row.gist, row.company, row.count) == (QUESTION, "acme.example".partition(".")[0].capitalize(), 1)
    assert row.due == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # Thursday, Friday, Monday
    assert look(asked, view="now") == []
    assert [one.id for one in look(asked, view="all")] == [row.id]


def test_a_nudge_that_is_due_is_a_step(asked: Mailroom) -> None:
    due = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    (row,) = look(asked, due, "now")
    assert (row.state, row.band, row.suggested_template) == ("nudge_due", "step", "nudge_1")
    assert look(asked, due - timedelta(seconds=1), "now") == []


def test_an_answer_ends_it(asked: Mailroom) -> None:
    receive(asked, "Red, please.", ASKED + timedelta(hours=1), answers="asked@ningbo.example")
    asked.sync()
    assert look(asked) == []


def test_an_out_of_office_moves_it(asked: Mailroom) -> None:
    note = "I am out of the office until 19 March and will reply on my return."
    receive(
        asked,
        note,
        ASKED + timedelta(minutes=1),
        answers="asked@ningbo.example",
        headers=("Auto-Submitted: auto-replied",),
    )
    asked.sync()
    (row,) = look(asked)
    assert row.due == datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
    assert "away" in row.flags
    (contact,) = asked.all(Contact)
    assert contact.away_until.date().isoformat() == "2026-03-19"


def test_the_week_is_the_customers(asked: Mailroom) -> None:
    (contact,) = asked.core.ask("contacts")
    asked.core.do("wait", thread=look(asked)[0].thread_id, days=2)
    assert look(asked)[0].due == datetime(2026, 3, 6, 9, 0, tzinfo=UTC)  # Thursday, Friday
    asked.core.do("edit_company", id=contact.company_id, country="SA")
    assert look(asked)[0].due == datetime(2026, 3, 8, 9, 0, tzinfo=UTC)  # Thursday, Sunday
    asked.core.do("undo")
    assert look(asked)[0].due == datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def test_what_they_write_elsewhere_is_asked_about(asked: Mailroom) -> None:
    receive(asked, "Do you have flanges too?", ASKED + timedelta(hours=2), sender=EVA)
    asked.sync()
    (row,) = look(asked, view="now")
    assert (row.kind, row.due, row.suggested_template) == ("question", None, None)
    asked.core.do("decide", item=row.id, answer="yes")
    (row,) = look(asked)
    assert (row.kind, row.state) == ("nudge", "waiting")
    asked.core.do("undo")
    (row,) = look(asked)
    asked.core.do("decide", item=row.thread_id, answer="no")
    assert look(asked) == []
    with pytest.raises(RefusedByRule):
        asked.core.do("decide", item=row.id, answer="no")


def test_it_doesnt_matter_which_thread_is_read_first(room: Mailroom) -> None:
    receive(room, "Please quote 500 valves.", ASKED - timedelta(hours=5), key="inquiry@acme.example")
    receive(room, "Do you have flanges too?", ASKED + timedelta(minutes=30), sender=EVA)
    room.sync()
    write(room, answers="inquiry@acme.example")
    room.sync()
    assert [row.kind for row in look(room)] == ["question"]


def test_of_several_mails_elsewhere_the_last_is_asked_about(asked: Mailroom) -> None:
    for hours in (2, 3, 4):
        receive(asked, f"Do you have {hours} flanges too?", ASKED + timedelta(hours=hours), sender=EVA)
    asked.sync()
    (row,) = look(asked, view="now")
    asked.core.do("decide", item=row.id, answer="yes")
    assert [row.kind for row in look(asked)] == ["nudge"]
    receive(asked, "And gaskets?", ASKED + timedelta(hours=5), sender=EVA)
    asked.sync()
    assert [row.kind for row in look(asked, view="now")] == ["question"]
    asked.core.do("rebuild")
    assert [row.kind for row in look(asked, view="now")] == ["question"]


def test_somebody_of_another_firm_at_their_domain_hides_nobody(asked: Mailroom) -> None:
    receive(asked, "Please quote 20 pumps.", ASKED - timedelta(hours=9), sender="tom@pumps.example")
    receive(asked, "Please quote 30 valves.", ASKED - timedelta(hours=8), sender=EVA)
    asked.sync()
    eva = next(row.id for row in asked.core.ask("contacts") if row.address == "eva@acme.example")
    pumps = next(row.id for row in asked.core.ask("companies") if row.name == "Pumps")
    asked.core.do("edit_contact", id=eva, company=pumps)
    receive(asked, "Thank you.", ASKED + timedelta(minutes=10), sender="store@acme.example")
    receive(asked, "Do you have flanges too?", ASKED + timedelta(minutes=20), sender=EVA)
    asked.sync()
    assert "question" in [row.kind for row in look(asked, view="now")]


def test_a_mail_that_was_taken_for_human_by_mistake_asks_no_more(asked: Mailroom) -> None:
    receive(asked, "Do you have flanges too?", ASKED + timedelta(hours=2), sender=EVA, key="flanges@acme.example")
    asked.sync()
    asked.core.do("classify", message="flanges@acme.example", kind="bulk")
    assert [row.kind for row in look(asked)] == ["nudge"]


def test_a_person_waits_changes_parks_and_stops(room: Mailroom) -> None:
    receive(room, "Please quote 500 valves.", ASKED - timedelta(hours=5), key="inquiry@acme.example")
    write(room, "The price is USD 12.50.", answers="inquiry@acme.example")
    room.sync()
    assert look(room) == []
    (thread,) = (row.id for row in room.core.ask("threads"))
    room.core.do("wait", thread=thread)
    assert look(room)[0].due == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    room.core.do("wait", thread=thread, days=1)
    assert look(room)[0].due == NOW + timedelta(days=1)
    room.core.do("undo")
    assert look(room)[0].due == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    room.core.do("wait", thread=thread, until="2026-04-01 09:00+08:00")
    (row,) = look(room)
    assert (row.state, row.due) == ("parked", datetime(2026, 4, 1, 1, 0, tzinfo=UTC))
    assert look(room, datetime(2026, 4, 1, 1, 0, tzinfo=UTC), "now")[0].state == "nudge_due"
    room.clock.at = NOW
    room.core.do("wait", thread=thread, days=0)
    assert look(room) == []
    with pytest.raises(RefusedByRule):
        room.core.do("wait", thread=thread, days=0)
    room.core.do("undo")
    assert look(room)[0].state == "parked"


def test_nobody_waits_for_whom_he_owes_an_answer(room: Mailroom) -> None:
    receive(room, "Please quote 500 valves.", ASKED)
    room.sync()
    (row,) = room.core.ask("threads")
    with pytest.raises(RefusedByRule):
        room.core.do("wait", thread=row.id)
    with pytest.raises(UsageError):
        room.core.do("wait", thread=row.id, days=-1)
    with pytest.raises(UsageError):
        room.core.do("wait", thread=row.id, days=3, until="+3d")


def test_a_thread_of_old_mail_can_be_waited_on(room: Mailroom) -> None:
    old = datetime(2026, 2, 10, 2, 0, tzinfo=UTC)
    receive(room, "Please quote 500 valves.", old)
    room.sync()
    (row,) = room.core.ask("threads")
    assert look(room) == []
    room.core.do("wait", thread=row.id, days=2)
    (wait,) = look(room)
    assert (wait.contact, wait.due) == (JAN, NOW + timedelta(days=2))
    receive(room, "Hello again, any news?", NOW + timedelta(hours=1), answers=f"{old:%d%H%M%S}@acme.example")
    room.clock.at = NOW + timedelta(hours=2)
    room.sync()
    assert look(room) == []


def test_a_failed_address_is_told(room: Mailroom) -> None:
    write(room, to="nobody@acme.example", key="asked@ningbo.example")
    room.sync()
    report = (
        "Your message could not be delivered.\r\n\r\n<nobody@acme.example>: 550 5.1.1 no such user\r\n"
        "\r\nMessage-ID: <asked@ningbo.example>\r\n"
    )
    receive(
        room, report, ASKED + timedelta(minutes=1), sender="MAILER-DAEMON@mx.example", answers="asked@ningbo.example"
    )
    room.sync()
    (row,) = look(room, view="now")
    assert (row.state, row.band, row.suggested_template) == ("failed", "step", None)


def test_a_thread_that_was_put_away_waits_out_of_sight(asked: Mailroom) -> None:
    (row,) = look(asked)
    asked.core.do("done", thread=row.thread_id)
    assert look(asked, view="all") == []
    asked.core.do("undo")
    assert len(look(asked, view="all")) == 1


def test_the_table_can_be_made_anew(asked: Mailroom) -> None:
    receive(asked, "Do you have flanges too?", ASKED + timedelta(hours=2), sender=EVA)
    asked.sync()
    before = asked.digest()["wait"]
    asked.core.do("rebuild")
    assert asked.digest()["wait"] == before
    assert before[0] == 1


def test_merged_threads_wait_together(asked: Mailroom) -> None:
    write(asked, "And which packing do you prefer?", ASKED + timedelta(minutes=20), key="packing@ningbo.example")
    asked.sync()
    first, second = sorted(row.thread_id for row in look(asked))
    asked.core.do("merge", thread=first, other=second)
    (row,) = look(asked)
    assert row.gist == "And which packing do you prefer?"
    asked.core.do("undo")
    assert len(look(asked)) == 2


def test_whoever_is_unusually_silent_is_marked(room: Mailroom) -> None:
    for week in range(6):
        receive(room, f"Question {week}: what is the price?", datetime(2025, 9, 1, tzinfo=UTC) + timedelta(weeks=week))
    write(room)
    room.sync()
    (row,) = look(room)
    assert "silent" in row.flags
    (contact,) = room.core.ask("contacts")
    assert (contact.silent, contact.usual_pause_days) == (True, 7)
    receive(room, "Back again: what is the price?", NOW - timedelta(minutes=5))
    room.sync()
    (contact,) = room.core.ask("contacts")
    assert contact.silent is False


def test_no_wait_outlives_its_thread(asked: Mailroom) -> None:
    assert len(asked.all(WaitRecord)) == 1
