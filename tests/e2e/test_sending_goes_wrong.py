"""What goes wrong while a mail leaves: later, never, or nobody knows. It is sent once or a person decides, never twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from e2e.desk import Desk, complaint, header_values, letter, moment
from servers.loopback import HOST, free_ports, wait_until
from servers.smtpd import Drop, Script, ScriptedSmtp

pytestmark = pytest.mark.server

ASKED, ANSWERED = "2026-03-02T10:00", "2026-03-02T11:00"
ANSWER = ("--template", "plain_reply", "--var", "body=EXW 12.50 USD.", "--send")


def question(desk: Desk, sender: str, cc: str = "") -> str:
    """Have a customer ask; return the thread."""
    desk.arrives(letter(sender, desk.rep.user, "Please quote 500 valves.", cc=cc, date=moment(ASKED)), ASKED)
    desk.sync(now=ASKED)
    thread = desk.thread(now=ASKED)["id"]
    assert isinstance(thread, str)
    return thread


def state(desk: Desk, now: str = ANSWERED) -> str:
    """Return the thread's state."""
    return str(desk.thread(now=now)["state"])


class TestLater:
    """4xx, and a server that can't be reached: tried again by itself, not before its time."""

    @pytest.mark.parametrize("when", ["at the recipient", "after the text"])
    def test_deferred_then_sent_once(self, desk: Desk, when: str) -> None:
        buyer = desk.customer("anna@hamburg.example").user
        thread = question(desk, buyer)
        set_answer = desk.postfix.answer if when == "at the recipient" else desk.postfix.answer_data
        who = buyer if when == "at the recipient" else desk.rep.user
        set_answer(who, "451 4.3.0 Try again later")
        refused = desk("reply", thread, *ANSWER, now=ANSWERED, code=3)
        assert "Try again later" in complaint(refused, 3)
        (row,) = desk.read("outbox")
        assert (row["state"], row["attempts"]) == ("deferred", 1)
        assert "2026-03-02T11:00:48+08:00" <= row["next_attempt"] <= "2026-03-02T11:01:12+08:00"
        assert state(desk) == "running"
        assert desk.read("outbox", "flush", now="2026-03-02T11:00:30") == []
        set_answer(who, None)
        (sent,) = desk.read("outbox", "flush", now="2026-03-02T11:02")
        assert (sent["state"], sent["attempts"], sent["message_id"]) == ("sent", 2, row["message_id"])
        assert len(desk.postfix.wait_for(buyer)) == len(desk.sent()) == 1
        answered = desk.thread(now="2026-03-02T11:03")
        assert (answered["state"], answered["answered_at"]) == ("closed", "2026-03-02T11:02:00+08:00")

    def test_nobody_answers_at_the_outgoing_server(self, bare: Desk) -> None:
        (closed,) = free_ports(1)
        bare.add_account(smtp=f"smtps://{HOST}:{closed}")
        thread = question(bare, "anna@hamburg.example")
        assert HOST in complaint(bare("reply", thread, *ANSWER, now=ANSWERED, code=3), 3)
        assert [(row["state"], row["attempts"]) for row in bare.read("outbox")] == [("deferred", 1)]
        assert state(bare) == "running"

    def test_a_wrong_password_at_the_outgoing_server(self, desk: Desk) -> None:
        buyer = desk.customer("anna@hamburg.example").user
        thread = question(desk, buyer)
        desk.env["MAIL_PASSWORD"] = "not the one"
        said = complaint(desk("reply", thread, *ANSWER, now=ANSWERED, code=3), 3)
        assert "password" in said
        assert [row["state"] for row in desk.read("outbox")] == ["deferred"]
        desk.env["MAIL_PASSWORD"] = desk.rep.password
        (sent,) = desk.read("outbox", "flush", now="2026-03-02T11:05")
        assert sent["state"] == "sent"
        assert len(desk.postfix.wait_for(buyer)) == 1


def test_an_attachment_that_is_not_there_stops_the_mail(desk: Desk) -> None:
    thread = question(desk, "anna@hamburg.example")
    said = complaint(desk("reply", thread, *ANSWER, "--attach", "/nowhere/offer.pdf", now=ANSWERED, code=1), 1)
    assert "/nowhere/offer.pdf" in said
    assert desk.read("outbox") == []


class TestNever:
    """5xx: failed, shown, and only a person has it sent again."""

    def test_refused_shown_and_retried_by_hand(self, desk: Desk) -> None:
        buyer = desk.customer("anna@hamburg.example").user
        thread = question(desk, buyer)
        desk.postfix.answer(buyer, "550 5.1.1 No such user")
        assert "5.1.1" in complaint(desk("reply", thread, *ANSWER, now=ANSWERED, code=3), 3)
        (row,) = desk.read("outbox")
        assert (row["state"], row["next_attempt"]) == ("failed", None)
        kinds = {line["kind"]: line["state"] for line in desk.work(now=ANSWERED)}
        assert kinds == {"reply": "running", "outbox": "failed"}
        desk.postfix.answer(buyer, None)
        assert desk.read("outbox", "flush", now="2026-03-09T11:00") == []
        desk.read("outbox", "retry", row["id"], now="2026-03-02T12:00")
        (sent,) = desk.read("outbox", "flush", now="2026-03-02T12:00")
        assert (sent["state"], sent["message_id"]) == ("sent", row["message_id"])
        assert len(desk.postfix.wait_for(buyer)) == 1
        assert state(desk, now="2026-03-02T12:01") == "closed"

    def test_one_of_two_recipients_is_refused(self, desk: Desk) -> None:
        buyer, colleague = (desk.customer(f"{name}@hamburg.example").user for name in ("anna", "jens"))
        thread = question(desk, buyer, cc=colleague)
        desk.postfix.answer(colleague, "550 5.1.1 No such user")
        sent = desk.read("reply", thread, *ANSWER, now=ANSWERED)
        assert sent["state"] == "sent"
        assert colleague in sent["last_error"]
        assert len(desk.postfix.wait_for(buyer)) == 1
        assert state(desk) == "closed"


