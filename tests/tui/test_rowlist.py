"""The list of rows: a cursor that stays on its thing, marks, and painting that costs what is visible."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from mailcrm.tui.widgets.cells import fit, wrap
from mailcrm.tui.widgets.rowlist import RowList, Span


@dataclass(frozen=True)
class Thing:
    key: str
    text: str = ""


def paint(thing: Thing, width: int) -> Sequence[Span]:
    return [(fit(thing.text or thing.key, width), "" if thing.key else "heading")]


class Harness(App[None]):
    def __init__(self, things: Sequence[Thing]) -> None:
        super().__init__()
        self.things = things
        self.heard: list[tuple[str, str]] = []
        self.rows: RowList[Thing] = RowList(paint, markable=True)

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_mount(self) -> None:
        self.rows.show(self.things)
        self.rows.focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.heard.append(("moved", event.key))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.heard.append(("chosen", event.key))

    def seen(self, y: int) -> str:
        return self.rows.render_line(y).text.rstrip()


def things(*keys: str) -> list[Thing]:
    return [Thing(key) for key in keys]


async def test_the_cursor_stays_on_its_thing_when_rows_come_and_go() -> None:
    app = Harness(things("a", "b", "c", "d"))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("j", "j")
        assert app.rows.key == "c"
        app.rows.show(things("new1", "new2", "a", "c", "b"))
        assert app.rows.key == "c"
        assert app.seen(3) == " ▸c"
        app.rows.show(things("new1", "new2", "a", "b"))
        assert app.rows.key == "b", "the row that now stands in its place"
        app.rows.show([])
        assert app.rows.key == ""
        app.rows.show(things("x"))
        assert app.rows.key == "x"


async def test_a_poll_of_200_rows_above_moves_neither_cursor_nor_marks_nor_the_window() -> None:
    old = things(*(f"t{number}" for number in range(300)))
    app = Harness(old)
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("pagedown", "pagedown", "x", "j")
        key, marks = app.rows.key, set(app.rows.marks)
        window = [app.seen(y) for y in range(10)]
        app.rows.show([*things(*(f"new{number}" for number in range(200))), *old])
        await pilot.pause()
        assert app.rows.key == key
        assert app.rows.marks == marks
        assert [app.seen(y) for y in range(10)] == window


async def test_headings_are_passed_over_in_both_directions() -> None:
    app = Harness([Thing("", "LATE"), Thing("a"), Thing("", "TODAY"), Thing("b"), Thing("", "END")])
    async with app.run_test(size=(30, 10)) as pilot:
        assert app.rows.key == "a"
        await pilot.press("j")
        assert app.rows.key == "b"
        await pilot.press("j")
        assert app.rows.key == "b"
        await pilot.press("k", "k")
        assert app.rows.key == "a"


async def test_every_moving_key() -> None:
    app = Harness(things(*(f"t{number}" for number in range(100))))
    async with app.run_test(size=(30, 10)) as pilot:
        for key, there in [
            ("G", "t99"), ("home", "t0"), ("end", "t99"), ("up", "t98"), ("down", "t99"), ("home", "t0"),
            ("pagedown", "t9"), ("pageup", "t0"), ("ctrl+d", "t5"), ("ctrl+u", "t0"), ("j", "t1"), ("k", "t0"),
        ]:  # fmt: skip
            await pilot.press(key)
            assert app.rows.key == there, key


async def test_marks_are_kept_by_key_and_chosen_keys_are_in_order() -> None:
    app = Harness(things("a", "b", "c", "d"))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("j", "x", "j", "space")
        assert app.rows.chosen_keys() == ("b", "d")
        app.rows.show(things("d", "c", "b", "a"))
        assert app.rows.chosen_keys() == ("d", "b")
        assert app.seen(0).startswith("✓")
        app.rows.unmark()
        assert app.rows.chosen_keys() == (app.rows.key,)


async def test_mouse_and_enter_choose() -> None:
    app = Harness(things("a", "b", "c"))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.click(RowList, offset=(4, 2))
        assert app.rows.key == "c"
        await pilot.click(RowList, offset=(4, 1), times=2)
        await pilot.press("enter")
        assert [key for what, key in app.heard if what == "chosen"] == ["b", "b"]


async def test_a_hundred_thousand_rows_cost_what_is_visible() -> None:
    many = things(*(f"t{number}" for number in range(100_000)))
    app = Harness([])
    painted: list[str] = []

    def counting(thing: Thing, width: int) -> Sequence[Span]:
        painted.append(thing.key)
        return paint(thing, width)

    app.rows.painter = counting
    async with app.run_test(size=(80, 24)) as pilot:
        begun = time.perf_counter()
        app.rows.show(many)
        await pilot.pause()
        assert time.perf_counter() - begun < 1
        assert len(painted) <= 60
        await pilot.press("G")
        assert app.rows.key == "t99999"
        assert len(painted) <= 120


async def test_hostile_text_is_cut_to_the_window_and_shown_as_text() -> None:
    app = Harness([Thing("a", "[@click=app.quit]x[/]\x1b]0;owned\x07\u202e"), Thing("b", "价格" * 40)])
    async with app.run_test(size=(40, 5)):
        line = app.rows.render_line(0)
        assert "[@click=app.quit]x[/]‹RLO›" in line.text
        assert "\x1b" not in line.text
        assert "owned" not in line.text
        width = app.rows.scrollable_content_region.width
        assert app.rows.render_line(1).cell_length == width
        assert cell_len(app.rows.render_line(1).text) == width


@given(st.text(), st.integers(0, 60))
def test_fit_fills_exactly(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(st.text(alphabet="ab 价格é\n", max_size=200), st.integers(2, 40))
def test_wrap_loses_nothing_but_spaces_and_is_never_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
