"""`team load`: whose work counts where, what is late, and how much of it was answered in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli.running import Cli
from ingest.mailroom import REP, letter
from sqlalchemy import event
from sqlalchemy.engine import Engine

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.facade import Core
from mailcrm.domain.errors import UsageError
from mailcrm.queries.rows import LoadRow

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)  # a Tuesday, 10:00 in Shanghai
AGES = (30, 26, 22, 2)  # hours; the first two are late, the third is at risk


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    """A home with four customers who wait, and nobody written down."""
    make_home(tmp_path / "home", None)
    monkeypatch.setenv("MAILCRM__OFFICE__ZONE", "UTC")
    monkeypatch.setattr("getpass.getuser", lambda: "anna")
    core = open_core(tmp_path / "home", now=NOW.isoformat())
    core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1",
        smtp="smtp://127.0.0.1:1",
        own_addresses=(REP,),
        go_live=(NOW - timedelta(days=9)).isoformat(),
        zone="Asia/Shanghai",
        owner="anna",
    )
    write(core, tmp_path, 0, AGES)
    yield core
    core.close()


def write(core: Core, place: Path, first: int, ages: tuple[int, ...]) -> None:
    for number, age in enumerate(ages, first):
        mail = place / f"{number}.eml"
        mail.write_bytes(letter(f"jan@firm{number}.example", f"Price {number}?", date=NOW - timedelta(hours=age)))
        core.do("import_mail", paths=(str(mail),), live=True)


def team(core: Core) -> None:
    for name, manager in (("anna", False), ("bo", False), ("mei", True)):
        core.do("add_person", name=name, manager=manager)


def of(core: Core, name: str) -> LoadRow:
    rows: tuple[LoadRow, ...] = core.ask("team_load").rows
    return next(row for row in rows if row.name == name)


def test_a_lone_rep_is_one_line(core: Core) -> None:
    (row,) = core.ask("team_load").rows
    assert (row.name, row.colleague, row.manager) == ("anna", False, False)
    assert {name: count for name, count in row.counts.items() if count} == {"open": 4, "overdue": 2, "at_risk": 1}
    assert (row.worst.company, row.worst.overdue_seconds) == ("Firm0", 6 * 3600)
    assert (row.counted, row.in_time_percent, row.by_holding_percent) == (2, 0.0, 0.0)


def test_the_most_late_stands_first_then_whose_customer_waits_longest(core: Core) -> None:
    team(core)
    assert [row.name for row in core.ask("team_load").rows] == ["anna", "bo", "mei"]
    core.do("assign", thread="t1", to="bo")
    assert [row.name for row in core.ask("team_load").rows] == ["bo", "anna", "mei"]
    core.do("assign", thread="t2", to="bo")
    core.do("assign", thread="t4", to="mei")
    assert [row.name for row in core.ask("team_load").rows] == ["bo", "anna", "mei"]


def test_each_line_counts_what_that_person_s_list_shows(core: Core) -> None:
    team(core)
    core.do("add_presence", person="anna", since="2026-11-24", until="2026-11-24", deputy="bo")
    core.do("assign", thread="t4", to="bo")
    anna, bo = of(core, "anna"), of(core, "bo")
    assert (anna.counts["open"], anna.standing_in, anna.stands_in, anna.deputy) == (3, 0, "bo", "bo")
    assert anna.away_until == datetime(2026, 11, 25, tzinfo=UTC)
    assert (bo.counts["open"], bo.standing_in, bo.away_until) == (4, 3, None)
    for row in (anna, bo, of(core, "mei")):
        listed = core.ask("worklist", view="all", owner=row.name).rows
        assert len([line for line in listed if line.kind in ("reply", "promise")]) == row.counts["open"]
    assert core.ask("team_load").total["open"] == 4


def test_whoever_owns_work_has_a_line_and_so_has_what_is_nobody_s(core: Core) -> None:
    core.do("add_person", name="bo")
    assert [(row.name, row.colleague) for row in core.ask("team_load").rows] == [("anna", False), ("bo", True)]
    with core._world.store.begin() as session:  # noqa: SLF001  (homes made before accounts had owners)
        session.connection().exec_driver_sql("UPDATE account SET owner = ''")
    assert {row.name: row.counts["open"] for row in core.ask("team_load").rows} == {"": 4, "bo": 0}
    assert len(core.ask("worklist", view="all", owner="nobody").rows) == 4
    assert core.ask("worklist", view="all", owner="bo").rows == ()
    with pytest.raises(UsageError, match="no name for a colleague"):
        core.do("add_person", name="nobody")


def test_holding_replies_and_what_looks_finished_are_told_apart(core: Core) -> None:
    core.do("reply", thread="t3", template="holding", hold="2026-11-25 09:00", mode="draft")
    assert of(core, "anna").counts["promised"] == 0
    core.do("answered", thread="t1", channel="phone")
    row = of(core, "anna")
    assert (row.counts["open"], row.counts["overdue"]) == (3, 1)
    assert row.worst is not None
    assert (row.worst.company, row.counted) == ("Firm1", 2)


def test_it_costs_the_same_statements_however_much_mail_there_is(core: Core, tmp_path: Path) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            core.ask("team_load")
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(seen)

    before = statements()
    write(core, tmp_path, 10, (1,) * 12)
    assert statements() == before


def test_the_command_line_tells_it_as_lines_and_as_json(cli: Cli) -> None:
    empty = cli.ok("team", "load", "--json").json
    assert (empty["total"]["open"], [row["colleague"] for row in empty["rows"]]) == (0, [False])
    assert "`mailcrm team add NAME` adds one." in cli.ok("team", "load").out
    cli.ok("team", "add", "anna")
    cli.ok("--now", "2026-11-24T10:00", "absence", "add", "anna", "--from", "2026-11-23", "--to", "2026-11-24")
    told = cli.ok("--now", "2026-11-24T10:00", "team", "load").out
    assert told.split()[:2] == ["user", "in"]
    assert "anna (away)" in told
    assert "nobody stands in" in told
    (row,) = cli.ok("--now", "2026-11-24T10:00", "team", "load", "--json").json["rows"]
    assert row["away_until"].startswith("2026-11-25T00:00")
    assert set(row["counts"]) == {
        "open", "overdue", "broken", "chased", "complaints", "at_risk", "promised", "unconfirmed",
    }  # fmt: skip