@pytest.fixture
def doubtful(bare: Desk) -> Iterator[tuple[Desk, ScriptedSmtp, str]]:
    """A desk whose outgoing server hung up after the final dot, and the id of the mail that nobody knows about."""
    with ScriptedSmtp(Script(drop=Drop.AFTER_DOT)) as server:
        server.user, server.password = bare.rep.user, bare.rep.password
        bare.add_account(smtp=server.smtp_url)
        thread = question(bare, "anna@hamburg.example")
        complaint(bare("reply", thread, *ANSWER, now=ANSWERED, code=3), 3)
        (row,) = bare.read("outbox")
        assert (row["state"], len(server.received)) == ("in_doubt", 1)
        server.script = Script()
        yield bare, server, row["id"]


def test_killed_while_a_mail_is_handed_over_it_is_in_doubt_and_stays_so(bare: Desk) -> None:
    with ScriptedSmtp(Script(drop=Drop.SILENT)) as server:
        server.user, server.password = bare.rep.user, bare.rep.password
        bare.add_account(smtp=server.smtp_url)
        thread = question(bare, "anna@hamburg.example")
        env = {**os.environ, **bare.env, "MAILCRM_HOME": str(bare.home)}
        sender = subprocess.Popen(
            [sys.executable, "-m", "mailcrm", "reply", thread, *ANSWER, "--now", ANSWERED], env=env
        )
        wait_until(lambda: len(server.received) == 1, "the mail at the server", 30)
        assert [row["state"] for row in bare.read("outbox")] == ["sending"]
        sender.kill()
        assert sender.wait(10) == -signal.SIGKILL
        server.script = Script()
        assert bare.read("outbox", "flush", now="2026-03-02T11:01") == []
        assert [row["state"] for row in bare.read("outbox")] == ["in_doubt"]
        assert bare.read("outbox", "flush", now="2026-03-05T11:01") == []
        assert (len(server.received), bare.sent()) == (1, [])
        assert state(bare, now="2026-03-02T11:01") == "running"


class TestInDoubt:
    """The connection was lost after the final dot: looked for in Sent, settled by a person, never sent by itself."""

    def test_it_is_never_resent_by_itself(self, doubtful: tuple[Desk, ScriptedSmtp, str]) -> None:
        desk, server, _mail = doubtful
        (turn,) = [row for row in desk.work(now=ANSWERED) if row["kind"] == "reply"]
        assert (turn["state"], "in_doubt" in turn["flags"]) == ("running", True)
        for minutes in (1, 3, 11, 31, 59):
            assert desk.read("outbox", "flush", now=f"2026-03-02T11:{minutes:02d}") == []
        assert desk.read("outbox", "flush", now="2026-03-20T11:00") == []
        refused = desk("outbox", "retry", _mail, now="2026-03-02T12:00", code=4)
        assert "resolve" in refused.err
        assert [row["state"] for row in desk.read("outbox")] == ["in_doubt"]
        assert len(server.received) == 1
        assert [row["kind"] for row in desk.work(now="2026-03-02T12:00") if row["state"] == "in_doubt"] == ["outbox"]

    @pytest.mark.parametrize("look", [("outbox", "flush"), ("sync",)], ids=["by the look", "by a poll"])
    def test_found_in_sent_it_was_sent(self, doubtful: tuple[Desk, ScriptedSmtp, str], look: tuple[str, ...]) -> None:
        desk, server, _mail = doubtful
        desk.append_to_sent(server.received[0].raw, "2026-03-02T11:00:05")
        desk.read(*look, now="2026-03-02T11:03")
        assert [row["state"] for row in desk.read("outbox")] == ["sent"]
        thread = desk.thread(now="2026-03-02T11:04")
        assert (thread["state"], thread["answered_at"]) == ("closed", "2026-03-02T11:00:00+08:00")
        assert thread["external"] is False
        desk.read("outbox", "flush", now="2026-03-02T11:05")
        desk.sync(now="2026-03-02T11:06")
        assert (len(desk.sent()), len(server.received)) == (1, 1)
        assert len(desk.thread(now="2026-03-02T11:07")["messages"]) == 2

    def test_a_person_says_it_was_sent(self, doubtful: tuple[Desk, ScriptedSmtp, str]) -> None:
        desk, server, mail = doubtful
        desk.read("outbox", "resolve", mail, "sent", now="2026-03-02T12:00")
        thread = desk.thread(now="2026-03-02T12:01")
        assert (thread["state"], thread["answered_at"]) == ("closed", "2026-03-02T11:00:00+08:00")
        assert desk.read("outbox", "flush", now="2026-03-02T12:02") == []
        assert (len(server.received), len(desk.sent())) == (1, 1)

    def test_a_person_has_it_sent_again(self, doubtful: tuple[Desk, ScriptedSmtp, str]) -> None:
        desk, server, mail = doubtful
        desk.read("outbox", "resolve", mail, "resend", now="2026-03-02T12:00")
        (sent,) = desk.read("outbox", "flush", now="2026-03-02T12:01")
        first, second = (received.raw for received in server.received)
        assert (sent["state"], second) == ("sent", first)
        assert header_values(second, "Message-ID") == [f"<{sent['message_id']}>"]
        assert desk.thread(now="2026-03-02T12:02")["answered_at"] == "2026-03-02T12:01:00+08:00"
