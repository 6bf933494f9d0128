"""The acceptance cases of the reply clock, by number, on a real mailbox: `sync --now`, then what the rep is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from e2e.desk import Desk, letter, moment, received_stamp

pytestmark = pytest.mark.server

# A week without holidays; Monday is the 2nd.
MON, TUE, WED, THU, FRI = (f"2026-03-{day:02d}" for day in range(2, 7))


def inquiry(
    desk: Desk,
    at: str = f"{MON}T10:00",
    sender: str = "anna@hamburg.example",
    *,
    body: str = "Please quote 500 valves.",
    cc: str = "",
    answers: Sequence[str] = (),
) -> str:
    """Have a customer's question arrive; return its Message-ID."""
    message_id = f"{at}.{sender}".replace(":", ".")
    raw = letter(sender, desk.rep.user, body, message_id=message_id, date=moment(at), cc=cc, answers=answers)
    desk.arrives(raw, at)
    return message_id


def shown(desk: Desk, now: str) -> tuple[str, str | None]:
    """Return the state of the only row and its due instant, "" where there is none."""
    rows = desk.work(now=now)
    assert len(rows) <= 1
    return (rows[0]["state"], rows[0]["due"]) if rows else ("", None)


def test_case_1_running_at_risk_overdue(desk: Desk) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    due = f"{TUE}T10:00:00+08:00"
    for at, state in [
        ("05:59:59", "running"),
        ("06:00:00", "at_risk"),
        ("09:59:59", "at_risk"),
        ("10:00:00", "overdue"),
    ]:
        assert shown(desk, f"{TUE}T{at}") == (state, due)
    thread = desk.thread(now=f"{TUE}T10:00")
    assert (thread["state"], thread["due"]) == ("overdue", due)
    assert desk.story(thread["id"], now=f"{TUE}T05:00") == ["TurnOpened"]
    assert desk.story(thread["id"], now=f"{TUE}T10:00") == ["TurnOpened", "DeadlineNeared", "DeadlinePassed"]


def test_looking_at_another_hour_writes_nothing(desk: Desk) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    before = desk.fingerprint()
    later = f"{TUE}T12:00"
    thread = desk.thread(now=later)["id"]
    for words in [("worklist",), ("show", thread), ("explain", thread), ("search", "valves"), ("outbox",), ("doctor",)]:
        desk.read(*words, now=later)
    assert desk.fingerprint() == before
    assert shown(desk, f"{MON}T10:06")[0] == "running"


def test_case_2_two_mails_are_one_turn(desk: Desk) -> None:
    first = inquiry(desk)
    inquiry(desk, f"{MON}T15:00", answers=[first], body="And 200 flanges, please.")
    desk.sync(now=f"{MON}T15:05")
    (row,) = desk.work(now=f"{MON}T15:05")
    assert (row["due"], row["count"], row["arrived_at"]) == (f"{TUE}T10:00:00+08:00", 2, f"{MON}T10:00:00+08:00")
    assert desk.story(row["thread_id"], now=f"{MON}T15:05") == ["TurnOpened", "TurnExtended"]


