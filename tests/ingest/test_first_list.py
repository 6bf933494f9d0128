"""The first list of a start tells of the same turns what the worklist tells, on both databases, and loads nothing heavy for it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.mailroom import NOW, Mailroom, letter

from mailcrm import bootstrap
from mailcrm.bootstrap.firstlook import connected, first_look
from mailcrm.core.facade import Core
from mailcrm.core.world import World
from mailcrm.queries.firstpaint import first_list, first_zone, team_of
from mailcrm.queries.rows import WorklistRow

STANDING = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
HEAVY = {"sqlalchemy", "sqlmodel", "pydantic", "holidays", "imapclient", "textual", "alembic"}


def of_turns(core: Core) -> list[WorklistRow]:
    """Return the worklist's rows that stand for turns, but for those that a question took the place of.

    Office hours are counted with holidays, which take too long to load for a first list; what a mail suggests to begin is told
    a second later, too.
    """
    rows = core.ask("worklist", view="now", owner="me").rows
    return [
        replace(row, rank=0, overdue_office_seconds=0, flags=tuple(f for f in row.flags if not f.startswith("begin_")))
        for row in rows
        if row.id.startswith("r") and row.kind != "question"
    ]


def at_first(world: World) -> list[WorklistRow]:
    with world.store.read() as session:
        outlook = world.outlook(session)
    with connected(world.store.url.render_as_string(hide_password=False)) as records:
        assert first_zone(records) == "Asia/Shanghai"
        assert team_of(records) == outlook.team
        return [replace(row, rank=0) for row in first_list(records, outlook).rows]


def test_in_the_demos_mailbox_it_is_the_worklist() -> None:
    with bootstrap.open_demo(STANDING) as core:
        world: World = vars(core)["_world"]
        rows = at_first(world)
        whole = of_turns(core)
        waits = {
            row.id for row in whole if row.suggested_template == "holding"
        }  # for a quote: suggested a second later, too
        assert len(waits) == 1
        assert [replace(row, suggested_template="") if row.id in waits else row for row in rows] == [
            replace(row, suggested_template="") if row.id in waits else row for row in whole
        ]
        assert {"complaint", "broken", "chased", "overdue", "at_risk"} <= {row.band for row in rows}
        assert rows[0].subject == core.ask("worklist", view="now", owner="me").rows[0].subject


def test_drafts_snoozes_owners_and_promises(room: Mailroom) -> None:
    for number in range(6):
        at = NOW - timedelta(hours=20 - number)
        room.arrives(letter(f"jan{number}@acme{number}.example", f"Price {number}", date=at), at)
    room.sync()
    threads = {row.subject: row.thread_id for row in room.core.ask("worklist", view="all", owner="all").rows}
    room.core.do("add_person", name="chen", address="chen@ningbo.example")
    room.core.do("reply", thread=threads["Price 1"], mode="draft", body="Soon")
    room.core.do("snooze", thread=threads["Price 2"], until=(NOW + timedelta(hours=6)).isoformat())
    room.core.do("assign", thread=threads["Price 3"], to="chen")
    room.core.do("edit_company", id=room.core.ask("companies")[0].id, grade="A")
    rows = at_first(room.world)
    assert rows == of_turns(room.core)
    assert "draft" in {flag for row in rows for flag in row.flags}
    assert threads["Price 2"] not in {row.thread_id for row in rows}
    assert {row.owner for row in rows} >= {"chen"}


def test_a_home_is_looked_at_without_anything_heavy(tmp_path: Path) -> None:
    home = tmp_path / "home"
    bootstrap.make_home(home, None)
    code = f"""
import json, sys
from pathlib import Path
from mailcrm.bootstrap.firstlook import first_look
look = first_look(Path({str(home)!r}))
print(json.dumps([look.worklist.rows, look.zone, sorted(sys.modules)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    rows, zone, modules = json.loads(done.stdout)
    assert rows == []
    assert zone
    assert HEAVY.isdisjoint(modules)


def test_what_is_unusual_is_left_to_the_core(tmp_path: Path) -> None:
    home = tmp_path / "home"
    bootstrap.make_home(home, None)
    assert first_look(home) is not None
    with connected(f"sqlite:///{home / 'mailcrm.db'}") as records:
        assert records.execute("SELECT count(*) FROM turn").fetchall() == [(0,)]
    (home / "mailcrm.toml").write_text("[clock]\nwarn = 4\n", encoding="utf-8")
    assert first_look(home) is None
    (home / "mailcrm.toml").write_text("", encoding="utf-8")
    (home / "mailcrm.db").write_bytes(b"not a database")
    assert first_look(home) is None
