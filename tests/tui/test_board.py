"""The board: a cursor that stays on its card, columns as many as have room, and what each card tells."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from mailcrm.domain.trade.money import parse_money
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import BoardRow
from mailcrm.tui.boardlines import Card, card_spans, columns_of, due_words, fits, items_of, row_spans, widths
from mailcrm.tui.widgets.board import Board
from mailcrm.tui.widgets.rowlist import Span

NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
ROW = BoardRow(
    "s1",
    "SMP-2026-0001",
    "signed",
    say("Being made"),
    "Spray nozzle, brass",
    say("Ask the factory"),
    company="Vries BV",
    country="NL",
    grade="A",
    due=NOW + timedelta(hours=3),
)


def row(id: str, stage: str) -> BoardRow:  # noqa: A002  (as everywhere)
    return replace(ROW, id=id, number=f"SMP-{id}", stage=Sentence(stage))


def paint(card: Card, width: int) -> Sequence[Sequence[Span]]:
    return card_spans(card.row or ROW, width, NOW)


class Harness(App[None]):
    def __init__(self, rows: Sequence[BoardRow]) -> None:
        super().__init__()
        self.rows = rows
        self.heard: list[tuple[str, str]] = []
        self.board: Board[Card] = Board(paint)

    def compose(self) -> ComposeResult:
        yield self.board

    def on_mount(self) -> None:
        self.board.show(columns_of(self.rows))
        self.board.focus()

    def on_board_moved(self, event: Board.Moved) -> None:
        self.heard.append(("moved", event.key))

    def on_board_chosen(self, event: Board.Chosen) -> None:
        self.heard.append(("chosen", event.key))

    def seen(self) -> str:
        return "\n".join(self.board.render_line(y).text.rstrip() for y in range(self.size.height))


THREE = (row("a", "Asked"), row("b", "Asked"), row("c", "Made"), row("d", "Sent"), row("e", "Sent"))


async def test_the_keys_go_along_a_column_and_from_one_to_the_next() -> None:
    app = Harness(THREE)
    async with app.run_test(size=(120, 20)) as pilot:
        assert app.board.key == "a"
        await pilot.press("j")
        assert app.board.key == "b"
        app.board.step(1)
        assert app.board.key == "c", "the last card of a shorter column"
        app.board.step(1)
        await pilot.press("j", "j")
        assert app.board.key == "e"
        app.board.step(1)
        assert app.board.key == "e", "there is no column beyond"
        await pilot.press("k", "enter")
        await pilot.pause()
        assert app.heard[-1] == ("chosen", "d")


async def test_the_cursor_follows_its_card_into_another_column() -> None:
    app = Harness(THREE)
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.press("j")
        moved = [row("a", "Asked"), row("c", "Made"), row("b", "Made"), *THREE[3:]]
        app.board.show(columns_of(moved))
        assert app.board.key == "b"
        app.board.show(columns_of([row("a", "Asked"), row("c", "Made")]))
        assert app.board.key == "c", "the card that now stands in its place"
        app.board.show([])
        assert app.board.key == ""
        await pilot.press("j", "G", "enter")


async def test_heads_tell_their_cards_and_how_many_stages_have_no_room() -> None:
    rows = [row(str(number), f"Stage {number}") for number in range(6)]
    app = Harness(rows)
    async with app.run_test(size=(100, 12)) as pilot:
        head = app.seen().splitlines()[0]
        assert [f"Stage {number}  1" in head for number in range(6)] == [True] * 3 + [False] * 3
        assert "3 ›" in head
        for _step in range(4):
            app.board.step(1)
        await pilot.pause()
        head = app.seen().splitlines()[0]
        assert "‹2" in head
        assert "Stage 4  1   1 ›" in head


async def test_a_long_column_scrolls_under_its_head() -> None:
    app = Harness([row(str(number), "Asked") for number in range(40)])
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        text = app.seen()
        assert "Asked  40" in text
        assert "SMP-39" in text
        assert "SMP-0 " not in text
        await pilot.press("home")
        assert app.board.key == "0"


async def test_a_thousand_cards_are_painted_as_soon_as_ten() -> None:
    app = Harness([row(str(number), f"Stage {number % 5}") for number in sorted(range(5000), key=lambda n: n % 5)])
    async with app.run_test(size=(160, 45)):
        begun = time.process_time()
        app.board.show(columns_of(app.rows))
        app.seen()
        assert time.process_time() - begun < 1


def test_what_is_late_says_so_without_any_colour() -> None:
    late = replace(ROW, due=NOW - timedelta(hours=2), late=True)
    lines = ["".join(text for text, _look in line) for line in card_spans(late, 40, NOW)]
    assert lines[0].endswith(" !")
    assert "late 2h 00m" in lines[2]
    assert "late" not in "".join(text for line in card_spans(ROW, 40, NOW) for text, _look in line)
    assert due_words(replace(ROW, due=None, late=True), NOW) == ("! late", "bad")
    assert due_words(replace(ROW, due=None), NOW) == ("", "")


TEXT = st.text(alphabet=st.sampled_from("ab 中文🇳🇱é\u0301\n\x1b…"), max_size=60)


@given(st.integers(24, 60), TEXT, TEXT, st.booleans())
def test_no_card_and_no_row_is_wider_than_its_room(width: int, title: str, company: str, late: bool) -> None:
    known = replace(ROW, title=title, company=company, late=late, next_step=Sentence("{t}", {"t": title}))
    for line in card_spans(known, width, NOW):
        assert sum(cell_len(text) for text, _look in line) <= width
    wanted = widths([known], NOW)
    painted = row_spans(known, max(width, 56), wanted, NOW)
    assert sum(cell_len(text) for text, _look in painted) <= max(width, 56)


def test_a_folded_stage_has_its_head_only() -> None:
    items = items_of(THREE, {"stage:Asked"})
    assert [(item.title, item.count) if item.row is None else item.key for item in items] == [
        ("Asked", 2),
        ("Made", 1),
        "c",
        ("Sent", 2),
        "d",
        "e",
    ]


@pytest.mark.parametrize(
    ("words", "found"), [("nozzle", True), ("vries nozzle", True), ("factory", True), ("0001", True), ("pump", False)]
)
def test_words_narrow_by_whatever_stands_on_the_card(words: str, found: bool) -> None:
    assert fits(ROW, words.split()) is found


@pytest.mark.parametrize("width", [60, 80, 160])
def test_a_card_tells_what_it_is_worth_and_its_column_what_all_are_per_currency(width: int) -> None:
    rows = [replace(ROW, amount=str(one), money=one) for one in map(parse_money, ("USD 2,600.50", "EUR 40", "USD 1"))]
    told = "".join(text for text, _look in row_spans(rows[0], width - 2, widths(rows, NOW), NOW))
    assert "USD 2,600.50" in told
    assert cell_len(told) <= width - 2
    (column,) = columns_of(rows)
    assert column.told(28) == "USD 2,601.50 · EUR 40.00"
    assert [column.told(room) for room in (20, 16, 8, 0)] == ["USD 2,602 · EUR 40", "USD 2,602 · …", "", ""]
    inner = max(width // max(width // 30, 1), 30) - 4
    lines = ["".join(text for text, _look in line) for line in card_spans(rows[0], inner, NOW)]
    assert lines[1].endswith("USD 2,600.50")
    assert max(map(cell_len, lines)) <= inner
    assert columns_of([ROW])[0].told(28) == "", "what adds to no total has none"
