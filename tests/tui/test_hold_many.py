"""Holding replies for many: one look, one reason, one day; each row changed or left out alone; one key takes all back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.house import LETTERS, Letter, app_on, house, seen, until, until_seen
from tui.test_writing import on

from mailcrm.bootstrap.places import catalogue
from mailcrm.core.facade import Core
from mailcrm.domain import words
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.screens.hold import HoldScreen
from mailcrm.tui.screens.hold_many import HoldManyScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.rowlist import RowList
from mailcrm.tui.widgets.safe import Field


def outbox(core: Core) -> dict[str, OutboxRow]:
    rows = [core.ask("outbox_item", id=row.id) for row in core.ask("outbox")]
    return {row.to[0]: row for row in rows}


async def marked(pilot: Pilot[None]) -> None:
    """Mark all three rows and press h."""
    await until_seen(pilot, "Anna Nowak")
    await pilot.press("x", "x", "x", "h")
    await until(pilot, lambda: isinstance(pilot.app.screen, HoldManyScreen))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_everything_about_each_row_is_seen_before_it_leaves(tmp_path: Path, size: tuple[int, int]) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=size) as pilot:
            await marked(pilot)
            await until_seen(pilot, "Holding replies to 3 customers", "[1 price]", "Wed 25 November, 17:00, our time")
            await until_seen(
                pilot, "[x] María García", "es price", "Wed 17:00", "[x] Jan de Vries", "en price", "[x] Anna Nowak"
            )
            await pilot.press("j")
            await until_seen(pilot, "Thank you for your message")
            await pilot.press("2")
            await until_seen(pilot, "[2 factory]", "es factory", "en factory", "with our factory")


async def test_h_2_enter_holds_them_all_and_u_takes_them_all_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("x", "x", "x", "h", "2", "enter")
            await until_seen(pilot, "3 mails, the last to", "leaves in 15s", "u takes it back")
            await until(pilot, lambda: on(app, WorklistScreen))
            rows = outbox(core)
            assert sorted(rows) == ["anna@nowak.example", "jan@vries.example", "maria@garcia.example"]
            assert {row.state for row in rows.values()} == {"held"}
            assert {row.estimate.isoformat() for row in rows.values() if row.estimate} == {"2026-11-25T09:00:00+00:00"}
            assert "fábrica" in (rows["maria@garcia.example"].body or "")
            assert "factory" in (rows["jan@vries.example"].body or "")
            assert app.screen.query_one(RowList).marks == set(), "the marks have done their work"
            await pilot.press("u")
            await until(pilot, lambda: {row.state for row in outbox(core).values()} == {"cancelled"})


async def test_a_row_is_left_out_and_taken_in_again(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await marked(pilot)
            await until_seen(pilot, "[x] María García", "[x] Jan de Vries", "[x] Anna Nowak")
            await pilot.press("x", "x", "k", "k", "x")
            await until_seen(pilot, "[x] María García", "[ ] Jan de Vries", "Holding replies to 2 customers")
            await pilot.press("enter")
            await until_seen(pilot, "2 mails, the last to")
            assert sorted(outbox(core)) == ["anna@nowak.example", "maria@garcia.example"]


async def test_one_row_is_changed_alone(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await marked(pilot)
            await until_seen(pilot, "[x] Jan de Vries")
            await pilot.press("j", "c")
            await until(pilot, lambda: on(app, HoldScreen))
            await until_seen(pilot, "2026-11-25 17:00", "Enter takes it", "Holding reply to Jan de Vries")
            await pilot.press("4", "tab")
            app.screen.query_one(Field).put("2026-11-27 12:00")
            await pilot.press("enter")
            await until(pilot, lambda: on(app, HoldManyScreen))
            await until_seen(pilot, "en documents Fri 12:00", "es price     Wed 17:00")
            assert core.ask("outbox") == (), "nothing left yet"
            await pilot.press("enter")
            await until_seen(pilot, "3 mails, the last to")
            estimates = {to: row.estimate.isoformat() for to, row in outbox(core).items() if row.estimate}
            assert estimates["jan@vries.example"] == "2026-11-27T04:00:00+00:00"
            assert estimates["anna@nowak.example"] == "2026-11-25T09:00:00+00:00"


async def test_another_day_for_all_and_none_that_has_passed(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await marked(pilot)
            await until_seen(pilot, "[x] Jan de Vries")
            await pilot.press("tab")
            app.screen.query_one(Field).put("2026-11-01")
            await pilot.press("enter")
            await until_seen(pilot, "A promise must lie in the future")
            assert core.ask("outbox") == ()
            app.screen.query_one(Field).put("Fri 12:00")
            await until_seen(pilot, "Fri 27 November, 12:00, our time", "en price     Fri 12:00")
            await pilot.press("enter")
            await until_seen(pilot, "3 mails, the last to")
            assert {row.estimate.isoformat() for row in outbox(core).values() if row.estimate} == {
                "2026-11-27T04:00:00+00:00"
            }


async def test_with_every_row_left_out_nothing_leaves(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS[:2]) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Jan de Vries")
            await pilot.press("x", "x", "h")
            await until_seen(pilot, "[x] Jan de Vries")
            await pilot.press("x", "x", "enter")
            await until_seen(pilot, "Nobody is left to write to")
            await pilot.press("escape")
            await until(pilot, lambda: on(app, WorklistScreen))
            assert core.ask("outbox") == ()
            assert app.screen.query_one(RowList).marks, "nothing was sent: the marks stay"


async def test_what_a_template_asks_is_asked_for_its_row_only(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        own = core.home() / "templates" / "es"
        own.mkdir(parents=True, exist_ok=True)
        text = "---\ntitle: X\npurpose: holding\nreasons: price, factory, sample, documents, other\nask estimate (moment): When?\nask detail: What is being made?\n---\n{{ detail }} {{ estimate }}\n"
        (own / "holding.txt.j2").write_text(text, encoding="utf-8")
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await marked(pilot)
            await until_seen(
                pilot, "!   María García", "What is being made?", "[x] Jan de Vries", "Holding replies to 2 customers"
            )
            await pilot.press("c")
            await until(pilot, lambda: on(app, HoldScreen))
            await until_seen(pilot, "2026-11-25 17:00")
            await pilot.press("enter")
            await until_seen(pilot, "What is being made?", "Enter goes on")
            await pilot.press(*"seals", "enter")
            await until(pilot, lambda: on(app, HoldManyScreen))
            await until_seen(pilot, "[x] María García", "seals")
            await pilot.press("enter")
            await until_seen(pilot, "3 mails, the last to")
            assert (outbox(core)["maria@garcia.example"].body or "").startswith("seals")


async def test_thirty_rows_are_one_list(tmp_path: Path) -> None:
    many = [
        Letter(f"Buyer {n:03d} <b{n}@buyer{n}.example>", f"Order {n}", "Could you send the price?", 2)
        for n in range(30)
    ]
    with house(tmp_path, many) as core:
        threads = [row.thread_id for row in core.ask("worklist", view="all").rows]
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            app.push_screen(HoldManyScreen(threads))
            await until_seen(pilot, "Holding replies to 30 customers", "[x] Buyer")
            await pilot.press("3", "enter")
            await until(pilot, lambda: len(core.ask("outbox")) == 30)
            await until_seen(pilot, "30 mails, the last to")


async def test_one_marked_row_is_held_as_ever(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("x", "h", "2", "enter")
            await until_seen(pilot, "leaves in 15s")
            assert "mails, the last" not in seen(app)
            assert sorted(outbox(core)) == ["maria@garcia.example"]


async def test_in_chinese_with_full_width_keys(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        words.install("zh", catalogue("zh"))
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("ｘ", "ｘ", "ｘ", "ｈ")
            await until_seen(
                pilot, "给 3 位客户的暂复", "[1 价格]", "11月25日 周三 17:00（我方时间）", "[x] María García"
            )
            await pilot.press("２")
            await until_seen(pilot, "[2 工厂]", "es 工厂")
            await pilot.press("ｘ")
            await until_seen(pilot, "给 2 位客户的暂复")
            await pilot.press("enter")
            await until_seen(pilot, "2 封邮件，最后一封给")
