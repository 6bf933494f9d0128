"""Homes that earlier releases made: this release opens each of them and finds everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from homes.make import DATABASE, HOMES
from homes.tables import is_record
from sqlmodel import SQLModel, col, select

from mailcrm import __version__
from mailcrm.bootstrap import open_core
from mailcrm.core.facade import Core
from mailcrm.queries.rows import OutboxRow, ThreadRow
from mailcrm.records import Message
from mailcrm.store.engine import Store
from mailcrm.store.sort_keys import first_sort_key

RELEASES = sorted(path.name for path in HOMES.iterdir() if (path / DATABASE).exists())


@pytest.fixture(params=RELEASES)
def core(request: pytest.FixtureRequest, home: Path) -> Iterator[Core]:
    """A copy of a release's home, opened on the afternoon of its last day."""
    kept = HOMES / request.param
    (home / "mailcrm.db").write_bytes(zstandard.decompress((kept / DATABASE).read_bytes()))
    (home / "mailcrm.toml").write_bytes((kept / "mailcrm.toml").read_bytes())
    core = open_core(home, now="2026-03-04T18:00+08:00")
    yield core
    core.close()


def thread(core: Core, subject: str) -> ThreadRow:
    found = next(row for row in core.ask("threads") if row.subject == subject)
    whole: ThreadRow = core.ask("thread", id=found.id)
    return whole


def test_this_release_has_its_home() -> None:
    assert __version__ in RELEASES


def test_its_database_has_the_tables_of_this_release(core: Core) -> None:
    """Where this fails before the release is out: `PYTHONPATH=tests .venv/bin/python -m homes.make`. After: a migration."""
    store = Store(f"sqlite:///{core.home() / 'mailcrm.db'}")
    with store.engine.connect() as connection:
        opts = {"target_metadata": SQLModel.metadata, "include_name": is_record}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []
    store.close()


def test_mails_are_in_the_order_of_their_arrival(core: Core) -> None:
    store = Store(f"sqlite:///{core.home() / 'mailcrm.db'}")
    with store.read() as session:
        found = session.exec(select(Message.sort_key, Message.arrived_at).order_by(col(Message.sort_key))).all()
    store.close()
    keys = [key for key, _at in found]
    assert [key - key % 64 for key in keys] == [first_sort_key(at) for _key, at in found]
    assert len(set(keys)) == len(keys) > 0


def test_the_worklist_is_as_it_was_left(core: Core) -> None:
    rows = core.ask("worklist", view="all", owner="all").rows
    assert {(row.subject, row.kind, row.state) for row in rows} >= {
        ("Late question", "reply", "overdue"),
        ("Price for bolts", "reply", "running"),
        ("Flanges", "reply", "running"),
        ("Drawing", "reply", "running"),
        ("样品", "promise", "promised"),
        ("Re: Flanges", "outbox", "in_doubt"),
    }
    assert sum(row.kind == "quarantine" for row in rows) == 1


def test_the_threads_are_as_they_were_left(core: Core) -> None:
    assert {row.subject: (row.state, row.company, len(row.messages)) for row in core.ask("threads")} == {
        "Before your time": ("idle", "Basel", 1),
        "Catalogue": ("waived", "Acme Valves", 1),
        "Drawing": ("running", "Tunis", 1),
        "Fair news": ("idle", None, 1),
        "Flanges": ("running", "Graz", 1),
        "Gate valves DN50": ("closed", "Acme Valves", 2),
        "Late question": ("overdue", "Tunis", 1),
        "Offer": ("idle", None, 1),
        "Pipes": ("closed", "Izmir Pipes", 1),
        "Price for bolts": ("running", None, 1),
        "样品": ("promised", "Taipei Tools", 2),
    }


def test_texts_and_files_are_whole(core: Core) -> None:
    assert (thread(core, "样品").messages[0].body or "").strip() == "请问样品什么时候可以寄出?"
    (file,) = thread(core, "Drawing").messages[0].attachments or ()
    assert (file.filename, file.content_type, file.size) == ("drawing.pdf", "application/pdf", 19)


def test_its_mail_can_be_searched_for(core: Core) -> None:
    assert [row.subject for row in core.ask("search", query="寄出")] == ["Re: 样品", "样品"]  # the answer quotes it


def test_the_outbox_keeps_what_waits_and_what_is_in_doubt(core: Core) -> None:
    rows: tuple[OutboxRow, ...] = core.ask("outbox")
    assert {row.subject: row.state for row in rows} == {
        "Re: Gate valves DN50": "sent",
        "Re: 样品": "sent",
        "Re: Price for bolts": "draft",
        "Re: Flanges": "in_doubt",
        "Re: Late question": "held",
    }


def test_decisions_and_roles_are_kept(core: Core) -> None:
    assert "TurnWaived" in {row.event for row in core.ask("explain", id=thread(core, "Catalogue").id)}
    (acme,) = (row for row in core.ask("companies") if row.name == "Acme Valves")
    assert (acme.role, acme.country) == ("customer", "NL")


def test_its_settings_count(core: Core) -> None:
    """The home says warn = "5h", and a mail of two in the afternoon is at risk from nine in the morning on, not from ten."""
    morning = open_core(core.home(), now="2026-03-05T09:30+08:00")
    assert thread(morning, "Price for bolts").state == "at_risk"
    morning.close()


def test_work_goes_on_in_it(core: Core) -> None:
    core.do("waive", thread=thread(core, "Drawing").id, reason="by phone")
    assert thread(core, "Drawing").state == "waived"
    core.do("undo")
    assert thread(core, "Drawing").state == "running"
    held = next(row for row in core.ask("outbox") if row.state == "held")
    core.do("outbox_cancel", id=held.id)
    assert core.ask("outbox_item", id=held.id).state == "cancelled"


def test_its_account_has_no_secret(core: Core) -> None:
    assert [(row.name, row.secret) for row in core.ask("accounts")] == [("work", "none")]