def test_case_3_answered_in_time_and_the_sent_copy_adds_nothing(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    inquiry(desk, sender=buyer)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{TUE}T09:30")["id"]
    desk.read("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD.", "--send", now=f"{TUE}T09:30")
    after = desk.thread(now=f"{TUE}T11:00")
    assert (after["state"], after["result"], after["answered_at"]) == ("closed", "met", f"{TUE}T09:30:00+08:00")
    assert after["external"] is False
    assert len(desk.sent()) == 1
    assert desk.sync(now=f"{TUE}T10:30") == 0
    assert desk.thread(now=f"{TUE}T11:00") == after
    assert desk.story(thread, now=f"{TUE}T11:00") == ["TurnOpened", "DeadlineNeared", "TurnClosed"]
    assert desk.work(now=f"{TUE}T11:00") == []


def test_case_4_a_reply_from_the_phone_withdraws_the_alarm(desk: Desk) -> None:
    asked = inquiry(desk)
    desk.sync(now=f"{TUE}T10:30")
    assert shown(desk, f"{TUE}T10:30")[0] == "overdue"
    answer = letter(
        desk.rep.user,
        "anna@hamburg.example",
        "EXW 12.50 USD.",
        subject="Re: Inquiry",
        answers=[asked],
        date=moment(f"{MON}T18:00"),
    )
    desk.append_to_sent(answer, f"{MON}T18:00")
    desk.sync(now=f"{TUE}T12:00")
    thread = desk.thread(now=f"{TUE}T12:00")
    assert (thread["state"], thread["result"], thread["answered_at"]) == ("closed", "met", f"{MON}T18:00:00+08:00")
    assert (thread["external"], thread["answered_by"]) == (True, desk.rep.user)
    assert desk.work(now=f"{TUE}T12:00") == []
    assert desk.story(thread["id"], now=f"{TUE}T12:00") == ["TurnOpened", "TurnClosed"]


@pytest.mark.parametrize(
    ("subject", "to"),
    [("Re: Inquiry: gate valves DN50", "anna@hamburg.example"), ("Re: something else", "anna@hamburg.example")],
)
def test_a_reply_without_references_is_only_probable(desk: Desk, subject: str, to: str) -> None:
    inquiry(desk)
    desk.append_to_sent(
        letter(desk.rep.user, to, "12.50 USD.", subject=subject, date=moment(f"{MON}T18:00")), f"{MON}T18:00"
    )
    desk.sync(now=f"{MON}T19:00")
    assert shown(desk, f"{MON}T19:00") == ("running", f"{TUE}T10:00:00+08:00")


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Re: Inquiry", {"Auto-Submitted": "auto-replied"}),
        ("Automatic reply: Inquiry", {}),
        ("Abwesenheitsnotiz: Inquiry", {}),
    ],
)
def test_case_5_an_out_of_office_changes_nothing(desk: Desk, subject: str, headers: dict[str, str]) -> None:
    asked = inquiry(desk)
    note = letter(
        "anna@hamburg.example",
        desk.rep.user,
        "I am out of the office until 9 March.",
        subject=subject,
        answers=[asked],
        headers=headers,
        date=moment(f"{MON}T12:00"),
    )
    desk.arrives(note, f"{MON}T12:00")
    desk.sync(now=f"{MON}T12:05")
    (row,) = desk.work(now=f"{MON}T12:05")
    assert (row["state"], row["due"], row["count"]) == ("running", f"{TUE}T10:00:00+08:00", 1)
    assert desk.story(row["thread_id"], now=f"{MON}T12:05") == ["TurnOpened", "MailIgnored"]
    assert desk.thread(now=f"{MON}T12:05")["messages"][1]["kind"] == "auto_reply"


def bounce(desk: Desk, recipient: str, original: str) -> bytes:
    """Return a delivery report that says: `recipient` does not exist."""
    edge = "=_report"
    lines = [
        "From: MAILER-DAEMON@mx.ningbo.example (Mail Delivery System)",
        f"To: {desk.rep.user}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "Message-ID: <report@mx.ningbo.example>",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"',
        "MIME-Version: 1.0",
        "",
        f"--{edge}",
        "",
        f"<{recipient}>: host mx.hamburg.example said: 550 5.1.1 User unknown",
        f"--{edge}",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.ningbo.example",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
        f"--{edge}",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: <{original}>",
        f"--{edge}--",
        "",
    ]
    return "\r\n".join(lines).encode()


