"""A mail can't do anything, it can only be read: payloads through every screen, toast and title."""

from __future__ import annotations

import base64
import importlib
import pkgutil
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, cast

import pytest
from servers.imapd import Answer, ScriptedImap
from textual.pilot import Pilot
from tui.house import NOW, app_on, house, seen, until, until_seen

import mailcrm.tui.screens
from mailcrm.adapters.demo.papers import paper
from mailcrm.core.facade import Core
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import say
from mailcrm.queries.rows import FormRow
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.base import MailModal, MailScreen
from mailcrm.tui.screens.correcting import CorrectingVerbs
from mailcrm.tui.screens.dealing import DealingVerbs
from mailcrm.tui.screens.keeping import KeepingScreen
from mailcrm.tui.screens.lookfirst import LookFirst
from mailcrm.tui.screens.looking import LookingScreen
from mailcrm.tui.screens.noting import NotingVerbs
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.screens.resuming import ResumingScreen
from mailcrm.tui.screens.twolists import TwoLists
from mailcrm.tui.screens.verbs import ThreadVerbs
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.rowlist import RowList
from mailcrm.tui.widgets.safe import Field, Writing

PAYLOADS = (
    "[@click=app.quit]press me[/]",
    "[/] [bold red]loud[/bold red] [link=http://evil.example]x[/link]",
    "\x1b]0;owned\x07title \x1b]52;c;b3duZWQ=\x07clip",
    "\x1b[2J\x1b[31mred \x9b31mc1 \x9d0;owned\x9c",
    "\u202egpj.exe\u202c \u2066x\u2069 a\u200bb\u2060c \U000e0041tag",
    "\x00\x01\x7f nul \r\n\x0b\x0c break",
)
WILD = " ".join(PAYLOADS)


