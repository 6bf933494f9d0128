"""Every verb of the core has its place in the TUI; every key has a name, a title and an action that exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.binding import Binding
from tui.house import app_on, house, until_seen
from tui.test_hostile_text import screens

import mailcrm.tui
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.keys import every_key
from mailcrm.tui.widgets.board import Board
from mailcrm.tui.widgets.editing import EditField
from mailcrm.tui.widgets.narrowing import NarrowField
from mailcrm.tui.widgets.pager import Pager
from mailcrm.tui.widgets.recipients import AddressField
from mailcrm.tui.widgets.rowlist import RowList
from mailcrm.tui.widgets.ticks import TickList

OWNERS = (MailcrmApp, Board, RowList, Pager, TickList, AddressField, EditField, NarrowField, *screens())


# What prices stand on comes as tables and is kept on the command line.
BEHIND_A_PRICE = {
    "apply_pricelist", "apply_products", "edit_product", "import_refunds", "new_cost_sheet",
    "new_product", "set_rate", "set_refund",
}  # fmt: skip


def spoken_in(room: Path) -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in room.rglob("*.py")]
    constants = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


async def test_every_verb_of_the_core_can_be_done_here(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core:
        verbs = {info.verb for info in core.verbs()}
        assert verbs
        here = Path(mailcrm.tui.__file__).parent
        by_forms = spoken_in(here.parent / "queries")  # a page names the verbs that can be done on it
        assert verbs - spoken_in(here) - by_forms == BEHIND_A_PRICE


def test_every_binding_has_an_id_of_the_table_and_an_action() -> None:
    known = every_key()
    for owner in OWNERS:
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id in known
            action = binding.action.partition("(")[0]
            holder = MailcrmApp if action.startswith("app.") else owner
            assert callable(getattr(holder, f"action_{action.removeprefix('app.')}")), (owner, action)


def test_no_table_of_keys_is_dead() -> None:
    bound = {
        binding.id for owner in OWNERS for binding in owner.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding)
    }
    assert set(every_key()) - bound == set()


async def test_no_colour_leaves_every_meaning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "! late 6h 00m", "~ in 2h 00m", "▸!", "✗ nobody fetches")
            assert app.no_color


async def test_light_and_dark_by_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            dark = app.export_screenshot()
            await pilot.press("T")
            await pilot.pause()
            assert not app.current_theme.dark
            assert app.export_screenshot() != dark
            await pilot.press("T")
            await pilot.pause()
            assert app.export_screenshot() == dark
