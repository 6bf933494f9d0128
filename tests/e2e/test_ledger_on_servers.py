"""Acceptance cases of the reply clock that turn on what people say, on a real mailbox: `sync --now`, then the command line."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

import pytest
from e2e.desk import Desk, letter, moment
from e2e.test_clock_on_servers import FRI, MON, THU, TUE, bounce, inquiry, shown

pytestmark = pytest.mark.server

COLLEAGUE = "Wang Fang <wang@ningbo.example>"


def by_subject(desk: Desk, now: str, view: str = "all") -> dict[str, dict[str, Any]]:
    return {row["subject"]: row for row in desk.work(now=now, view=view)}


def asks(desk: Desk, subject: str, at: str, words: str = "Please quote.", sender: str = "anna@hamburg.example") -> str:
    """Have a customer's mail of this subject arrive; return its Message-ID."""
    name = f"{at}.{subject}".replace(":", ".").replace(" ", ".") + "@hamburg.example"
    raw = letter(sender, desk.rep.user, words, subject=subject, message_id=name, date=moment(at))
    desk.arrives(raw, at)
    return name


def answers_from_the_phone(
    desk: Desk, subject: str, at: str, words: str, *, to: str = "anna@hamburg.example", answers: Sequence[str] = ()
) -> None:
    """File a mail of ours in Sent, as another client leaves it there."""
    desk.append_to_sent(letter(desk.rep.user, to, words, subject=subject, answers=answers, date=moment(at)), at)


def test_a_reply_without_references_is_asked_about_and_yes_closes_at_its_time(desk: Desk) -> None:
    asks(desk, "Gate valves", f"{MON}T10:00")
    answers_from_the_phone(desk, "RE: Gate valves", f"{MON}T18:00", "12.50 USD a piece.")
    desk.sync(now=f"{TUE}T12:00")
    (row,) = desk.work(now=f"{TUE}T12:00", view="now")
    assert (row["kind"], row["state"], row["band"]) == ("question", "running", "today")
    assert (row["subject"], row["due"], row["overdue_seconds"]) == ("Gate valves", f"{TUE}T10:00:00+08:00", 0)
    assert "12.50 USD" in row["why"]
    desk("decide", row["id"], "no", now=f"{TUE}T12:01")
    (running,) = desk.work(now=f"{TUE}T12:02", view="now")
    assert (running["kind"], running["band"]) == ("reply", "overdue")
    desk("decide", row["id"], "yes", now=f"{TUE}T12:02", code=4)
    desk("undo", now=f"{TUE}T12:03")
    closed = desk.read("decide", row["id"], "yes", now=f"{TUE}T12:04")
    assert (closed["state"], closed["result"], closed["answered_at"]) == ("closed", "met", f"{MON}T18:00:00+08:00")
    assert (closed["external"], closed["answered_by"]) == (True, desk.rep.user)
    assert desk.story(row["thread_id"], now=f"{TUE}T12:05") == [
        "TurnOpened", "TurnClosed", "TakenBack", "AnswerConfirmed",
    ]  # fmt: skip


def test_a_mail_that_names_the_number_of_another_thread_is_asked_about(desk: Desk) -> None:
    asks(desk, "PO 8812: packing?", f"{MON}T10:00")
    answers_from_the_phone(desk, "Cartons", f"{MON}T12:00", "For PO 8812 we pack 12 pieces a carton.")
    desk.sync(now=f"{MON}T12:05")
    row = by_subject(desk, f"{MON}T12:05")["PO 8812: packing?"]
    assert row["kind"] == "question"