def word(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def hostile(number: int, payload: str) -> bytes:
    at = format_datetime(NOW - timedelta(hours=20 + number))
    lines = [
        f"Received: from there by here with ESMTP; {at}",
        f"From: {word('Eve ' + payload)} <eve{number}@evil{number}.example>",
        "To: Lin Wei <lin@brightport.example>",
        f"Cc: {word(payload)} <cc{number}@evil{number}.example>",
        f"Subject: {word('Offer ' + payload)}",
        f"Message-ID: <evil-{number}@evil.example>",
        f"Date: {at}",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        base64.b64encode(
            f"Could you answer {payload}?\nAnd {WILD}\nhttps://evil.example/{payload}\n> quoted {WILD}\n".encode()
        ).decode(),
        "--b",
        f"Content-Type: application/octet-stream; name*=utf-8''{word(payload)}",
        f'Content-Disposition: attachment; filename="{word(payload)}"',
        "",
        "x",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


LETTERS = tuple(hostile(number, payload) for number, payload in enumerate(PAYLOADS))


PARTS = (
    MailScreen, MailModal, CorrectingVerbs, DealingVerbs, KeepingScreen, LookingScreen, NotingVerbs, ResumingScreen, TwoLists,
    ThreadVerbs,
)  # fmt: skip


def screens() -> Iterator[type[Any]]:
    """Yield every screen that the TUI has."""
    for module in pkgutil.iter_modules(mailcrm.tui.screens.__path__, "mailcrm.tui.screens."):
        importlib.import_module(module.name)
    pending: list[type[Any]] = [MailScreen]
    while pending:
        kind = pending.pop()
        pending.extend(kind.__subclasses__())
        if kind not in PARTS:
            yield kind


def harmless(app: MailcrmApp) -> None:
    """Nothing on the screen steers a terminal or runs an action, and title and clipboard are as they were."""
    text = seen(app)
    wrong = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\u200d\u00ad"]
    assert wrong == []
    width, height = app.size
    metas = [app.screen.get_style_at(x, y).meta for x in range(0, width, 3) for y in range(height)]
    assert [meta for meta in metas if "quit" in str(meta)] == []
    assert app.title == "mailcrm"
    assert app.clipboard == ""


async def hold_them_all(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Review holding replies to everybody on the worklist."""
    await pilot.press("g", "g", *["x"] * len(LETTERS), "h")
    await look("HoldManyScreen", "Eve", "Wed 17:00", "Thank you")
    for _row in LETTERS:
        await pilot.press("j")
        await look("HoldManyScreen", "Thank you")
    pilot.app.screen.query_one(Field).put(WILD)
    await until(pilot, lambda: getattr(pilot.app.screen, "note", ""))
    await look("HoldManyScreen")
    await pilot.press("escape")
    await look("WorklistScreen")


async def customer(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Look at a customer in whose every field somebody hostile wrote."""
    core = pilot.app.core  # type: ignore[attr-defined]
    row = core.ask("worklist", view="all").rows[0]
    whole = core.ask("customer", thread=row.thread_id)
    core.do("edit_company", id=whole.id, name=WILD, country="US", zone="Boston")
    core.do("edit_contact", id=whole.people[0].id, name=WILD, honorific=PAYLOADS[0])
    core.do("note", about=row.thread_id, text=WILD)
    core.do("task_add", about=row.thread_id, text=WILD)
    await pilot.press("v")
    await look("CustomerScreen", "press me", "New York")
    pilot.app.screen.query_one(RowList).place(f"{whole.id}.country")
    await pilot.press("enter")
    await look("CustomerScreen", "Two letters")
    pilot.app.screen.query_one(Field).put(WILD)
    await pilot.press("enter")
    await look("CustomerScreen", "is no country")
    await pilot.press("escape", "G")
    await look("CustomerScreen")
    await pilot.press("q")


async def search(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Find a thread and open it."""
    await pilot.press("slash", *"offer")
    await look("SearchScreen", "Eve")
    await pilot.press("enter", "enter")
    await look("ThreadScreen", "Could you answer")


async def look_into_a_mail(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Open what tells of a mail more than its text: head, links, files, and the question where to save one."""
    await pilot.press("i")
    await look("TrustScreen", "What to beware of", "evil")
    await pilot.press("q", "o")
    await look("LinksScreen", "evil.example")
    await pilot.press("j", "enter", "escape", "@")
    await look("FilesScreen", "Eve")
    await pilot.press("o")
    await until(pilot, lambda: getattr(pilot.app.screen, "note", ""))
    await look("FilesScreen")
    await pilot.press("s")
    await look("QuestionsScreen", "Into which directory?")
    await pilot.press("escape", "escape")
    await look("ThreadScreen")


async def account_and_health(pilot: Pilot[None], look: Callable[..., Awaitable[None]], core: Core) -> None:
    """See an account whose server says hostile things, from the bar below to the wizard."""
    app = pilot.app
    with ScriptedImap({"LOGIN": Answer("NO", f"LOGIN {printable_line(WILD)} [@click=app.quit]x[/]")}) as server:
        own, servers = "eve@evil.example", {"imap": server.imap_url, "smtp": "smtp://127.0.0.1:9"}
        core.do("add_account", name=WILD, user=own, password="x", **servers)
        core.do("sync")
        await pilot.press("q", "D", "g", "g")
        await look("HealthScreen", "How things stand", "press me", "refused")
        await pilot.press("t")
        await look("HealthScreen", "Test of")
        await until_seen(pilot, "› ")
        harmless(app)  # type: ignore[arg-type]
        await pilot.press("enter")
        await look("AccountScreen", "Mail account", "press me")
        await pilot.press("ctrl+t")
        await look("AccountScreen", "✗ ", "doesn't work yet")
        app.screen.query_one("#imap", Field).put(WILD)
        await pilot.press("ctrl+t")
        await look("AccountScreen", "not the address of a mail server")
        await pilot.press("escape", "q")
        core.do("remove_account", name=WILD)


async def deals(pilot: Pilot[None], look: Callable[..., Awaitable[None]], place: Path) -> None:
    """Carry samples and an order in whose every field somebody hostile wrote over the boards, their pages and forms."""
    app = cast("MailcrmApp", pilot.app)
    core, photo = app.core, place / "wild.jpg"
    photo.write_bytes(paper("wild.jpg", "")[1])
    thread = next(row.thread_id for row in core.ask("worklist", view="all").rows if row.thread_id)
    wild = {"item": WILD, "kind": "stock", "quantity": WILD, "sample_paid_by": "us", "freight_paid_by": "us"}
    made = core.do("new_sample", thread=thread, material=PAYLOADS[0], **wild).row.id
    for state in ("spec_draft", "made"):
        core.do("advance_sample", id=made, state=state, reason=WILD)
    core.do("check_sample", id=made, ok=("all",))
    core.do("photo_sample", id=made, files=str(photo))
    core.do("ship_sample", id=made, mode="courier", carrier="dhl", awb="1234567891", evidence=WILD)
    core.do("new_order", about=thread, po=WILD, special=WILD)
    await pilot.press("g", "s")
    await look("BoardScreen", "SMP-", "Under way", "press me")
    await pilot.press("slash", *"press", "enter")
    await look("BoardScreen", "press me")
    await pilot.press("enter")
    await look("DealScreen", "SMP-", "What can be done", "press me")
    await pilot.press("G")
    await look("DealScreen")
    await pilot.press("1")
    await look("DealForm", "Who signed for it?")
    app.screen.query_one("#v-at", Field).put(WILD)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: getattr(app.screen, "wrong", None) or getattr(app.screen, "refused", ""))
    await look("DealForm")
    await pilot.press("escape")
    form = FormRow("reply", say("{wild}", wild=WILD), {"thread": thread, "mode": "queue"}, outward=True)
    app.push_screen(LookFirst(form, {"body": WILD}, (WILD,)))
    await look("LookFirst", "This leaves the house.", "lets it leave", "press me")
    await pilot.press("escape", "q", "3")
    await look("BoardScreen", "ORD-", "press me")
    asked = {
        "items": PAYLOADS[0].replace("=", ""),
        "answers": {"region": WILD},
        "values": {"note": WILD, "feasibility_asked": WILD},
    }
    inquiry = core.do("new_inquiry", thread=thread, **asked).row.id
    core.do("reply", thread=thread, body=WILD, about=f"{inquiry}:ask")
    await pilot.press("4", "enter")
    await look("DealScreen", "Customer checklist", "Mail that stands ready", "press me")
    await pilot.press("G")
    await look("DealScreen")
    await pilot.press("q")
    await pilot.press("q", "g", "p")
    await look("AwbScreen", "1234567891", "SMP-")
    await pilot.press("p")
    await look("DealForm", "A line for each")
    app.screen.query_one(Writing).put(WILD)
    await pilot.press("ctrl+s")
    await look("DealForm", "No waybill with its status")
    await pilot.press("escape", "q")
    await look("WorklistScreen")


async def look_at_the_team(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Look at what the team has in hand; one of it has a wild name."""
    await pilot.press("q", "V")
    await look("TeamScreen", "Waits longest: ")
    pilot.app.core.do("add_person", name="mallory", display_name=WILD)  # type: ignore[attr-defined]
    await look("TeamScreen", "mallory")
    pilot.app.screen.query_one(RowList).place("of:mallory")
    await look("TeamScreen", "press me")
    await pilot.press("g", "t")
    await look("ThemeScreen", "How should it look?")
    await pilot.press("escape")


async def choose(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Open what asks for a choice, and leave it."""
    for key, kind, words in (
        ("l", "ChoiceScreen", "WhatsApp"),
        ("P", "ChoiceScreen", "to us?"),
        ("C", "ChoiceScreen", "What kind of mail"),
        ("p", "ChoiceScreen", "for? Now:"),
        ("ctrl+p", "PaletteScreen", "Write a reply"),
    ):
        await pilot.press(key)
        await look(kind, words)
        await pilot.press("escape")


async def write(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Hold, pick a template, answer its questions, write."""
    app = pilot.app
    await pilot.press("h")
    await look("HoldScreen", "Eve", "2026-11-25 17:00", "Thank you")
    app.screen.query_one(Field).put(WILD)
    await until(pilot, lambda: getattr(app.screen, "note", ""))
    await look("HoldScreen")
    await pilot.press("escape", "R")
    await look("PickerScreen", "Plain reply")
    await pilot.press("1")
    await look("FillScreen")
    app.screen.query_one(Field).put(WILD)
    await look("FillScreen", "press me")
    app.push_screen(QuestionsScreen(WILD, {"x": WILD, "y": PAYLOADS[0]}, {"x": WILD}))
    await look("QuestionsScreen", "press me")
    await pilot.press("escape", "escape", "escape")
    await look("ComposerScreen", "Eve", "[ ] Could you answer")
    app.screen.query_one(Writing).put(f"Dear Eve, {WILD} is attached. We will revert on Thursday. {PAYLOADS[0]}")
    await look("ComposerScreen", "No file is attached", "Until when?")
    await pilot.press("escape")
    await look("WorklistScreen")


async def review(pilot: Pilot[None], look: Callable[..., Awaitable[None]]) -> None:
    """Look at everybody before a verb acts on them."""
    await pilot.press("g", "g", *["x"] * len(LETTERS), "n")
    await look("ReviewScreen", "Eve")
    await pilot.press("x", "escape")
    await look("WorklistScreen")
    await pilot.press("g", "g", *["x"] * len(LETTERS))  # nothing is marked any more


async def walk(pilot: Pilot[None], core: Core, place: Path) -> set[type[Any]]:
    """Lead the payloads through every screen and toast; return the screens."""
    app = cast("MailcrmApp", pilot.app)
    visited: set[type[Any]] = set()

    async def look(kind: str, *texts: str) -> None:
        await until(pilot, lambda: type(app.screen).__name__ == kind)
        await until_seen(pilot, *texts)
        visited.add(type(app.screen))
        harmless(app)

    await look("WorklistScreen", "Eve")
    for _row in LETTERS:
        await pilot.press("enter")
        await look("ThreadScreen", "Could you answer")
        await look_into_a_mail(pilot, look)
        await pilot.press("z", "G")
        await look("ThreadScreen")
        await pilot.press("q", "j")
    await pilot.press("g", "g", "question_mark")
    await look("ExplainScreen", "Why")
    await pilot.press("q")
    await choose(pilot, look)
    await write(pilot, look)
    await customer(pilot, look)
    await look("WorklistScreen")
    await deals(pilot, look, place)
    await review(pilot, look)
    await hold_them_all(pilot, look)
    await pilot.press("O")
    await look("OutboxScreen", "Offer")
    core.tick_notices()
    await pilot.press("q", "N")
    await look("NoticesScreen", "Deadlines", "Offer")
    await look_at_the_team(pilot, look)
    await account_and_health(pilot, look, core)
    await search(pilot, look)
    for payload in (*PAYLOADS, WILD):
        safe.toast(app, payload)
        app.tell_error(MailcrmError(say("It says {words}.", words=payload), say("Mend {words}", words=payload)))
    await until_seen(pilot, "press me")
    harmless(app)
    return visited


@pytest.mark.parametrize("size", [(60, 24), (160, 45)])
async def test_payloads_pass_through_every_screen_as_text(tmp_path: Path, size: tuple[int, int]) -> None:
    with house(tmp_path, LETTERS) as core:
        app = app_on(core)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            assert await walk(pilot, core, tmp_path) == set(screens())


async def test_a_title_in_a_border_is_text(tmp_path: Path) -> None:
    with house(tmp_path, ()) as core:
        app = app_on(core)
        async with app.run_test(size=(80, 24)) as pilot:
            widget = app.screen.query_one("#empty")
            widget.styles.border = ("solid", "white")
            safe.set_title(widget, PAYLOADS[0])
            await until_seen(pilot, "press me")
            assert "[@click=app.quit]" in seen(app)
            harmless(app)
