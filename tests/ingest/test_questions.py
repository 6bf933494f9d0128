"""What no header tells is asked: a reply sent from elsewhere, a customer's mail that a colleague passed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from ingest.mailroom import NOW, REP, Mailroom, letter, picture

from mailcrm.domain.errors import RefusedByRule
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Contact, TurnRecord

H = timedelta(hours=1)
JAN = "jan@acme.example"
COLLEAGUE = "Wang <wang@ningbo.example>"


def sent(
    room: Mailroom, subject: str, body: str = "It is 1.20 USD.", *, to: str = JAN, at: datetime = NOW - 2 * H
) -> None:
    """File a mail of ours in Sent that answers nothing by its headers."""
    room.arrives(letter(REP, subject, body, to=to, date=at), at=at, folder=b"Sent")


def asked(room: Mailroom, subject: str = "Valves", at: datetime = NOW - 30 * H, sender: str = JAN) -> None:
    room.arrives(letter(sender, subject, message_id=f"{subject}@{sender}".replace(" ", ""), date=at), at=at)


def rows(room: Mailroom, view: str = "now") -> list[WorklistRow]:
    return list(room.core.ask("worklist", view=view).rows)


def only(room: Mailroom, view: str = "now") -> WorklistRow:
    (row,) = rows(room, view)
    return row


def test_an_answer_without_headers_is_asked_about_in_the_place_of_its_turn_and_nothing_is_red(room: Mailroom) -> None:
    asked(room)
    room.sync()
    assert (only(room).kind, only(room).band) == ("reply", "overdue")
    sent(room, "RE: Valves")
    room.sync()
    row = only(room)
    assert (row.kind, row.state, row.band, row.overdue_seconds) == ("question", "running", "today", 0)
    assert (row.subject, row.due) == ("Valves", NOW - 6 * H)
    assert "RE: Valves" in str(row.why)
    assert "1.20 USD" in str(row.why)


def test_yes_closes_at_the_time_of_sending_and_is_taken_back_and_told(room: Mailroom) -> None:
    asked(room, at=NOW - 20 * H)
    sent(room, "RE: Valves")
    room.sync()
    row = only(room)
    done = room.core.do("decide", item=row.id, answer="yes")
    thread = room.core.ask("thread", id=row.thread_id)
    assert (thread.state, thread.result, thread.answered_at) == ("closed", "met", NOW - 2 * H)
    assert (thread.external, thread.answered_by) == (True, REP)
    assert [line.event for line in room.core.ask("explain", id=row.thread_id)][-2:] == ["TurnClosed", "AnswerConfirmed"]
    room.core.do("rebuild")
    assert room.core.do("rebuild").row.changed == 0
    room.core.do("undo", id=done.action)
    assert only(room).kind == "question"


def test_no_lets_it_run_on_and_is_never_asked_again(room: Mailroom) -> None:
    asked(room)
    sent(room, "RE: Valves")
    room.sync()
    done = room.core.do("decide", item=only(room).thread_id, answer="no")
    assert (only(room).kind, only(room).band) == ("reply", "overdue")
    room.core.do("reparse", every=True)
    assert only(room).kind == "reply"
    with pytest.raises(RefusedByRule):
        room.core.do("decide", item=only(room).id, answer="yes")
    events = [line.event for line in room.core.ask("explain", id=only(room).thread_id)]
    assert events == ["TurnOpened", "DeadlineNeared", "DeadlinePassed", "AnswerDenied"]
    room.core.do("undo", id=done.action)
    assert only(room).kind == "question"
    room.core.do("decide", item=only(room).id, answer="no")
    sent(room, "Re: Valves", "We can do 1.18.", at=NOW - H)
    room.sync()
    assert "1.18" in str(only(room).why)


@pytest.mark.parametrize(
    ("subject", "sent_subject", "body", "is_asked"),
    [
        ("PO 8812 packing", "Packing", "Re your PO 8812: 12 pieces a carton.", True),
        ("PO 8812 packing", "PO-8812", "12 pieces a carton.", True),
        ("PO 8812 packing", "Packing", "12 pieces a carton.", False),
        ("Fair 2026", "Fair 2026 in Hannover", "We come in 2026.", False),
        ("Valves 1200", "Prices", "It is 1200.50 USD.", False),
    ],
)
def test_a_mail_that_names_the_number_of_another_thread_is_asked_about(
    room: Mailroom, subject: str, sent_subject: str, body: str, is_asked: bool
) -> None:
    asked(room, subject)
    sent(room, sent_subject, body)
    room.sync()
    assert only(room).kind == ("question" if is_asked else "reply")


@pytest.mark.parametrize(
    "file",
    [
        lambda room: sent(room, "RE: Valves", to="kim@beta.example"),
        lambda room: sent(room, "RE: Valves", at=NOW - 31 * H),
        lambda room: sent(room, "RE: Pumps"),
        lambda room: room.arrives(
            letter(REP, "RE: Valves", to=JAN, references=["other@x"], date=NOW - H), at=NOW - H, folder=b"Sent"
        ),
    ],
    ids=["to somebody else", "before it was asked", "about something else", "an answer to another mail"],
)
def test_what_answers_something_else_is_not_asked_about(room: Mailroom, file: Callable[[Mailroom], None]) -> None:
    asked(room)
    file(room)
    room.sync()
    assert [row.kind for row in rows(room)] == ["reply"]


def test_the_order_of_reading_changes_nothing(room: Mailroom) -> None:
    sent(room, "RE: Valves")
    room.sync()
    asked(room)
    room.sync()
    room.core.do("decide", item=only(room).id, answer="yes")
    before = picture(room.store)
    room.core.do("rebuild")
    assert picture(room.store) == before
    assert rows(room) == []


def test_an_answer_that_came_back_after_a_yes_reopens(room: Mailroom) -> None:
    asked(room, at=NOW - 20 * H)
    at = NOW - 2 * H
    room.arrives(letter(REP, "RE: Valves", to=JAN, message_id="out@us", date=at), at=at, folder=b"Sent")
    room.sync()
    room.core.do("decide", item=only(room).id, answer="yes")
    room.arrives(report("out@us", JAN), at=NOW - H)
    room.sync()
    row = next(row for row in rows(room) if row.kind == "reply")
    assert ("bounced" in row.flags, row.due) == (True, NOW + 4 * H)


def report(original: str, recipient: str) -> bytes:
    """Return a delivery report of a hard failure."""
    lines = [
        "From: MAILER-DAEMON@mx.ningbo.example", f"To: {REP}", "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied", f"Message-ID: <report-{recipient}@mx.ningbo.example>", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="q"', "", "--q", "", "550 User unknown",
        "--q", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.ningbo.example", "",
        f"Final-Recipient: rfc822; {recipient}", "Action: failed", "Status: 5.1.1", "--q",
        "Content-Type: text/rfc822-headers", "", f"Message-ID: <{original}>", "--q--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


ORIGINAL = "From: Anna <anna@hamburg.example>\r\nSent: {sent}\r\nTo: Wang <wang@ningbo.example>\r\nSubject: Gate valves\r\n\r\nPlease quote 500."


def passed_on(
    room: Mailroom, written: str, *, to: str = REP, folder: bytes = b"INBOX", sender: str = COLLEAGUE
) -> None:
    body = f"He is slow to pay, take care.\r\n\r\n{ORIGINAL.format(sent=written)}"
    at = NOW - 2 * H
    raw = letter(sender, "Fwd: Gate valves", body, to=to, message_id="fwd@ningbo", date=at)
    room.arrives(raw, at=at, folder=folder)
    room.sync()


def test_case_14_a_mail_that_a_colleague_passed_on_is_taken_over_with_its_own_age(room: Mailroom) -> None:
    passed_on(room, "Wednesday, March 4, 2026 1:00 AM")  # 06:00 before: the forward's clock is UTC
    row = only(room)
    assert (row.kind, row.contact, row.due, row.band) == ("question", "Anna", NOW + 16 * H, "today")
    assert "Wang" in str(row.why)
    done = room.core.do("decide", item=row.id, answer="yes")
    turn = only(room)
    assert (turn.kind, turn.state, turn.due, turn.contact, turn.company) == (
        "reply", "running", NOW + 16 * H, "Anna", "Hamburg",
    )  # fmt: skip
    assert ("routed_late" in turn.flags, turn.routed_late_seconds) == (True, 6 * 3600)
    preview = room.core.ask("preview", thread=turn.thread_id)
    assert [person.address for person in preview.to] == ["anna@hamburg.example"]
    assert preview.subject == "Re: Gate valves"
    assert "Please quote 500" in preview.quoted
    assert "slow to pay" not in preview.quoted
    assert [line.event for line in room.core.ask("explain", id=turn.thread_id)] == ["TurnOpened", "ForwardTaken"]
    assert room.core.do("rebuild").row.changed == 0
    room.core.do("undo", id=done.action)
    assert only(room).kind == "question"
    assert room.core.ask("thread", id=row.thread_id).contact_id is None


def test_a_forward_older_than_a_week_counts_from_its_arrival(room: Mailroom) -> None:
    passed_on(room, "Monday, February 16, 2026 8:00 AM")
    room.core.do("decide", item=only(room).id, answer="yes")
    row = only(room)
    assert (row.due, "routed_late" in row.flags) == (NOW + 22 * H, False)


def test_no_to_a_forward_is_the_end_of_it(room: Mailroom) -> None:
    passed_on(room, "Wednesday, March 4, 2026 1:00 AM")
    room.core.do("decide", item=only(room).id, answer="no")
    assert rows(room, "all") == []
    assert room.all(TurnRecord) == []
    assert room.all(Contact) == []


def test_case_15_what_we_pass_on_ourselves_asks_nothing(room: Mailroom) -> None:
    passed_on(room, "Wednesday, March 4, 2026 1:00 AM", to="factory@ningbo.example", folder=b"Sent", sender=REP)
    assert rows(room, "all") == []


@pytest.mark.parametrize("references", ["Gatevalves@anna@hamburg.example", ""])
def test_a_customers_mail_that_is_here_already_is_not_asked_about(room: Mailroom, references: str) -> None:
    asked(room, "Gate valves", NOW - 6 * H, "anna@hamburg.example")
    at = NOW - 2 * H
    body = ORIGINAL.format(sent="Wednesday, March 4, 2026 3:00 AM")
    known = [references] if references else []
    room.arrives(letter(COLLEAGUE, "Fwd: Gate valves", body, references=known, date=at), at=at)
    room.sync()
    assert [row.kind for row in rows(room)] == ["reply"]