def passed_on(desk: Desk, *, attached: bool) -> bytes:
    """Return the colleague's mail of Monday 14:00 with the buyer's of 08:00 inside."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = COLLEAGUE, desk.rep.user, "Fwd: Gate valves"
    mail["Date"], mail["Message-ID"] = "Mon, 02 Mar 2026 14:00:00 +0800", "<fwd@ningbo.example>"
    if attached:
        mail.set_content("Slow payer, take care.")
        inside = EmailMessage()
        inside["From"], inside["To"], inside["Subject"] = (
            "Anna <anna@hamburg.example>",
            "wang@ningbo.example",
            "Gate valves",
        )
        inside["Date"], inside["Message-ID"] = "Mon, 02 Mar 2026 01:00:00 +0100", "<asked@hamburg.example>"
        inside.set_content("Please quote 500 valves.")
        mail.add_attachment(inside)
    else:
        mail.set_content(
            "Slow payer, take care.\n\n发件人: Anna <anna@hamburg.example>\n发送时间: 2026年3月2日 8:00\n"
            "收件人: wang@ningbo.example\n主题: Gate valves\n\nPlease quote 500 valves."
        )
    return mail.as_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("attached", [True, False], ids=["attached", "below a header block"])
def test_case_14_a_forward_is_taken_over_with_the_buyers_own_date(desk: Desk, attached: bool) -> None:
    buyer = desk.customer("anna@hamburg.example")
    raw = passed_on(desk, attached=attached).replace(b"anna@hamburg.example", buyer.user.encode())
    desk.arrives(raw, f"{MON}T14:00")
    desk.sync(now=f"{MON}T14:05")
    (row,) = desk.work(now=f"{MON}T14:05", view="now")
    assert (row["kind"], row["contact"], row["due"]) == ("question", "Anna", f"{TUE}T08:00:00+08:00")
    assert "Wang Fang" in row["why"]
    desk("decide", row["id"], "yes", now=f"{MON}T14:10")
    (turn,) = desk.work(now=f"{MON}T14:10", view="now")
    assert (turn["kind"], turn["state"], turn["due"]) == ("reply", "running", f"{TUE}T08:00:00+08:00")
    assert ("routed_late" in turn["flags"], turn["routed_late_seconds"]) == (True, 6 * 3600)
    words = ("reply", turn["thread_id"], "--template", "plain_reply", "--var", "body=12.50 USD.", "--send")
    sent = desk.read(*words, now=f"{MON}T15:00")
    assert sent["to"] == [buyer.user]
    assert b"Slow payer" not in desk.sent()[0]
    assert desk.thread(now=f"{MON}T15:01")["result"] == "met"


def test_case_17_thanks_open_a_turn_that_only_a_person_waives(desk: Desk) -> None:
    asked = inquiry(desk)
    answers_from_the_phone(desk, "Re: Inquiry", f"{MON}T11:00", "EXW 12.50 USD.", answers=[asked])
    inquiry(desk, f"{MON}T12:00", body="Thanks, noted.", answers=[asked])
    desk.sync(now=f"{MON}T12:05")
    (row,) = desk.work(now=f"{MON}T12:05")
    assert (row["band"], row["state"], row["due"]) == ("looks_finished", "running", f"{TUE}T12:00:00+08:00")
    assert desk.work(now=f"{FRI}T12:00", view="now") == []
    assert desk.work(now=f"{FRI}T12:00")[0]["state"] == "overdue"  # nothing is waived alone
    refused = desk("done", row["thread_id"], now=f"{MON}T12:06", code=4).err
    assert all(word in refused.lower() for word in ("reply", "hold", "answered", "waive"))
    desk("waive", row["thread_id"], "--reason", "thanks only", now=f"{MON}T12:10")
    assert desk.work(now=f"{MON}T12:11") == []
    assert desk.thread(now=f"{MON}T12:11")["state"] == "waived"


def test_case_36_a_question_after_thanks_is_an_ordinary_turn(desk: Desk) -> None:
    asks(desk, "Weekend", f"{FRI}T16:00", "Thanks, have a nice weekend!")
    asks(desk, "Shipping", f"{FRI}T16:30", "Noted with thanks. When can you ship?")
    desk.sync(now=f"{FRI}T16:35")
    rows = by_subject(desk, f"{FRI}T16:35")
    assert (rows["Weekend"]["band"], rows["Shipping"]["kind"]) == ("looks_finished", "reply")
    assert list(by_subject(desk, f"{FRI}T16:35", "now")) == ["Shipping"]


def test_case_26_what_came_while_the_reply_was_written_and_one_word_that_it_was_answered_too(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    first = inquiry(desk, sender=buyer)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T10:06")["id"]
    words = ("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD, in brass too.")
    desk.read(*words, "--at", f"{MON}T12:00", now=f"{MON}T10:10")
    inquiry(desk, f"{MON}T11:58", sender=buyer, body="And in brass?", answers=[first])
    desk.sync(now=f"{MON}T11:59")
    desk("outbox", "flush", now=f"{MON}T12:00")
    (row,) = desk.work(now=f"{MON}T12:01")
    assert (row["state"], row["due"]) == ("running", f"{TUE}T11:58:00+08:00")
    assert "arrived_while_you_wrote" in row["flags"]
    closed = desk.read("answered-too", thread, now=f"{MON}T12:05")
    assert (closed["state"], closed["result"]) == ("closed", "met")


def test_case_27_merged_threads_have_one_turn_with_the_older_anchor_and_split_two_again(desk: Desk) -> None:
    asks(desk, "Valves", f"{MON}T10:00")
    asks(desk, "Valves again", f"{MON}T15:00")
    desk.sync(now=f"{MON}T15:05")
    before = by_subject(desk, f"{MON}T15:05")
    ids = [before[subject]["thread_id"] for subject in ("Valves again", "Valves")]
    desk("merge", *ids, now=f"{MON}T15:10")
    assert shown(desk, f"{MON}T15:11") == ("running", f"{TUE}T10:00:00+08:00")
    assert desk.work(now=f"{MON}T15:11")[0]["count"] == 2
    later = desk.thread(now=f"{MON}T15:11")["messages"][1]["id"]
    desk("split", later, now=f"{MON}T15:20")
    dues = {subject: row["due"] for subject, row in by_subject(desk, f"{MON}T15:21").items()}
    assert dues == {"Valves": f"{TUE}T10:00:00+08:00", "Valves again": f"{TUE}T15:00:00+08:00"}


@pytest.mark.parametrize("when", ["now", "later"])
def test_case_34_one_mail_answers_what_was_ticked_and_nothing_else(desk: Desk, when: str) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    for hour, subject in enumerate(["Valves", "PO 8812 packing?", "Samples"], 10):
        asks(desk, subject, f"{MON}T{hour}:00", sender=buyer)
    desk.sync(now=f"{MON}T12:05")
    ids = {subject: row["thread_id"] for subject, row in by_subject(desk, f"{MON}T12:05").items()}
    words = (
        "reply",
        ids["Valves"],
        "--also",
        ids["PO 8812 packing?"],
        "--template",
        "plain_reply",
        "--var",
        "body=Both.",
    )
    if when == "now":
        desk.read(*words, "--send", now=f"{MON}T13:00")
    else:
        desk.read(*words, "--at", f"{MON}T14:00", now=f"{MON}T13:00")
        assert len(desk.work(now=f"{MON}T13:01")) == 3
        desk("outbox", "flush", now=f"{MON}T14:00")
    (left,) = desk.work(now=f"{MON}T14:05")
    assert (left["subject"], left["state"], left["due"]) == ("Samples", "running", f"{TUE}T12:00:00+08:00")
    threads = {row["subject"]: row["result"] for row in desk.read("threads", now=f"{MON}T14:05")}
    assert (threads["Valves"], threads["PO 8812 packing?"]) == ("met", "met")
    refused = desk("reply", ids["Samples"], "--also", ids["Valves"], "--draft", "--template", "plain_reply",
                   "--var", "body=x", now=f"{MON}T14:10", code=4).err  # fmt: skip
    assert "open" in refused


def test_case_35_patience_after_a_holding_reply_and_a_second_question_which_the_full_reply_closes_too(
    desk: Desk,
) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    asked = inquiry(desk, sender=buyer)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T10:06")["id"]
    desk.read("reply", thread, "--hold", "Thu 17:00", "--reason", "price", "--send", now=f"{MON}T11:00")
    inquiry(desk, f"{MON}T12:00", sender=buyer, body="Gracias, quedo en espera.", answers=[asked])
    desk.sync(now=f"{MON}T12:05")
    (row,) = desk.work(now=f"{MON}T12:05")
    assert (row["state"], row["due"], row["reply_due"]) == (
        "promised", f"{THU}T17:00:00+08:00", f"{TUE}T10:00:00+08:00",
    )  # fmt: skip
    inquiry(desk, f"{MON}T13:00", sender=buyer, body="What is the MOQ for DN80?", answers=[asked])
    desk.sync(now=f"{MON}T13:05")
    rows = desk.work(now=f"{MON}T13:05")
    assert {(row["state"], row["due"]) for row in rows} == {
        ("promised", f"{THU}T17:00:00+08:00"), ("running", f"{TUE}T13:00:00+08:00"),
    }  # fmt: skip
    words = ("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD, MOQ 100.", "--send")
    desk.read(*words, now=f"{MON}T15:00")
    assert desk.work(now=f"{MON}T15:01") == []
    assert desk.thread(now=f"{MON}T15:01")["result"] == "met"


def test_case_37_a_forwarders_rates_start_no_clock_and_a_fax_does(desk: Desk) -> None:
    rates = letter(
        "ops@seaway-logistics.example",
        desk.rep.user,
        "Dear customer, please find our ocean freight rates Ningbo - Hamburg for March: USD 2,800 per 40HQ, valid "
        "till 31 March, subject to local charges. Please advise your booking.",
        subject="Ocean freight rates March",
        date=moment(f"{MON}T10:00"),
    )
    fax = letter(
        "no-reply@fax-gate.example",
        desk.rep.user,
        "A fax of 2 pages has arrived.",
        subject="Fax from +49 40 123456",
        headers={"Auto-Submitted": "auto-generated"},
        date=moment(f"{MON}T11:00"),
        attachment=("00012.pdf", b"%PDF-1.4"),
    )
    desk.arrives(rates, f"{MON}T10:00")
    desk.arrives(fax, f"{MON}T11:00")
    desk.sync(now=f"{MON}T11:05")
    rows = by_subject(desk, f"{MON}T11:05")
    assert (rows["Ocean freight rates March"]["band"], rows["Ocean freight rates March"]["due"]) == ("others", None)
    faxed = rows["Fax from +49 40 123456"]
    assert (faxed["kind"], faxed["state"], faxed["due"]) == ("reply", "running", f"{TUE}T11:00:00+08:00")


def test_case_39_a_chat_closes_the_turn_at_its_time_and_is_kept(desk: Desk) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    contact = desk.read("contact", "list", now=f"{MON}T16:00")[0]["id"]
    words = ("log", contact, "--channel", "whatsapp", "--text", "answered 15:10: 12.50 USD")
    row = desk.read(*words, now=f"{MON}T16:00")
    assert (row["state"], row["result"], row["answered_at"]) == ("closed", "met", f"{MON}T15:10:00+08:00")
    shown_now = desk.read("show", row["id"], now=f"{MON}T16:01")
    assert [(note["channel"], note["text"]) for note in shown_now["notes"]] == [
        ("whatsapp", "answered 15:10: 12.50 USD")
    ]
    assert "answered 15:10" in desk("show", row["id"], now=f"{MON}T16:01").out
    desk("undo", now=f"{MON}T16:05")
    assert shown(desk, f"{MON}T16:06")[0] == "running"
    again = desk.read("log", contact, "--channel", "phone", "--at", "15:10", "--text", "told him", now=f"{MON}T16:10")
    assert again["answered_at"] == f"{MON}T15:10:00+08:00"


def test_a_call_of_theirs_starts_a_clock(desk: Desk) -> None:
    asked = inquiry(desk)
    answers_from_the_phone(desk, "Re: Inquiry", f"{MON}T11:00", "EXW 12.50 USD.", answers=[asked])
    desk.sync(now=f"{MON}T11:05")
    called = (
        "log",
        "anna@hamburg.example",
        "--channel",
        "phone",
        "--inbound",
        "--at",
        "14:00",
        "--text",
        "Wants 200 more",
    )
    desk(*called, now=f"{MON}T14:05")
    (row,) = desk.work(now=f"{MON}T14:06")
    assert (row["state"], row["due"], row["gist"]) == ("running", f"{TUE}T14:00:00+08:00", "Wants 200 more")
    assert desk.read("rebuild", now=f"{MON}T14:07")["changed"] == 0


def test_case_8_one_failed_recipient_of_two_is_a_task(desk: Desk) -> None:
    buyer, colleague = (desk.customer(f"{name}@hamburg.example").user for name in ("anna", "jens"))
    inquiry(desk, sender=buyer, cc=colleague)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T11:00")["id"]
    sent = desk.read("reply", thread, "--template", "plain_reply", "--var", "body=Yes.", "--send", now=f"{MON}T11:00")
    desk.arrives(bounce(desk, colleague, sent["message_id"]), f"{MON}T11:02")
    desk.sync(now=f"{MON}T11:05")
    assert desk.thread(now=f"{MON}T11:06")["state"] == "closed"
    (task,) = desk.read("task", "list", now=f"{MON}T11:06")
    assert colleague in task["title"]
    row = next(row for row in desk.work(now=f"{MON}T11:06", view="now") if row["kind"] == "task")
    assert (row["thread_id"], row["band"]) == (thread, "step")
    desk("rebuild", now=f"{MON}T11:07")
    assert len(desk.read("task", "list", now=f"{MON}T11:08")) == 1
    desk("task", "done", task["id"], now=f"{MON}T11:09")
    assert desk.read("task", now=f"{MON}T11:10") == []


def test_what_was_forgotten_is_taken_up_with_its_true_age(bare: Desk) -> None:
    bare.add_account(go_live=f"{TUE}T00:00")
    asks(bare, "Old question", f"{MON}T10:00")
    bare.sync(now=f"{TUE}T09:00")
    (row,) = bare.read("threads", "--forgotten", now=f"{TUE}T09:00")
    assert bare.work(now=f"{TUE}T09:00") == []
    bare("adopt", row["id"], now=f"{TUE}T09:05")
    (turn,) = bare.work(now=f"{TUE}T10:00", view="now")
    assert (turn["state"], turn["due"], "adopted" in turn["flags"]) == ("overdue", f"{TUE}T10:00:00+08:00", True)
    assert bare.story(row["id"], now=f"{TUE}T10:00") == [
        "History", "TurnOpened", "DeadlineNeared", "ThreadAdopted", "DeadlinePassed",
    ]  # fmt: skip
    bare("note", row["id"], "Ask Anna what she still needs.", now=f"{TUE}T10:01")
    assert bare.story(row["id"], now=f"{TUE}T10:02")[-1] == "NoteWritten"
