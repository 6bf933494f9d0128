"""Monday 08:50 with 140 mails since Friday: what stands on the list and in which order, and who is told what at 09:00."""

from __future__ import annotations

import getpass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from ingest.mailroom import REP
from ingest.monday import CLOSED, FIRST_LOOK, write_mails

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.facade import Core
from mailcrm.queries.rows import DigestRow, OutboxRow, Worklist

ME = getpass.getuser()
NINE = FIRST_LOOK + timedelta(minutes=10)
GRADES = {"Shop03": "A", "Shop07": "A", "Shop01": "B"}
# The rep has said so long ago; Oceanway Freight's name says it.
ROLES = {"Cargoline Logistics": "forwarder", "Harbour Bank": "bank", "Veritest Inspection": "inspection"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the weekend's mail has just been read."""
    place = tmp_path_factory.mktemp("monday")
    home = place / "home"
    make_home(home, None)
    (home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
    thursday, weekend = write_mails(place)
    with at(home, CLOSED - timedelta(hours=20)) as core:
        core.do(
            "add_account",
            name="work",
            imap="imap://127.0.0.1:1",
            smtp="smtp://127.0.0.1:1",
            own_addresses=(REP,),
            zone="Asia/Shanghai",
            go_live="2026-11-01",
        )
        core.do("add_person", name="chen", address="chen@ningbo.example", manager=True)
        core.do("import_mail", paths=[str(thursday)], live=True)
        for row in core.ask("worklist", view="all").rows:
            core.do("decide", item=row.id, answer="yes")
    with at(home, FIRST_LOOK) as core:
        report = core.do("import_mail", paths=[str(weekend)], live=True).row
        assert (report.files, report.new) == (140, 140)
        for company in core.ask("companies"):
            if company.name in GRADES:
                core.do("edit_company", id=company.id, grade=GRADES[company.name])
            if company.name in ROLES:
                core.do("edit_company", id=company.id, role=ROLES[company.name])
    return home


class at:  # noqa: N801  (reads as a word: `with at(home, NINE) as core`)
    """The home, open at an instant."""

    def __init__(self, home: Path, now: datetime) -> None:
        self.core = open_core(home, now=now.isoformat())

    def __enter__(self) -> Core:
        return self.core

    def __exit__(self, *_error: object) -> None:
        self.core.close()


def worklist(home: Path, view: str) -> Worklist:
    with at(home, FIRST_LOOK) as core:
        found = core.ask("worklist", view=view)
        assert isinstance(found, Worklist)
        return found


def test_the_bands_in_their_order_and_how_many_stand_in_each(home: Path) -> None:
    found = worklist(home, "all")
    assert [(band, len(list(rows))) for band, rows in groupby(row.band for row in found.rows)] == [
        ("complaint", 2),
        ("broken", 2),
        ("chased", 3),
        ("overdue", 25),
        ("at_risk", 3),
        ("today", 3),
        ("later", 9),
        ("looks_finished", 21),
        ("unknown", 6),
        ("others", 8),
    ]
    assert [row.rank for row in found.rows] == list(range(1, 83))
    assert dict(found.counts) == {
        "needs_you": 47,
        "broken": 2,
        "chased": 3,
        "complaints": 2,
        "looks_finished": 21,
        "unknown": 6,
        "others": 8,
        "handled_silently": 57,
    }


def test_inside_a_band_the_grade_counts_and_then_the_deadline(home: Path) -> None:
    rows = worklist(home, "all").rows
    assert [row.company for row in rows if row.band == "overdue"][:5] == [
        "Shop03",
        "Shop07",
        "Shop01",
        "Shop00",
        "Shop02",
    ]
    assert [row.company for row in rows if row.band == "complaint"] == ["Broken1", "Broken0"]  # not by who wrote first
    for _band, some in groupby(rows, key=lambda row: row.band):
        keys = [(row.grade or "Z", row.due or row.arrived_at or CLOSED) for row in some]
        assert keys == sorted(keys)


def test_what_is_folded_stands_in_no_view_but_all(home: Path) -> None:
    rows = worklist(home, "now").rows
    assert len(rows) == 47
    assert {row.band for row in rows} & {"looks_finished", "unknown", "others"} == set()
    assert [row.band for row in worklist(home, "unknown").rows] == ["unknown"] * 6


def test_at_nine_one_notice_to_the_owner_one_to_the_manager_and_nothing_else(home: Path) -> None:
    told: dict[datetime, tuple[DigestRow, ...]] = {}
    for seconds in range(0, 26 * 60, 30):
        now = FIRST_LOOK + timedelta(seconds=seconds)
        with at(home, now) as core:
            if digests := core.tick_notices():
                told[now] = digests
    assert list(told) == [NINE]  # at 9:16 the next deadline passes, which is a notice of its own
    to = {row.person: row for row in told[NINE]}
    assert set(to) == {ME, "chen"}
    with at(home, NINE) as core:
        open_rows = [row for row in core.ask("worklist", view="all").rows if row.due and row.band != "looks_finished"]
        mails: tuple[OutboxRow, ...] = core.ask("outbox")
    near = {row.thread_id for row in open_rows if row.due <= NINE + timedelta(hours=4)}
    late = {row.thread_id for row in open_rows if row.due <= NINE - timedelta(hours=4)}
    assert {line.thread_id for line in to[ME].lines} == near
    assert {line.thread_id for line in to["chen"].lines} == late
    assert [str(row.title) for row in (to[ME], to["chen"])] == [
        "Deadlines: late 31, due soon 3",
        "Deadlines: late 29, due soon 0",
    ]
    # Promises that ran out on Saturday are as late as an answer that was due then: the manager sees both.
    assert {line.level for line in to["chen"].lines} == {"four", "day"}
    assert sorted(address for mail in mails for address in mail.to) == sorted([REP, "chen@ningbo.example"])
