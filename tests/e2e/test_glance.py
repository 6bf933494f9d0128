"""A sync that finds nothing costs a glance; whatever is new, unfinished or in trouble is left to the whole sync."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from e2e.desk import Desk, letter

from mailcrm.bootstrap import nothing_new
from mailcrm.queries.rows import SyncReport
from mailcrm.store.filelock import lock_file, take


@pytest.fixture
def glance(desk: Desk, trusted: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that has read its first mail; the glance runs in this process and needs what the command line is given."""
    for name, value in desk.env.items():
        monkeypatch.setenv(name, value)
    arrives(desk)
    desk.read("sync")
    return desk


def arrives(desk: Desk, folder: str = "INBOX") -> None:
    raw = letter("anna@hamburg.example", desk.rep.user, "Price for 500 valves?")
    desk.arrives(raw, "2026-03-02T10:00+08:00", folder)


def look(desk: Desk) -> SyncReport | None:
    return nothing_new(desk.home, None)


def records(desk: Desk, statement: str) -> tuple[str, ...]:
    with closing(sqlite3.connect(desk.home / "mailcrm.db")) as database, database:
        return tuple(database.execute(statement).fetchone() or ())


def told(report: SyncReport) -> list[tuple[str, str, int]]:
    return [(account.name, folder.name, folder.fetched) for account in report.accounts for folder in account.folders]


def test_it_tells_what_the_whole_sync_tells(glance: Desk) -> None:
    whole = glance.read("sync", "--full")["accounts"]
    report = look(glance)
    assert report is not None
    assert told(report) == [(a["name"], f["name"], f["fetched"]) for a in whole for f in a["folders"]]
    assert report.new_messages == 0


def test_it_notes_when_it_looked(glance: Desk) -> None:
    before = records(glance, "SELECT last_good_poll FROM account")
    assert look(glance) is not None
    assert records(glance, "SELECT last_good_poll FROM account") > before
    assert {len(at) for at in (*before, *records(glance, "SELECT last_good_poll FROM account"))} == {26}


def test_new_mail_is_left_to_the_whole_sync(glance: Desk) -> None:
    arrives(glance)
    assert look(glance) is None
    assert glance.read("sync")["new_messages"] == 1
    assert look(glance) is not None


def test_a_new_folder_is_left_to_the_whole_sync(glance: Desk) -> None:
    arrives(glance, "Orders")
    assert look(glance) is None


@pytest.mark.parametrize(
    "state",
    [
        "UPDATE mailbox SET low_uid = 2",  # a first sync that was cut
        "UPDATE mailbox SET skipped = '[1]'",  # a mail that the server would not hand over
        "UPDATE mailbox SET uidvalidity = 0",  # a server without numbers that hold
        "UPDATE mailbox SET uidvalidity = uidvalidity + 1",
        "UPDATE mailbox SET name = 'Eingang'",
        "UPDATE account SET removed_at = created_at",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_what_is_unfinished_or_unusual_is_left_to_the_whole_sync(glance: Desk, state: str) -> None:
    records(glance, state)
    assert look(glance) is None


def test_while_another_process_works_the_whole_sync_says_so(glance: Desk) -> None:
    with lock_file(glance.home).open("a+") as held:
        assert take(held)
        assert look(glance) is None
        glance("sync", code=75)
    assert look(glance) is not None


def test_a_server_that_is_away_is_left_to_the_whole_sync(glance: Desk) -> None:
    records(glance, "UPDATE account SET imap_url = 'imap://127.0.0.1:9'")
    assert look(glance) is None
    glance("sync", code=3)
