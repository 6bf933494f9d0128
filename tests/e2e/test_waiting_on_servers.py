"""Waiting for them on a real mailbox: case 6, nudges by hand, and an unattended one that an answer overtakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from e2e.desk import Desk, letter, moment, opened

from mailcrm import bootstrap
from mailcrm.core.facade import Core

pytestmark = pytest.mark.server

# A week without holidays; Monday is the 2nd.
MON, THU = "2026-03-02", "2026-03-05"
QUESTION = "Which colour do you want for the valves?"


def ask_back(desk: Desk, buyer: str) -> tuple[str, str]:
    """Have a customer write on Monday at ten and ask her something back at eleven; return the thread and our Message-ID."""
    inquiry = letter(buyer, desk.rep.user, "Please quote 500 valves.", date=moment(f"{MON}T10:00"))
    desk.arrives(inquiry, f"{MON}T10:00")
    desk.sync(now=f"{MON}T10:05")
    thread = desk.thread(now=f"{MON}T11:00")["id"]
    words = ("reply", thread, "--template", "plain_reply", "--var", f"body={QUESTION}", "--send")
    return thread, desk.read(*words, now=f"{MON}T11:00")["message_id"]


def waits(desk: Desk, now: str, view: str = "waiting") -> list[dict[str, Any]]:
    return [row for row in desk.work(now=now, view=view) if row["id"].startswith("w")]


def test_case_6_an_out_of_office_moves_the_follow_up(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, asked = ask_back(desk, buyer)
    (row,) = waits(desk, f"{MON}T11:01")
    assert (row["kind"], row["state"], row["due"]) == ("nudge", "waiting", f"{THU}T11:00:00+08:00")
    assert (row["gist"], row["thread_id"]) == (QUESTION, thread)
    note = letter(
        buyer,
        desk.rep.user,
        "I am out of the office until 12 March.",
        subject="Automatic reply: Inquiry",
        answers=[asked],
        headers={"Auto-Submitted": "auto-replied"},
        date=moment(f"{MON}T11:02"),
    )
    desk.arrives(note, f"{MON}T11:02")
    desk.sync(now=f"{MON}T11:05")
    assert [row["kind"] for row in desk.work(now=f"{MON}T11:05")] == ["nudge"]  # no turn
    assert desk.thread(now=f"{MON}T11:05")["state"] == "closed"
    (contact,) = desk.read("contact", "list", now=f"{MON}T11:05")
    assert contact["away_until"].startswith("2026-03-12")
    (row,) = waits(desk, f"{THU}T12:00")
    assert (row["state"], row["due"]) == ("waiting", "2026-03-13T11:00:00+08:00")
    assert waits(desk, f"{THU}T12:00", "now") == []
    (due,) = waits(desk, "2026-03-13T11:00", "now")
    assert (due["state"], due["band"], due["suggested_template"]) == ("nudge_due", "step", "nudge_1")


def test_a_nudge_by_hand_and_the_answer_to_it(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, asked = ask_back(desk, buyer)
    nudge = desk.read("reply", thread, "--template", "nudge_1", "--send", now=f"{THU}T11:30")
    (row,) = waits(desk, f"{THU}T11:31")
    assert (row["state"], row["due"], row["count"]) == ("nudged", "2026-03-09T11:00:00+08:00", 2)
    first, second = (opened(raw) for raw in desk.dovecot.raws(buyer, "INBOX"))
    assert second["In-Reply-To"] == f"<{asked}>" == first["Message-ID"]
    assert QUESTION in second.get_content()
    answer = letter(buyer, desk.rep.user, "Red, please.", answers=[asked, nudge["message_id"]])
    desk.arrives(answer, f"{THU}T15:00")
    desk.sync(now=f"{THU}T15:01")
    assert waits(desk, f"{THU}T15:01") == []


def test_a_person_waits_parks_and_stops(desk: Desk) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, _asked = ask_back(desk, buyer)
    desk("wait", thread, "--days", "5", now=f"{MON}T12:00")
    assert waits(desk, f"{MON}T12:00")[0]["due"] == "2026-03-09T12:00:00+08:00"
    desk("wait", thread, "--until", "2026-04-01T09:00", now=f"{MON}T12:00")
    assert waits(desk, f"{MON}T12:00")[0]["state"] == "parked"
    desk("undo", now=f"{MON}T12:01")
    assert waits(desk, f"{MON}T12:01")[0]["state"] == "waiting"
    desk("wait", thread, "--days", "0", now=f"{MON}T12:02")
    assert waits(desk, f"{MON}T12:02") == []
    desk("wait", thread, "--days", "0", now=f"{MON}T12:03", code=4)


Work = Callable[[Desk, str], Any]


@pytest.fixture
def unattended(monkeypatch: pytest.MonkeyPatch, trusted: Path) -> Work:
    """Open a core at an instant on the desk's home, whose first nudge is sent unattended."""

    @contextmanager
    def work(desk: Desk, now: str) -> Iterator[Core]:
        settings = {"WAITING__AUTOMATIC": "1", "NETWORK__CA_FILE": str(trusted), "OFFICE__ZONE": "Asia/Shanghai"}
        for name, value in settings.items():
            monkeypatch.setenv(f"MAILCRM__{name}", value)
        monkeypatch.setenv("MAIL_PASSWORD", desk.rep.password)
        core = bootstrap.open_core(desk.home, now=now)
        try:
            yield core
        finally:
            core.close()

    return work


def test_an_unattended_nudge_leaves_when_nobody_answered(desk: Desk, unattended: Work) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, _asked = ask_back(desk, buyer)
    with unattended(desk, f"{THU}T11:00") as core:
        assert len(core.send_nudges()) == 1
        assert core.send_nudges() == ()
    _first, nudge = (opened(raw) for raw in desk.dovecot.raws(buyer, "INBOX"))
    assert nudge["Auto-Submitted"] == "auto-generated"
    (row,) = waits(desk, f"{THU}T11:01")
    assert (row["state"], row["count"]) == ("nudged", 2)
    desk.sync(now=f"{THU}T11:05")  # the copy in Sent is no second one
    assert waits(desk, f"{THU}T11:05")[0]["count"] == 2
    assert desk.story(thread, now=f"{THU}T11:05").count("TurnClosed") == 1


def test_an_answer_right_before_sending_stops_an_unattended_nudge(desk: Desk, unattended: Work) -> None:
    buyer = desk.customer("anna@hamburg.example").user
    thread, asked = ask_back(desk, buyer)
    answer = letter(buyer, desk.rep.user, "Red, please.", answers=[asked], date=moment(f"{THU}T10:59"))
    desk.arrives(answer, f"{THU}T10:59")  # it lies there, and nobody has fetched it
    with unattended(desk, f"{THU}T11:00") as core:
        assert core.send_nudges() == ()
    assert len(desk.dovecot.raws(buyer, "INBOX")) == 1
    assert len(desk.sent()) == 1
    assert desk.thread(now=f"{THU}T11:01")["state"] == "running"
    assert len(desk.read("outbox", now=f"{THU}T11:01")) == 1
    assert thread
