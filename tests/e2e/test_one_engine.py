"""One engine on a home: `mailcrm run` polls and sends, everybody else looks on, queues, and takes over when it dies."""

from __future__ import annotations

import signal
import time

import pytest
from e2e.desk import Desk, complaint, letter
from e2e.serving import Service
from servers.loopback import wait_until

pytestmark = pytest.mark.server


def test_the_service_hears_of_mail_sends_for_others_and_leaves_when_told(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    with Service(desk, "run") as service:
        service.wait_for("engine")
        service.wait_for("poll")
        desk.postfix.deliver(buyer, desk.rep.user, letter(buyer, desk.rep.user, "Please quote 500 valves."))
        # Polls are a minute apart: what comes sooner was heard by IDLE.
        wait_until(lambda: desk.read("threads") != [], "the mail on the desk", 20)

        for words in (("sync",), ("outbox", "flush")):
            assert str(service.process.pid) in complaint(desk(*words, code=75), 75)
        assert [row["state"] for row in desk.work()] == ["running"]

        thread = desk.thread()["id"]
        began = time.monotonic()
        sent = desk.read("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD.", "--send")
        assert sent["state"] == "sent"
        assert time.monotonic() - began < 15
        assert len(desk.postfix.wait_for(buyer)) == 1
        wait_until(lambda: len(desk.sent()) == 1, "the Sent copy", 20)
        assert service.wait_for("mail")["state"] == "sent"
        assert desk.thread()["state"] == "closed"

        assert service.end(signal.SIGTERM) == 0
        assert [e["event"] for e in service.events()][-1] == "stopped"
        assert service.err.read_text("utf-8") == ""
    assert desk.sync() == 0
    assert (len(desk.dovecot.raws(buyer)), len(desk.sent())) == (1, 1)


def test_a_second_service_says_who_works_and_takes_over_when_that_one_dies(desk: Desk) -> None:
    with Service(desk, "first") as first:
        first.wait_for("engine")
        with Service(desk, "second") as second:
            waiting = second.wait_for("waiting")
            assert waiting["holder"] == first.process.pid
            said = second.err.read_text("utf-8")
            assert said.startswith("mailcrm: Another mailcrm is at work on this home")
            assert "takes over" in said
            died = time.monotonic()
            assert first.end(signal.SIGKILL) == -signal.SIGKILL
            second.wait_for("engine")
            assert time.monotonic() - died < 5
            second.wait_for("poll")
            assert second.end(signal.SIGTERM) == 0


def test_a_mail_that_waits_is_sent_by_the_one_that_takes_over(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    desk.postfix.deliver(buyer, desk.rep.user, letter(buyer, desk.rep.user, "Please quote 500 valves."))
    desk.postfix.wait_for(desk.rep.user)
    desk.sync()
    desk.postfix.answer(buyer, "451 4.3.0 Try again later")
    thread = desk.thread()["id"]
    desk("reply", thread, "--template", "plain_reply", "--var", "body=12.50 USD.", "--send", code=3)
    desk.postfix.answer(buyer, None)
    (waits,) = desk.read("outbox")
    desk.read("outbox", "retry", waits["id"])
    with Service(desk, "run") as service:
        service.wait_for("mail")
        assert [row["state"] for row in desk.read("outbox")] == ["sent"]
        assert len(desk.postfix.wait_for(buyer)) == 1


def test_the_service_works_by_the_real_clock(desk: Desk) -> None:
    complaint(desk("run", now="2026-03-02T10:00", code=2), 2)


def test_the_lock_file_of_a_dead_one_holds_nobody_up(desk: Desk) -> None:
    (desk.home / "engine.lock").write_text("999999")
    assert desk.sync() == 0
