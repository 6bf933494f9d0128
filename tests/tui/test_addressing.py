"""Whom a mail goes to: fields that complete names and addresses of the people we know."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from tui.house import Letter, app_on, house, leaving, seen, until, until_seen
from tui.test_writing import newest, on

from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.safe import Field, Writing

JAN = Letter("Jan de Vries <jan@vries.example>", "Pumps", "What is the MOQ?", 22)
EVA = Letter("Eva de Vries <eva@vries.example>", "Freight", "Who is the forwarder?", 5)
LI = Letter("李小龙 <li@lee.example>", "打样", "样品什么时候寄？", 6)
EVE = Letter("Eve Adams <adams@eve.example>", "Offer", "Please quote 500 pcs?", 7)
LETTERS = (JAN, EVA, LI, EVE)


def value(app: MailcrmApp, field: str) -> str:
    return app.screen.query_one(f"#{field}", Field).value


async def to_the_copies(pilot: Pilot[None]) -> None:
    """Open the composer on Jan's mail and go into Cc, which a low window shows when it is gone to."""
    await until_seen(pilot, "Jan de Vries")
    await pilot.press("r")
    await until_seen(pilot, "Jan de Vries <jan@vries.example>")
    await pilot.press("shift+tab")
    await until_seen(pilot, "Cc")
    if pilot.app.focused is not None and pilot.app.focused.id == "to":
        await pilot.press("enter")
    await until(pilot, lambda: pilot.app.focused is not None and pilot.app.focused.id == "cc")


async def test_a_name_completes_the_customers_people_first(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await to_the_copies(pilot)
            await pilot.press(*"ev")
            await until_seen(pilot, "▸Eva de Vries  eva@vries.example", "Eve Adams  adams@eve.example", "Tab take")
            await pilot.press("tab")
            assert value(app, "cc") == "Eva de Vries <eva@vries.example>, "
            await pilot.press(*"ev")
            await until_seen(pilot, "▸Eve Adams")
            assert "Eva de Vries  eva@" not in seen(app), "whoever gets it already is offered no more"
            await pilot.press("escape")
            await until(pilot, lambda: "Eve Adams" not in seen(app))
            assert on(app, ComposerScreen), "Esc closed the list only"
            await pilot.press("backspace", "backspace")
            app.screen.query_one(Writing).put("Yes.")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            row = newest(core)
            assert (row.to, row.cc) == (("jan@vries.example",), ("eva@vries.example",))


async def test_chinese_names_and_arrows(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await to_the_copies(pilot)
            await pilot.press("小")
            await until_seen(pilot, "▸李小龙  li@lee.example")
            await pilot.press("enter", *"ev")
            assert value(app, "cc") == "李小龙 <li@lee.example>, ev"
            await until_seen(pilot, "▸Eva de Vries", "Eve Adams")
            await pilot.press("down", "enter")
            assert value(app, "cc") == "李小龙 <li@lee.example>, Eve Adams <adams@eve.example>, "


async def test_down_offers_the_company_without_a_letter_typed(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await to_the_copies(pilot)
            await pilot.press("down")
            await until_seen(pilot, "Eva de Vries  eva@vries.example")
            assert "Eve Adams" not in seen(app)


async def test_without_an_offer_the_keys_go_on(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            await to_the_copies(pilot)
            await pilot.press(*"new@else.example")
            await pilot.press("tab")
            await until(pilot, lambda: isinstance(app.focused, Writing))
            assert value(app, "cc") == "new@else.example"
            await pilot.press("escape")
            await until(pilot, lambda: on(app, WorklistScreen))
            assert leaving(core) == ()


async def test_the_name_leaves_in_the_header(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        thread = next(row.id for row in core.ask("threads") if row.subject == JAN.subject)
        preview = core.ask("preview", thread=thread, body="x", cc=("Eva de Vries <eva@vries.example>",))
        assert [(one.name, one.address) for one in preview.cc] == [("Eva de Vries", "eva@vries.example")]


async def test_odd_letters_are_letters(tmp_path: Path) -> None:
    with house(tmp_path, LETTERS) as core:
        assert core.ask("recipients", text="%") == ()
        assert core.ask("recipients", text="_") == ()
        assert core.ask("recipients", text="") == ()
        assert [row.address for row in core.ask("recipients", text="EVA")] == ["eva@vries.example"]
        assert core.ask("recipients", text="brightport") == (), "we are no recipients"
