"""Replies, holding replies, drafts: nothing typed is lost, nothing leaves without a way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tui.house import MARIA, app_on, house, seen, until, until_seen

from mailcrm.core.facade import Core
from mailcrm.domain.recipients import addresses
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.hold import HoldScreen
from mailcrm.tui.screens.picker import PickerScreen
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.rowlist import RowList
from mailcrm.tui.widgets.safe import Field, Writing


def newest(core: Core) -> OutboxRow:
    rows: tuple[OutboxRow, ...] = core.ask("outbox")
    row: OutboxRow = core.ask("outbox_item", id=rows[0].id)
    return row


def on(app: MailcrmApp, kind: type[Any]) -> bool:
    return isinstance(app.screen, kind)


async def test_h_2_enter_sends_a_holding_reply_that_u_takes_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("h", "2", "enter")
            await until_seen(pilot, "leaves in 15s", "u takes it back")
            row = newest(core)
            assert row.state == "held"
            assert row.to == ("maria@garcia.example",)
            assert row.estimate is not None
            assert row.estimate.isoformat() == "2026-11-25T09:00:00+00:00", "the next working day, 17:00 of ours"
            await pilot.press("u")
            await until(pilot, lambda: newest(core).state == "cancelled")
            await until(pilot, lambda: "leaves in" not in seen(app))


async def test_the_same_keys_hold_from_the_thread(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("enter")
            await until_seen(pilot, MARIA.text)
            await pilot.press("h", "4", "enter")
            await until_seen(pilot, "leaves in 15s", "can be taken back")
            assert newest(core).state == "held"


async def test_the_estimate_is_shown_before_it_is_promised(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("h")
            await until_seen(pilot, "2026-11-25 17:00", "Wed 25 November, 17:00, our time", "María García")
            preview = core.ask("preview", thread=next(t.id for t in core.ask("threads") if t.subject == MARIA.subject),
                               template="holding", hold="2026-11-25 17:00", reason="price")  # fmt: skip
            assert preview.body.splitlines()[0] in seen(app)


@pytest.mark.parametrize("estimate", ["", "2026-11-23 17:00"])
async def test_an_empty_or_past_estimate_is_refused_in_place(tmp_path: Path, estimate: str) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("h")
            await until_seen(pilot, "2026-11-25 17:00", "Lin Wei")
            screen = app.screen
            assert isinstance(screen, HoldScreen)
            screen.query_one(Field).put(estimate)
            await pilot.press("enter")
            await until(pilot, lambda: screen.note)
            assert core.ask("outbox") == ()


async def test_a_holding_reply_after_a_promise_names_it(tmp_path: Path) -> None:
    with house(tmp_path, (MARIA,)) as core:
        with closing(sqlite3.connect(core.home() / "mailcrm.db")) as database, database:
            database.execute("UPDATE turn SET promised_until = due")
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "María García")
            await pilot.press("h", "2")
            await until_seen(pilot, "Le dijimos que tendría nuestra respuesta completa")
            await pilot.press("enter")
            await until_seen(pilot, "leaves in 15s")
            assert "Nuestra fábrica necesita más tiempo" in (newest(core).body or "")


async def test_a_third_extension_is_refused_in_place_with_whose_it_is(tmp_path: Path) -> None:
    with house(tmp_path, (MARIA,)) as core:
        with closing(sqlite3.connect(core.home() / "mailcrm.db")) as database, database:
            database.execute("UPDATE turn SET promised_until = due, extensions = 2")
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "María García")
            await pilot.press("h", "2", "enter")
            await until_seen(pilot, "moved 2 times already", "manager")
            assert core.ask("outbox") == ()


async def test_a_reply_in_own_words(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(
                pilot, "María García <maria@garcia.example>", "Re: Plazo de entrega", "Lin Wei, Brightport"
            )
            await until_seen(pilot, "¿Cuál es el plazo")
            await pilot.press(*"30 days, jk ｎ.")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            row = newest(core)
            assert (row.state, row.body) == ("held", "30 days, jk ｎ.")
            assert row.to == ("maria@garcia.example",)


async def test_what_is_missing_is_named_in_place(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "There is nothing to send yet")
            await pilot.press("x")
            app.screen.query_one("#to", Field).put("")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "There is nobody to send it to")
            app.screen.query_one("#to", Field).put("Someone <else@garcia.example>; second@garcia.example")
            await pilot.press("ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert newest(core).to == ("else@garcia.example", "second@garcia.example")


async def test_leaving_keeps_what_was_typed_as_a_draft_that_opens_again(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press("escape")
            await until(pilot, lambda: on(app, WorklistScreen))
            assert core.ask("outbox") == (), "nothing was typed, nothing is kept"
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"half a ", "escape")
            await until(pilot, lambda: on(app, WorklistScreen))
            assert newest(core).state == "draft"
            await pilot.press("O")
            await until_seen(pilot, "draft", "half a")
            await pilot.press("enter")
            await until(pilot, lambda: on(app, ComposerScreen) and "half a" in app.screen.query_one(Writing).text)
            await pilot.press(*"sentence", "ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert len(core.ask("outbox")) == 1
            assert newest(core).body == "half a sentence"


async def test_quitting_in_the_middle_of_a_sentence_keeps_it(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"unfinished", "ctrl+q")
            await until(pilot, lambda: core.ask("outbox"))
        assert newest(core).body == "unfinished"


async def test_a_template_asks_its_questions_once_and_ctrl_z_brings_typed_text_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "r")
            await until_seen(pilot, "Jan de Vries <")
            await pilot.press(*"typed", "ctrl+t")
            await until(pilot, lambda: on(app, PickerScreen))
            await until_seen(pilot, "Late answer, with an apology", "Plain reply")
            await until_seen(pilot, "language: en (the customer's)")
            await pilot.press("1")
            await until(pilot, lambda: isinstance(app.screen, QuestionsScreen))
            for _field in app.screen.query(Field):
                await pilot.press(*"thirty days", "enter")
            await until(pilot, lambda: on(app, ComposerScreen) and "thirty days" in app.screen.query_one(Writing).text)
            await pilot.press("ctrl+z")
            assert app.screen.query_one(Writing).text == "typed"
            await pilot.press("ctrl+y", "ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert "thirty days" in (newest(core).body or "")


async def test_a_question_without_an_answer_is_named(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, "Plain reply")
            await pilot.press("1")
            await until(pilot, lambda: isinstance(app.screen, QuestionsScreen))
            fields = len(app.screen.query(Field))
            await pilot.press(*["enter"] * fields)
            await until_seen(pilot, "an answer is needed")
            await pilot.press("escape", "escape", "escape")
            await until(pilot, lambda: on(app, WorklistScreen))


async def test_another_language_by_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, "language: en (the customer's)")
            for language in ("de", "en", "es", "fr", "pt", "ru", "zh"):
                await pilot.press("tab")
                await until_seen(pilot, f"language: {language} (chosen)")
            await pilot.press("tab")
            await until_seen(pilot, "(the customer's)")


async def test_a_likely_answer_is_filled_in_already(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(120, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("j", "R")
            await until_seen(pilot, "Plain reply")
            app.screen.query_one(RowList).place("sample_delivered")
            await until_seen(pilot, "On which day was it delivered?")
            await pilot.press("enter")
            await until(pilot, lambda: on(app, QuestionsScreen))
            assert [field.value for field in app.screen.query(Field)] == ["", "2026-11-24", ""]
            await pilot.press(*"S-12", "enter", "enter", "enter")
            await until(
                pilot, lambda: on(app, ComposerScreen) and "24 November 2026" in app.screen.query_one(Writing).text
            )


async def test_a_mail_that_was_taken_back_can_be_written_on(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 40)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("r")
            await until_seen(pilot, "María García <")
            await pilot.press(*"too early", "ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            await pilot.press("O")
            await until_seen(pilot, "can be taken back")
            await pilot.press("c")
            await until(pilot, lambda: newest(core).state == "cancelled")
            await until_seen(pilot, "taken back")
            await pilot.press("enter")
            await until(pilot, lambda: on(app, ComposerScreen) and app.screen.query_one(Writing).text == "too early")


async def test_leaving_while_a_mail_waits_asks_once(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("h", "1", "enter")
            await until_seen(pilot, "leaves in 15s", "1 waiting to leave")
            await pilot.press("q")
            await until_seen(pilot, "A mail is still waiting to leave.")
            assert app.is_running
            await pilot.press("q")
        assert app.return_code == 0


def test_addresses_as_people_write_them() -> None:
    assert addresses("Jan <jan@a.example>, b@b.example；c@c.example") == ("jan@a.example", "b@b.example", "c@c.example")
    assert addresses(" ,; ") == ()
