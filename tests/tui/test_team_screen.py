"""The team at a glance: who has how much, whose customer waits longest, and from there into anybody's list."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from tui.house import ANNA, JAN, MARIA, NOW, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.tui.screens.team import TeamScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.teamlines import heading_spans, load_spans


def thread_of(core: Core, subject: str) -> str:
    found: dict[str, str] = {row.subject: row.id for row in core.ask("threads")}
    return found[subject]


def team(core: Core) -> None:
    """Maria (late by six hours) is chen's, Jan (at risk) bo's, Anna nobody's in particular; bo is away, mei stands in."""
    for name, manager in (("chen", False), ("bo", False), ("mei", True)):
        core.do("add_person", name=name, manager=manager)
    core.do("add_presence", person="bo", since="2026-11-23", until="2026-11-25", deputy="mei")
    core.do("assign", thread=thread_of(core, MARIA.subject), to="chen")
    core.do("assign", thread=thread_of(core, JAN.subject), to="bo")


async def test_the_worst_stands_first_and_two_keys_open_a_list(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        team(core)
        app = app_on(core)
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("V")
            await until_seen(pilot, "waits longest", "chen", "6h 00m Garcia", "mei until Thu 00:00")
            names = [words[0] for line in seen(app).splitlines() if (words := line.replace("▸", "").split())]
            assert [name for name in names if name in ("chen", "bo", "mei")] == ["chen", "bo", "mei", "chen"]
            await pilot.press("enter")
            await until_seen(pilot, "List of chen", "Plazo de entrega")
            assert "Price list" not in seen(app)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, TeamScreen))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen) and app.screen.owner == "me")


async def test_a_thread_of_another_s_list_is_given_on(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        team(core)
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("V")
            await until_seen(pilot, "waits longest", "chen")
            await pilot.press("enter")
            await until_seen(pilot, "List of chen", "Garcia")
            await pilot.press("A")
            await until_seen(pilot, "Whose work is it from now on?")
            await pilot.press("3")
            await until_seen(pilot, "Given to mei.", "Nothing is due on this list.")
            await pilot.press("escape")
            await until_seen(pilot, "mei              2   1")


@pytest.mark.parametrize("width", [57, 77, 157])
def test_every_line_fills_its_window_whatever_the_names(tmp_path: Path, width: int) -> None:
    with house(tmp_path) as core:
        team(core)
        core.do("add_person", name="陈晓明" * 5)
        core.do("add_presence", person="陈晓明" * 5, since="2026-11-23", until="2026-11-25")
        core.do("assign", thread=thread_of(core, ANNA.subject), to="陈晓明" * 5)
        load = core.ask("team_load")
    for spans in (heading_spans(load, width), *(load_spans(row, load, width, "UTC", NOW) for row in load.rows)):
        assert sum(cell_len(text) for text, _look in spans) == width


async def test_a_narrow_window_says_by_signs_and_explains_them_below(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        team(core)
        app = app_on(core)
        async with app.run_test(size=(60, 24)) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("V")
            await until_seen(pilot, "chen", "! overdue 1", "Waits longest: María García · Garcia")
            assert "bo (away)" in seen(app)
            await pilot.press("j")
            await until_seen(pilot, "away until Thu 00:00, mei stands in")
            await pilot.press("L")
            await until_seen(pilot, "«Team»", "«waits longest»")


async def test_a_lone_rep_sees_one_line_and_how_to_write_down_colleagues(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("V")
            await until_seen(pilot, "Waits longest", "`mailcrm team add NAME` adds one")
            assert isinstance(app.screen, TeamScreen)
            assert len(app.screen.rows.items) == 2


async def test_mail_that_comes_moves_no_cursor(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        team(core)
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "needs you")
            await pilot.press("V")
            await until_seen(pilot, "mei")
            assert isinstance(app.screen, TeamScreen)
            screen = app.screen
            screen.rows.place("of:mei")
            core.do("assign", thread=thread_of(core, MARIA.subject), to="bo")
            await until(pilot, lambda: screen.load and screen.load.rows[0].name != "chen")
            assert screen.row is not None
            assert screen.row.name == "mei"


async def test_who_stands_in_has_the_other_s_work_as_soon_as_the_absence_is_noted(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        team(core)
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "needs you")
            app.push_screen(WorklistScreen(owner="mei"))
            await until_seen(pilot, "List of mei", "price list")
            assert "plazo" not in seen(app)
            core.do("add_presence", person="chen", since="2026-11-23", until="2026-11-25", deputy="mei")
            await until_seen(pilot, "¿Cuál es el plazo")