def test_case_7_a_bounced_answer_runs_on_from_the_first_mail(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    inquiry(desk, sender=buyer)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T11:00")["id"]
    words = ("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD.", "--send")
    sent = desk.read(*words, now=f"{MON}T11:00")
    assert desk.work(now=f"{MON}T11:01") == []
    desk.arrives(bounce(desk, buyer, sent["message_id"]), f"{MON}T11:02")
    desk.sync(now=f"{MON}T11:05")
    (row,) = [row for row in desk.work(now=f"{MON}T11:05") if row["kind"] == "reply"]
    assert (row["state"], row["due"]) == ("running", f"{TUE}T10:00:00+08:00")
    assert "bounced" in row["flags"]
    assert desk.story(thread, now=f"{MON}T11:05") == ["TurnOpened", "ReplyUndelivered", "TurnReopened"]


def test_cases_9_and_10_a_promise_stands_and_breaks(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    inquiry(desk, sender=buyer)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T16:00")["id"]
    words = ("reply", thread, "--hold", "Thu 17:00", "--reason", "factory", "--send")
    assert desk.read(*words, now=f"{MON}T16:00")["estimate"] == f"{THU}T17:00:00+08:00"
    (row,) = desk.work(now=f"{MON}T16:01")
    promised = (f"{THU}T17:00:00+08:00", f"{TUE}T10:00:00+08:00")
    assert (row["kind"], row["state"], row["due"], row["reply_due"]) == ("promise", "promised", *promised)
    assert desk.work(now=f"{MON}T16:01", view="now") == []
    assert desk.thread(now=f"{MON}T16:01")["first_touch"] == "met"
    for at, state in [("12:59:59", "promised"), ("13:00:00", "promise_at_risk"), ("16:59:59", "promise_at_risk")]:
        assert shown(desk, f"{THU}T{at}") == (state, promised[0])
    (broken,) = desk.work(now=f"{THU}T17:00:00", view="now")
    assert (broken["state"], broken["band"], broken["kind"]) == ("promise_broken", "broken", "promise")
    assert desk.story(thread, now=f"{THU}T17:00") == ["TurnOpened", "PromiseMade", "PromiseNeared", "PromiseBroken"]


def test_case_12_a_late_holding_reply_stays_late(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    inquiry(desk, sender=buyer)
    desk.sync(now=f"{TUE}T11:00")
    thread = desk.thread(now=f"{TUE}T11:00")
    assert thread["state"] == "overdue"
    desk.read("reply", thread["id"], "--hold", "Thu 17:00", "--reason", "price", "--send", now=f"{TUE}T11:00")
    held = desk.thread(now=f"{TUE}T11:01")
    assert (held["state"], held["first_touch"], held["result"]) == ("promised", "late", None)


@pytest.mark.parametrize("estimate", ["", "  ", f"{MON}T09:00", "2020-01-01"])
def test_case_13_an_empty_or_past_estimate_is_refused(desk: Desk, estimate: str) -> None:
    inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T16:00")["id"]
    refused = desk("reply", thread, "--hold", estimate, "--send", now=f"{MON}T16:00", code=4)
    assert "next working day" in refused.err
    assert desk.read("outbox") == []
    assert shown(desk, f"{MON}T16:01")[0] == "running"


def test_case_15_a_forward_among_ourselves_answers_nobody(desk: Desk) -> None:
    asked = inquiry(desk)
    forward = letter(
        desk.rep.user,
        "factory@ningbo.example",
        "Can we make these by April?",
        subject="Fwd: Inquiry",
        answers=[asked],
        date=moment(f"{MON}T11:00"),
    )
    desk.append_to_sent(forward, f"{MON}T11:00")
    desk.sync(now=f"{MON}T11:05")
    assert shown(desk, f"{MON}T11:05") == ("running", f"{TUE}T10:00:00+08:00")


def test_case_18_a_snooze_ends_when_the_deadline_is_at_risk(desk: Desk) -> None:
    first = inquiry(desk)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T10:05")["id"]
    desk("snooze", thread, "Wed 09:00", now=f"{MON}T11:00")
    assert desk.work(now=f"{TUE}T05:59:59", view="now") == []
    (row,) = desk.work(now=f"{TUE}T05:59:59")
    assert (row["state"], row["snoozed_until"]) == ("running", f"{TUE}T06:00:00+08:00")
    assert [row["state"] for row in desk.work(now=f"{TUE}T06:00", view="now")] == ["at_risk"]
    desk("snooze", thread, "Wed 09:00", now=f"{TUE}T06:00", code=4)
    desk("undo", now=f"{MON}T11:05")
    assert len(desk.work(now=f"{MON}T11:10", view="now")) == 1
    desk("snooze", thread, "Wed 09:00", now=f"{MON}T11:15")
    inquiry(desk, f"{MON}T15:00", answers=[first], body="Any news?")
    desk.sync(now=f"{MON}T15:05")
    assert len(desk.work(now=f"{MON}T15:05", view="now")) == 1
    desk("snooze", thread, "yesterday", now=f"{MON}T15:10", code=2)


def test_case_24_a_first_connection_and_a_migration_open_nothing(bare: Desk) -> None:
    bare.add_account(go_live=f"{MON}T00:00")
    long_ago = moment("2025-06-01T10:00")
    for number in range(60):  # lay in the mailbox before mailcrm came
        at = long_ago + timedelta(hours=number)
        raw = letter(f"old{number}@hamburg.example", bare.rep.user, "Please quote.", date=at)
        bare.arrives(raw, at.isoformat())
    for number in range(60):  # brought by a provider's migration: today's INTERNALDATE, the old stamp
        at = long_ago + timedelta(hours=number)
        raw = letter(
            f"moved{number}@hamburg.example",
            bare.rep.user,
            "Please quote.",
            date=at,
            headers={"Received": received_stamp(at)},
        )
        bare.arrives(raw, f"{TUE}T09:00")
    assert bare.sync(now=f"{TUE}T10:00") == 120
    assert bare.work(now=f"{TUE}T10:00") == []
    assert bare.read("outbox") == []
    threads = bare.read("threads", "--limit", "200", now=f"{TUE}T10:00")
    assert len(threads) == 120
    assert {row["state"] for row in threads} == {"idle"}
    inquiry(bare, f"{TUE}T10:30", sender="new@hamburg.example")
    bare.sync(now=f"{TUE}T10:35")
    assert shown(bare, f"{TUE}T10:35") == ("running", f"{WED}T10:30:00+08:00")


def test_case_25_only_the_customer_s_side_is_answered(desk: Desk) -> None:
    buyer, colleague = (desk.customer(f"{name}@hamburg.example").user for name in ("anna", "jens"))
    forwarder = desk.customer("ops@forwarder.example").user
    inquiry(desk, sender=buyer, cc=colleague)
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T11:00")["id"]
    words = ("reply", thread, "--template", "plain_reply", "--var", "body=See you.", "--no-cc", "--send")
    desk.read(*words, "--to", forwarder, now=f"{MON}T11:00")
    assert shown(desk, f"{MON}T11:01") == ("running", f"{TUE}T10:00:00+08:00")
    desk.read(*words, "--to", colleague, now=f"{MON}T12:00")
    assert desk.thread(now=f"{MON}T12:01")["state"] == "closed"


def test_case_28_a_date_in_the_future_moves_nothing(desk: Desk) -> None:
    raw = letter("anna@hamburg.example", desk.rep.user, "Please quote.", date=moment(f"{WED}T10:00"))
    desk.arrives(raw, f"{MON}T10:00")
    desk.sync(now=f"{MON}T10:05")
    (row,) = desk.work(now=f"{MON}T10:05")
    assert (row["arrived_at"], row["due"]) == (f"{MON}T10:00:00+08:00", f"{TUE}T10:00:00+08:00")
    assert desk.story(row["thread_id"], now=f"{MON}T10:05") == ["TurnOpened", "DateInFuture"]
    assert "future_date" in row["flags"]


@pytest.mark.parametrize(("answer", "state"), [("yes", "promised"), ("no", "closed")])
def test_case_33_a_promise_from_the_phone_is_asked_about(desk: Desk, answer: str, state: str) -> None:
    asked = inquiry(desk)
    words = "Dear Anna,\n\nwe will check with our factory and come back to you on Thursday.\n\nLin"
    reply = letter(
        desk.rep.user,
        "anna@hamburg.example",
        words,
        subject="Re: Inquiry",
        answers=[asked],
        date=moment(f"{MON}T16:00"),
    )
    desk.append_to_sent(reply, f"{MON}T16:00")
    desk.sync(now=f"{MON}T16:05")
    (row,) = desk.work(now=f"{MON}T16:05", view="now")
    assert (row["state"], row["kind"], row["due"]) == ("promise_unconfirmed", "promise", f"{THU}T18:00:00+08:00")
    assert row["reply_due"] == f"{TUE}T10:00:00+08:00"
    assert "come back to you on Thursday" in row["why"]
    desk("decide", row["id"], answer, now=f"{MON}T16:10")
    thread = desk.thread(now=f"{MON}T16:15")
    assert (thread["state"], thread["first_touch"]) == (state, "met")
    desk("undo", now=f"{MON}T16:20")
    assert shown(desk, f"{MON}T16:25")[0] == "promise_unconfirmed"
    desk("decide", row["id"], "perhaps", now=f"{MON}T16:30", code=2)


def test_case_33_a_price_is_the_answer(desk: Desk) -> None:
    asked = inquiry(desk)
    reply = letter(
        desk.rep.user,
        "anna@hamburg.example",
        "Price is 1.20, valid till Thursday.",
        subject="Re: Inquiry",
        answers=[asked],
        date=moment(f"{MON}T16:00"),
    )
    desk.append_to_sent(reply, f"{MON}T16:00")
    desk.sync(now=f"{MON}T16:05")
    assert desk.thread(now=f"{MON}T16:05")["state"] == "closed"


def test_a_mail_with_us_in_copy_opens_a_low_turn_unless_it_calls_us(desk: Desk) -> None:
    def copied(subject: str, words: str) -> None:
        mail = letter("anna@hamburg.example", "ops@seaway.example", words, subject=subject, date=moment(f"{MON}T10:00"))
        desk.arrives(mail.replace(b"To: ops", f"Cc: {desk.rep.user}\r\nTo: ops".encode(), 1), f"{MON}T10:00")

    copied("Booking", "Please book one 40HQ for week 48.")
    copied("Packing list", "Please book one 40HQ. Li Wei will send the packing list?")
    desk.sync(now=f"{MON}T10:05")
    flags = {row["subject"]: row["flags"] for row in desk.work(now=f"{MON}T10:05")}
    assert "low" in flags["Booking"]
    assert "low" not in flags["Packing list"]


def test_a_graded_customer_has_less_time_and_a_new_rule_moves_open_turns_only(desk: Desk) -> None:
    answered = inquiry(desk, sender="ben@bremen.example")
    inquiry(desk)
    reply = letter(desk.rep.user, "ben@bremen.example", "EXW 12.50 USD.", subject="Re: Inquiry", answers=[answered])
    desk.append_to_sent(reply, f"{MON}T20:00")
    desk.sync(now=f"{MON}T20:05")
    firms = {row["name"]: row["id"] for row in desk.read("company", "list", now=f"{MON}T20:05")}
    desk("company", "grade", firms["Hamburg"], "a", now=f"{MON}T20:05")
    assert shown(desk, f"{MON}T20:05") == ("running", f"{TUE}T10:00:00+08:00")
    desk.env["MAILCRM__OVERRIDES__GRADE__A"] = "8h"
    assert shown(desk, f"{MON}T20:10") == ("overdue", f"{MON}T18:00:00+08:00")
    desk.env["MAILCRM__CLOCK__REPLY_WITHIN"] = "9h"
    desk("rebuild", now=f"{MON}T20:10")
    states = {
        row["company"]: (row["state"], row["result"], row["due"]) for row in desk.read("threads", now=f"{MON}T20:10")
    }
    assert states["Bremen"] == ("closed", "met", f"{TUE}T10:00:00+08:00")
    assert states["Hamburg"][0] == "overdue"
