"""Drafts that follow the typing: kept by themselves, opened again as they were left, thrown away with a way back."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from textual.pilot import Pilot
from tui.house import JAN, MARIA, NOW, app_on, house, leaving, seen, until, until_seen

from mailcrm.bootstrap import open_core
from mailcrm.core.facade import Core
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.composer import ComposerScreen
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.aside import Aside
from mailcrm.tui.widgets.safe import Field, Writing


def thread_of(core: Core, subject: str) -> str:
    return next(str(row.id) for row in core.ask("threads") if row.subject == subject)


def drafts(core: Core) -> list[OutboxRow]:
    return [core.ask("outbox_item", id=row.id) for row in core.ask("outbox") if row.state == "draft"]


async def writing(pilot: Pilot[None], *keys: str) -> None:
    """Open the composer on María's mail and type."""
    await until_seen(pilot, "Anna Nowak")
    await pilot.press("r")
    await until_seen(pilot, "María García <")
    await pilot.press(*keys)


def text(app: MailcrmApp) -> str:
    return app.screen.query_one(Writing).text


async def test_what_is_typed_is_kept_without_a_key(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, *"half a ")
            await until(pilot, lambda: [row.body for row in drafts(core)] == ["half a "])
            await pilot.press(*"sentence")
            await until(pilot, lambda: [row.body for row in drafts(core)] == ["half a sentence"])
            await until_seen(pilot, "✓ draft kept")
            assert len([row for row in core.ask("actions") if row.verb == "draft"]) == 1, "typing isn't a deed a second"
            assert leaving(core) == ()


async def test_the_row_says_so_and_r_goes_on_with_all_of_it(tmp_path: Path) -> None:
    with house(tmp_path, (MARIA,)) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until_seen(pilot, "María García")
            await pilot.press("r")
            await until_seen(pilot, "María García <", "[ ] ¿Cuál es")
            await pilot.press(*"Mañana.", "ctrl+g", "space", "escape", "ctrl+l")
            await until_seen(pilot, "2026-11-25 17:00")
            app.screen.query_one("#until", Field).put("Fri 12:00")
            await pilot.press("ctrl+f")
            app.screen.query_one("#files", Field).put("a.pdf")
            app.screen.query_one("#cc", Field).put("Eva Ruiz <eva@garcia.example>, half@")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            await until_seen(pilot, "Kept as a draft; r on its row goes on with it.", "draft")
            await pilot.press("r")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen) and text(app) == "Mañana.")
            aside, body = app.screen.query_one(Aside), app.screen.query_one(Writing)
            assert body.cursor_location == body.document.end
            assert app.screen.query_one("#cc", Field).value == "Eva Ruiz <eva@garcia.example>, half@"
            assert aside.hold == "2026-11-27T04:00:00+00:00", "Friday noon of ours"
            assert aside.files == ("a.pdf",)
            await until_seen(pilot, "[x] ¿Cuál es")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            assert len(drafts(core)) == 1


async def test_the_thread_shows_the_draft(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        core.do("draft", thread=thread_of(core, MARIA.subject), body="30 d")
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            await pilot.press("enter")
            await until_seen(pilot, MARIA.text, "to maria@garcia.example", "draft")
            await pilot.press("r")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen) and text(app) == "30 d")


async def test_nothing_is_kept_of_what_was_taken_out_again(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, "x")
            await until(pilot, lambda: drafts(core))
            await pilot.press("backspace", "escape")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            assert drafts(core) == []


async def test_a_key_throws_it_away_and_u_brings_it_back(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await writing(pilot, *"wrong customer", "ctrl+b")
            await until_seen(pilot, "The draft is thrown away.")
            await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
            assert drafts(core) == []
            await pilot.press("u")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen) and text(app) == "wrong customer")
            assert [row.body for row in drafts(core)] == ["wrong customer"]


async def test_u_takes_a_mail_back_into_the_composer(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await writing(pilot, *"30 day", "ctrl+s")
            await until_seen(pilot, "leaves in 15s", "u takes it back")
            assert drafts(core) == []
            await pilot.press("u")
            await until(pilot, lambda: isinstance(app.screen, ComposerScreen) and text(app) == "30 day")
            await until(pilot, lambda: "leaves in" not in seen(app))
            await pilot.press("s", "ctrl+s")
            await until_seen(pilot, "leaves in 15s")
            assert [row.state for row in leaving(core)] == ["held", "cancelled"]
            assert core.ask("outbox_item", id=leaving(core)[0].id).body == "30 days"
            assert drafts(core) == []


async def test_undo_passes_over_drafts(tmp_path: Path) -> None:
    with house(tmp_path) as core:
        core.do("waive", thread=thread_of(core, JAN.subject), reason="phone")
        core.do("draft", thread=thread_of(core, MARIA.subject), body="30 d")
        core.do("undo")
        assert len(drafts(core)) == 1


async def test_who_writes_on_is_told_that_somebody_answered_since(tmp_path: Path) -> None:
    with house(tmp_path) as before:
        before.do("draft", thread=thread_of(before, MARIA.subject), body="30 d")
        answer = EmailMessage()
        answer["From"], answer["To"] = "Wang Fang <wang@brightport.example>", MARIA.sender
        answer["Subject"], answer["Message-ID"] = f"Re: {MARIA.subject}", "<wang-1@brightport.example>"
        answer["Date"], answer["In-Reply-To"] = format_datetime(NOW + timedelta(hours=1)), "<letter-1@there.example>"
        answer.set_content("30 días, FOB Ningbo.")
        (tmp_path / "wang.eml").write_bytes(answer.as_bytes())
        core = open_core(before.home(), now=(NOW + timedelta(hours=2)).isoformat())
        core.do("import_mail", paths=[str(tmp_path / "wang.eml")], live=True)
        app = app_on(core)
        async with app.run_test(size=(100, 30)) as pilot:
            await until_seen(pilot, "Anna Nowak")
            app.push_screen(ComposerScreen(thread_of(core, MARIA.subject)))
            await until_seen(pilot, "30 d", "wang@brightport.example has answered this customer since")
        core.close()
