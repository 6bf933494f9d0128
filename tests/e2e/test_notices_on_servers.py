"""Notices on real servers: mail by Dovecot, digests by Postfix to the owner's and the manager's mailbox, one tick at an hour."""

from __future__ import annotations

import getpass
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from e2e.desk import Desk, letter, moment, opened
from e2e.serving import Service
from servers.loopback import wait_until

from mailcrm import bootstrap
from mailcrm.core.facade import Core
from mailcrm.queries.rows import DigestRow

pytestmark = pytest.mark.server

MON, TUE, WED, FRI, NEXT_MON = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06", "2026-03-09"
SUBJECT = "Inquiry: gate valves DN50"


@pytest.fixture
def manager(desk: Desk) -> str:
    """The address of the manager, who has a mailbox of her own."""
    address = desk.customer("chen@ningbo.example").user
    desk("team", "add", "chen", "--address", address, "--manager")
    return address


@pytest.fixture
def office(desk: Desk, manager: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a manager; its home can be opened in this process too."""
    for name, value in desk.env.items():
        monkeypatch.setenv(name, value)
    return desk


@contextmanager
def engine(desk: Desk, now: str) -> Iterator[Core]:
    """Open the home as an engine whose clock stands at `now`."""
    core = bootstrap.open_core(desk.home, now=now)
    yield core
    core.close()


def tick(desk: Desk, now: str) -> list[tuple[str, list[str]]]:
    """Let an engine that has just been started look at `now`, and send; return who was told which levels."""
    with engine(desk, now) as core:
        rows: tuple[DigestRow, ...] = core.tick_notices()
        core.send_due()
    return [("manager" if row.person == "chen" else "owner", [line.level for line in row.lines]) for row in rows]


def notices_in(desk: Desk, user: str, count: int) -> list[str]:
    """Return the subjects of the notices in a mailbox, once so many are there."""
    wait_until(lambda: len(subjects(desk, user)) >= count, f"{count} notices for {user}")
    return subjects(desk, user)


def subjects(desk: Desk, user: str) -> list[str]:
    mails = [opened(raw) for raw in desk.dovecot.raws(user, "INBOX")]
    return [str(mail["Subject"]) for mail in mails if mail["Auto-Submitted"] == "auto-generated"]


def asks(desk: Desk, at: str, body: str = "Please quote 500 valves.") -> None:
    desk.arrives(letter("anna@hamburg.example", desk.rep.user, body, subject=SUBJECT, date=moment(at)), at)


def test_case_31_what_was_told_is_not_told_again_by_the_next_process(office: Desk, manager: str) -> None:
    asks(office, f"{MON}T10:00")
    office.sync(now=f"{TUE}T14:00")
    assert subjects(office, office.rep.user) == []  # sync tells nobody
    assert tick(office, f"{TUE}T14:00") == [("manager", ["four"]), ("owner", ["four"])]
    assert tick(office, f"{TUE}T14:00:30") == []
    office.read("rebuild", now=f"{TUE}T14:01")
    assert tick(office, f"{TUE}T14:02") == []
    title = "mailcrm: Deadlines: late 1, due soon 0"
    assert notices_in(office, office.rep.user, 1) == [title]
    assert notices_in(office, manager, 1) == [title]
    # The notice lies in the mailbox that is read: it is ours, and starts no clock.
    before = office.work(now=f"{TUE}T15:00")
    office.sync(now=f"{TUE}T15:00")
    assert office.work(now=f"{TUE}T15:00") == before
    assert tick(office, f"{TUE}T15:01") == []
    assert len(office.sent()) == 0
    assert [row["subject"] for row in office.read("threads", now=f"{TUE}T15:00")] == [SUBJECT]
    thread = before[0]["thread_id"]
    assert office.story(thread, now=f"{TUE}T16:00")[-2:] == ["NoticeGiven", "NoticeGiven"]


def test_case_36_thanks_are_told_to_nobody(office: Desk) -> None:
    asks(office, f"{MON}T10:00", "Thanks, have a nice weekend!")
    office.sync(now=f"{MON}T10:05")
    assert [row["band"] for row in office.work(now=f"{MON}T10:05")] == ["looks_finished"]
    for at in (f"{MON}T17:00", f"{TUE}T09:00", f"{TUE}T10:00", f"{TUE}T14:00", f"{WED}T10:00", f"{FRI}T12:00"):
        assert tick(office, at) == []
    assert office.read("outbox") == []


def test_case_36_who_notes_and_asks_is_an_ordinary_customer(office: Desk) -> None:
    asks(office, f"{MON}T10:00", "Noted with thanks. When can you ship?")
    office.sync(now=f"{MON}T10:05")
    assert tick(office, f"{TUE}T10:00") == [("owner", ["due"])]


def test_case_38_on_monday_one_notice_to_the_owner_and_one_to_the_manager(office: Desk, manager: str) -> None:
    asks(office, f"{FRI}T19:00")
    office.sync(now=f"{NEXT_MON}T09:00")
    assert tick(office, f"{NEXT_MON}T09:00") == [("manager", ["day"]), ("owner", ["four"])]
    for at in ("09:01", "09:30", "13:30", "17:00", "17:59"):
        assert tick(office, f"{NEXT_MON}T{at}") == []
    assert len(notices_in(office, office.rep.user, 1)) == 1
    assert len(notices_in(office, manager, 1)) == 1


def test_case_38_an_engine_that_ran_through_the_weekend_told_nobody_at_night(office: Desk) -> None:
    asks(office, f"{FRI}T19:00")
    office.sync(now=f"{FRI}T19:05")
    for at in (f"{FRI}T19:05", "2026-03-07T15:00", "2026-03-07T19:00", "2026-03-08T12:00", f"{NEXT_MON}T08:59"):
        assert tick(office, at) == []
    assert tick(office, f"{NEXT_MON}T09:00") == [("manager", ["day"]), ("owner", ["four"])]


def test_the_command_line_shows_what_was_told_and_marks_it_as_read(office: Desk) -> None:
    asks(office, f"{MON}T10:00")
    office.sync(now=f"{TUE}T10:30")
    tick(office, f"{TUE}T10:30")
    (digest,) = office.read("notices", "list", now=f"{TUE}T11:00")
    assert (digest["title"], digest["at"], digest["ways"]) == (
        "Deadlines: late 1, due soon 0",
        f"{TUE}T10:30:00+08:00",
        ["mail"],
    )
    (line,) = digest["lines"]
    assert (line["level"], line["state"], line["deadline"]) == ("due", "open", f"{TUE}T10:00:00+08:00")
    assert "unanswered, was due" in office("notices", "list", now=f"{TUE}T11:00").out
    office("notices", "read", digest["id"], now=f"{TUE}T11:00")
    assert office.read("notices", "list", now=f"{TUE}T11:01") == []
    assert [row["id"] for row in office.read("notices", "list", "--all", now=f"{TUE}T11:01")] == [digest["id"]]


def test_the_service_tells_once_and_whoever_takes_over_does_not_tell_again(office: Desk) -> None:
    now = datetime.now(UTC)
    # An office that is open at any hour: nobody knows when this test runs.
    quiet = f"{(now.hour + 12) % 24:02d}:00-{(now.hour + 12) % 24:02d}:01"
    office.env |= {
        "MAILCRM__OFFICE__ZONE": "UTC",
        "MAILCRM__OFFICE__DAYS": "Mon,Tue,Wed,Thu,Fri,Sat,Sun",
        "MAILCRM__OFFICE__HOLIDAYS": "",
        "MAILCRM__OFFICE__QUIET": quiet,
    }
    asks(office, (now - timedelta(hours=25)).isoformat())
    office.sync()
    with Service(office, "first") as first:
        told = first.wait_for("notice")
        assert (told["person"], told["lines"]) == (getpass.getuser(), 1)
        assert len(notices_in(office, office.rep.user, 1)) == 1
        first.end(signal.SIGKILL)
    with Service(office, "second") as second:
        second.wait_for("poll")
        second.end(signal.SIGTERM)
        assert [event for event in second.events() if event["event"] in ("notice", "trouble")] == []
    assert len(subjects(office, office.rep.user)) == 1
