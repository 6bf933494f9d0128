"""Search as one types: answers in order, filters that are completed and mended in place, and the thread at the hit."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.house import ANNA, JAN, LETTERS, MARIA, Letter, app_on, house, seen, until, until_seen

from mailcrm.tui.hits import marked
from mailcrm.tui.screens.search import SearchScreen
from mailcrm.tui.screens.thread import ThreadScreen
from mailcrm.tui.widgets import safe

LONG = Letter(
    "Olga Petrova <olga@petrova.example>",
    "Order",
    "We order as agreed.\n\n"
    + "A line about nothing much.\n" * 60
    + "Please mind the tungsten seal.\n"
    + "And so on.\n" * 30,
    5,
)


async def test_results_come_while_typing_and_tell_where_the_words_stand(tmp_path: Path) -> None:
    with house(tmp_path, (*LETTERS, LONG)) as core:
        app = app_on(core)
        async with app.run_test(size=(60, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("slash", *"tungs")
            await until_seen(pilot, "1 mail", "tungsten")
            await pilot.press(*"ten xyzzy")
            await until_seen(pilot, "No mail has these words.")
            await pilot.press(*["backspace"] * 40)
            await until_seen(pilot, "from:")
            assert "Olga" not in seen(app)


async def test_an_older_answer_never_stands_over_a_newer_one(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("slash", *"nozzle")
            await until_seen(pilot, "1 mail")
            screen = app.screen
            assert isinstance(screen, SearchScreen)
            old = core.ask("search", query="price", limit=50)
            screen._arrived("price", old)  # noqa: SLF001  (an answer that was long under way)
            await pilot.pause()
            assert [hit.row.subject for hit in screen.rows.items] == [ANNA.subject]


async def test_a_filter_is_completed_by_a_key_and_a_mistake_in_one_is_mended_in_place(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("slash", "f", "r")
            await until_seen(pilot, "from:")
            await pilot.press("right", *"jan")
            await until_seen(pilot, "1 mail", JAN.subject)
            assert app.screen.query_one(safe.Field).value == "from:jan"
            app.screen.query_one(safe.Field).put("after:yesterday price")
            await until_seen(pilot, "! yesterday is no date.", "2026-11-23")
            app.screen.query_one(safe.Field).put("is:late")
            await until_seen(pilot, "! is:late is not known.", "is:overdue")


async def test_the_thread_opens_at_the_hit_and_back_are_the_results_as_they_were(tmp_path: Path) -> None:
    with house(tmp_path, (*LETTERS, LONG)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("slash", *"please")
            await until_seen(pilot, "1 mail")
            await pilot.press("enter", "enter")
            await until(pilot, lambda: isinstance(app.screen, ThreadScreen))
            await until_seen(pilot, "Please mind the tungsten seal.")
            styles = [app.screen.get_style_at(x, y) for y in range(24) for x in range(70)]
            assert [style.reverse for style in styles].count(True) == len("Please")
            await pilot.press("escape")
            await until_seen(pilot, "1 mail", "Olga Petrova")
            assert isinstance(app.screen, SearchScreen)
            assert app.screen.rows.has_focus


async def test_words_that_only_the_quoted_text_holds_unfold_it(tmp_path: Path) -> None:
    quoting = Letter(
        MARIA.sender, "Re: plazo", "Gracias, ¿y el precio?\n\nOn Mon, 23 Nov 2026, Lin Wei <lin@brightport.example> wrote:\n> The zirconium lining takes 30 days.\n", 2
    )  # fmt: skip
    with house(tmp_path, (quoting,)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "María García")
            await pilot.press("slash", *"zirconium")
            await until_seen(pilot, "1 mail")
            await pilot.press("enter", "enter")
            await until_seen(pilot, "> The zirconium lining takes 30 days.")
            await pilot.press("z", "z")
            await until(pilot, lambda: "zirconium" not in seen(app))


async def test_the_next_and_the_previous_place_by_key(tmp_path: Path) -> None:
    with house(tmp_path, (LONG,)) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Olga Petrova")
            await pilot.press("slash", *"order agreed seal")
            await until_seen(pilot, "1 mail")
            await pilot.press("enter", "enter")
            await until_seen(pilot, "We order as agreed.")
            await pilot.press("]")
            await until_seen(pilot, "tungsten seal")
            await pilot.press("[")
            await until_seen(pilot, "We order as agreed.")


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("the price of a valve", 30, "the price of a valve" + " " * 10),
        ("a very long beginning and then the valve stands", 16, "…valve stands   "),
        ("价格和付款方式，还有阀门的图纸", 14, "…有阀门的图纸 "),
        ("nothing here at all", 8, "nothing…"),
    ],
)
def test_a_line_is_cut_around_its_hit_and_measured_in_cells(text: str, width: int, told: str) -> None:
    def mark(line: str) -> list[tuple[int, int]]:
        return [(at, at + len(word)) for word in ("valve", "阀门") if (at := line.find(word)) >= 0]

    spans = marked(text, mark, width)
    assert "".join(words for words, _look in spans) == told
    hits = [words for words, look in spans if look == "hit"]
    assert hits == [word for word in ("valve", "阀门") if word in told]
