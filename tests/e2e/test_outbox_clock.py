"""The acceptance cases of the reply clock in which the outbox has a part, by number, on real servers; and sending later."""

from __future__ import annotations

from typing import Any

import pytest
from e2e.desk import Desk, complaint, letter, moment

pytestmark = pytest.mark.server

MON, TUE = "2026-03-02", "2026-03-03"
ANSWER = ("--template", "plain_reply", "--var", "body=EXW 12.50 USD.")


def inquiry(desk: Desk, sender: str, *, body: str = "Please quote 500 valves.") -> tuple[str, str]:
    """Have a customer ask on Monday at 10:00; return the thread and the Message-ID."""
    message_id = f"ask-{sender}"
    at = f"{MON}T10:00"
    desk.arrives(letter(sender, desk.rep.user, body, message_id=message_id, date=moment(at)), at)
    desk.sync(now=f"{MON}T10:05")
    return str(desk.thread(now=f"{MON}T10:05")["id"]), message_id


def turn(desk: Desk, now: str) -> dict[str, Any]:
    """Return the row of the turn that waits."""
    (row,) = (row for row in desk.work(now=now) if row["kind"] == "reply")
    return row


def test_case_16_a_scheduled_reply_that_the_server_takes_too_late(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, _asked = inquiry(desk, buyer)
    mail = desk.read("reply", thread, *ANSWER, "--at", f"{TUE}T09:00", now=f"{MON}T11:00")
    assert (mail["state"], mail["leaves_at"], mail["in_time"]) == ("held", f"{TUE}T09:00:00+08:00", True)
    row = turn(desk, f"{MON}T12:00")
    assert (row["state"], row["in_time"], "scheduled" in row["flags"]) == ("running", True, True)
    desk.postfix.answer(buyer, "451 4.3.0 Try again later")
    for minute in ("00", "02", "09", "32"):
        complaint(desk("outbox", "flush", now=f"{TUE}T09:{minute}", code=3), 3)
    (mail,) = desk.read("outbox", now=f"{TUE}T09:33")
    assert (mail["state"], mail["attempts"]) == ("deferred", 4)
    assert turn(desk, f"{TUE}T09:59:59")["state"] == "at_risk"
    row = turn(desk, f"{TUE}T10:00")
    assert (row["state"], row["band"], row["in_time"]) == ("overdue", "overdue", False)
    desk.postfix.answer(buyer, None)
    desk.read("outbox", "retry", mail["id"], now=f"{TUE}T10:20")
    (sent,) = desk.read("outbox", "flush", now=f"{TUE}T10:20")
    assert sent["state"] == "sent"
    after = desk.thread(now=f"{TUE}T10:21")
    assert (after["state"], after["result"], after["answered_at"]) == ("closed", "late", f"{TUE}T10:20:00+08:00")
    assert len(desk.postfix.wait_for(buyer)) == len(desk.sent()) == 1


@pytest.mark.parametrize("field", ["Bcc", "X-Note"])
def test_case_40_a_mail_that_has_the_customer_in_bcc_only_closes(desk: Desk, field: str) -> None:
    _thread, asked = inquiry(desk, "anna@hamburg.example")
    answer = letter(
        desk.rep.user,
        desk.rep.user,
        "EXW 12.50 USD.",
        subject="Re: Inquiry",
        answers=[asked],
        date=moment(f"{MON}T18:00"),
        headers={field: "anna@hamburg.example"},
    )
    desk.append_to_sent(answer, f"{MON}T18:00")
    desk.sync(now=f"{MON}T19:00")
    thread = desk.thread(now=f"{MON}T19:00")
    expected = ("closed", f"{MON}T18:00:00+08:00") if field == "Bcc" else ("running", None)
    assert (thread["state"], thread["answered_at"]) == expected


class TestSendLater:
    """In the customer's morning; and only if the customer doesn't write first."""

    SIGNED = "Please quote 500 valves.\n\n-- \nAnna Kranz\nKranz GmbH, Hafenstr. 1, 20457 Hamburg, Germany\n"

    def test_in_the_morning_there(self, desk: Desk) -> None:
        thread, _asked = inquiry(desk, "anna@hamburg.example", body=self.SIGNED)
        mail = desk.read("reply", thread, *ANSWER, "--at", "morning", now=f"{MON}T17:00")
        assert (mail["customer_zone"], mail["leaves_there"]) == ("Europe/Berlin", f"{TUE}T09:00:00+01:00")
        assert (mail["leaves_at"], mail["in_time"]) == (f"{TUE}T16:00:00+08:00", False)
        desk.read("outbox", "cancel", mail["id"], now=f"{MON}T17:01")
        said = desk("reply", thread, *ANSWER, "--at", "morning", now=f"{MON}T17:02").out
        assert "Tue 3 March 16:00 our time, Tue 3 March 09:00 at the customer's (Berlin)" in said
        assert "That is too late: an answer is due Tue 3 March 10:00." in said

    def test_only_if_the_customer_stays_silent(self, desk: Desk) -> None:
        buyer = desk.customer("anna@hamburg.example").user
        thread, asked = inquiry(desk, buyer)
        desk.read("reply", thread, *ANSWER, "--send", now=f"{MON}T11:00")
        later = ("--at", f"{TUE}T09:00", "--unless-reply")
        mail = desk.read("reply", thread, *ANSWER, *later, now=f"{MON}T11:05")
        assert mail["unless_reply"] is True
        raw = letter(buyer, desk.rep.user, "We take 500.", answers=[asked], date=moment(f"{MON}T20:00"))
        desk.arrives(raw, f"{MON}T20:00")
        desk.sync(now=f"{MON}T20:05")
        (after,) = desk.read("outbox", "flush", now=f"{TUE}T09:00")
        assert (after["id"], after["state"]) == (mail["id"], "cancelled")
        assert "the customer wrote" in after["last_error"]
        assert len(desk.postfix.wait_for(buyer)) == 1

    def test_only_if_no_reply_is_for_mail_that_waits(self, desk: Desk) -> None:
        thread, _asked = inquiry(desk, "anna@hamburg.example")
        complaint(desk("reply", thread, *ANSWER, "--unless-reply", now=f"{MON}T11:00", code=2), 2)
