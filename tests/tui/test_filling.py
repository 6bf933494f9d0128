"""From a template to a mail: what it would say, what it asks in one form, and how few keys that costs."""

from __future__ import annotations

import re
from pathlib import Path

from tui.house import app_on, house, seen, until, until_seen
from tui.test_writing import newest, on

from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.filling import FillScreen
from mailcrm.tui.screens.picker import PickerScreen
from mailcrm.tui.widgets.rowlist import RowList
from mailcrm.tui.widgets.safe import Field, Writing

SAMPLE = "Sample: delivered"


def number_of(app: MailcrmApp, title: str) -> str:
    """Return the digit that takes a template."""
    found = re.search(rf"(\d) {title}", seen(app))
    assert found is not None
    return found[1]


async def test_a_quick_reply_costs_four_keys_beside_its_text(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            keys = 0

            async def press(*strokes: str) -> None:
                nonlocal keys
                keys += len(strokes)
                await pilot.press(*strokes)

            await until_seen(pilot, "Anna Nowak")
            await press("R")
            await until_seen(pilot, "Plain reply")
            await press(number_of(app, "Plain reply"))
            await until(pilot, lambda: on(app, FillScreen))
            await pilot.press(*"30 days FOB Ningbo")
            await press("enter")
            await until(pilot, lambda: on(app, ComposerScreen) and "30 days" in app.screen.query_one(Writing).text)
            await press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert "30 days FOB Ningbo" in (newest(core).body or "")
            assert keys == 4


async def test_the_picker_shows_the_mail_with_dots_where_it_asks(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, SAMPLE)
            while f"▸{number_of(app, SAMPLE)}" not in seen(app):
                await pilot.press("j")
            await until_seen(pilot, "Dear Jan de Vries", "…", "This template asks you:", "- Which sample?")


async def test_one_form_shows_the_mail_beside_it_and_tells_an_error_at_its_field(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, SAMPLE)
            await pilot.press(number_of(app, SAMPLE))
            await until_seen(
                pilot, "Which sample?", "On which day was it delivered?", "Waybill number", "may stay empty"
            )
            await pilot.press(*"W-2 blue", "tab", *"soon", "tab", "enter")
            await until_seen(pilot, "Write the day like 2026-11-25.")
            assert on(app, FillScreen)
            day = app.screen.query_one("#v-delivered_on", Field)
            await until(pilot, lambda: app.focused is day)
            day.put("2026-11-23")
            await until_seen(pilot, "Dear Jan de Vries", "W-2 blue", "delivered to you on Mon 23", "November 2026.")
            await until(pilot, lambda: "Write the day like" not in seen(app))
            await pilot.press("enter", "enter")
            await until(pilot, lambda: on(app, ComposerScreen) and "W-2 blue" in app.screen.query_one(Writing).text)


async def test_esc_goes_back_to_the_templates_and_what_was_answered_is_there_again(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(60, 24)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until(pilot, lambda: on(app, PickerScreen))
            await until_seen(pilot, "Sample: del")
            number = number_of(app, "Sample: del")
            await pilot.press(number)
            await until(pilot, lambda: on(app, FillScreen))
            app.screen.query_one("#v-delivered_on", Field).put("")  # it is filled in already
            await pilot.press(*"W-2", "escape")
            await until(pilot, lambda: on(app, PickerScreen))
            await pilot.press(number)
            await until(pilot, lambda: on(app, FillScreen))
            assert app.screen.query_one("#v-sample", Field).value == "W-2"
            await pilot.press("escape")
            await until(pilot, lambda: on(app, PickerScreen))
            await pilot.press("k")
            await until_seen(pilot, f"▸{int(number) - 1}", "Thank you for")


async def test_a_language_that_was_chosen_is_the_customers_from_then_on(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, "Choose a template", "language: en (the customer's)")
            app.screen.query_one(RowList).place("nudge_1")
            await until_seen(pilot, "Did our mail")
            while "language: es (chosen)" not in seen(app):
                await pilot.press("tab")
                await until_seen(pilot, "(chosen)")
            await until_seen(pilot, "Estimado")
            await pilot.press("enter")
            await until_seen(pilot, "Mails to this contact are in this language")
            assert next(row.language for row in core.ask("contacts") if row.address == "jan@vries.example") == "es"
            await pilot.press("ctrl+t")
            await until_seen(pilot, "language: es (the customer's)")
