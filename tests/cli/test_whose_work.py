"""A team at the command line: whose list a thread is on, and who stands in meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ingest.mailroom import REP, letter

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.facade import Core
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)  # a Tuesday, 10:00 in Shanghai


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    """A home with one open thread in anna's mailbox, and three colleagues."""
    make_home(tmp_path / "home", None)
    monkeypatch.setenv("MAILCRM__OFFICE__ZONE", "UTC")
    (tmp_path / "mail.eml").write_bytes(letter("jan@acme.example", "Price?", date=NOW - timedelta(hours=2)))
    core = open_core(tmp_path / "home", now=NOW.isoformat())
    for name, manager in (("anna", False), ("bo", False), ("mei", True)):
        core.do("add_person", name=name, address=f"{name}@ours.example", manager=manager)
    core.do("add_person", name="Anna", deputy="bo")
    core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1",
        smtp="smtp://127.0.0.1:1",
        own_addresses=(REP,),
        go_live=(NOW - timedelta(days=1)).isoformat(),
        zone="Asia/Shanghai",
        owner="anna",
    )
    core.do("import_mail", paths=(str(tmp_path / "mail.eml"),), live=True)
    yield core
    core.close()


def on_list(core: Core, owner: str) -> list[str]:
    return [row.owner for row in core.ask("worklist", view="all", owner=owner).rows]


def test_a_thread_is_whoever_s_mailbox_it_came_to(core: Core) -> None:
    assert on_list(core, "anna") == ["anna"]
    assert on_list(core, "bo") == []
    assert on_list(core, "all") == ["anna"]


def test_assigned_it_is_the_other_s_and_undo_gives_it_back(core: Core) -> None:
    due = core.ask("threads")[0].due
    core.do("assign", thread="t1", to="Bo")
    assert (on_list(core, "anna"), on_list(core, "bo")) == ([], ["bo"])
    assert core.ask("threads")[0].due == due
    core.do("undo")
    assert on_list(core, "anna") == ["anna"]


def test_on_leave_the_deputy_has_it_and_the_deadline_stays(core: Core) -> None:
    due = core.ask("threads")[0].due
    away = core.do("add_presence", person="anna", since="2026-11-24", until="2026-11-24").row
    assert (away.since, away.until) == (
        datetime(2026, 11, 24, tzinfo=UTC),
        datetime(2026, 11, 25, tzinfo=UTC),
    )
    assert on_list(core, "bo") == ["anna"]
    assert core.ask("threads")[0].due == due
    core.do("remove_presence", id=away.id)
    assert on_list(core, "bo") == []


def test_what_can_t_be_is_refused_with_the_mend(core: Core) -> None:
    with pytest.raises(NotFound, match="Nobody here is called li"):
        core.do("assign", thread="t1", to="li")
    with pytest.raises(RefusedByRule, match="still owns"):
        core.do("remove_person", name="anna")
    with pytest.raises(UsageError, match="stand in for themselves"):
        core.do("add_person", name="anna", deputy="anna")
    with pytest.raises(UsageError, match="ends before"):
        core.do("add_presence", person="anna", since="2026-11-25", until="2026-11-24")
    with pytest.raises(UsageError, match="over already"):
        core.do("add_presence", person="anna", since="2026-11-20", until="2026-11-23")
    core.do("remove_person", name="bo")
    assert [row.name for row in core.ask("colleagues")] == ["anna", "mei"]
