"""A real core on a home of its own for the TUI's tests, and eyes that read what stands on the screen.

The clock stands still at NOW; mail comes from files, nothing is polled and nothing leaves.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from mailcrm import bootstrap
from mailcrm.bootstrap.world import actor
from mailcrm.core.facade import Core
from mailcrm.domain import words
from mailcrm.queries.rows import OutboxRow
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.questions import QuestionsScreen

ME = "Lin Wei <lin@brightport.example>"
NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)  # Tuesday 14:40 in Shanghai


@dataclass(frozen=True)
class Letter:
    """A mail of the other side; `ago` is its age in hours."""

    sender: str
    subject: str
    text: str
    ago: float
    attachment: str = ""

    def raw(self, number: int, now: datetime = NOW) -> bytes:
        mail = EmailMessage()
        at = format_datetime(now - timedelta(hours=self.ago))
        mail["Received"] = f"from there by here with ESMTP; {at}"
        mail["From"], mail["To"], mail["Date"] = self.sender, ME, at
        mail["Subject"], mail["Message-ID"] = self.subject, f"<letter-{number}@there.example>"
        mail.set_content(self.text)
        if self.attachment:
            mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=self.attachment)
        return mail.as_bytes()


JAN = Letter(
    "Jan de Vries <jan@vries.example>", "Price list 2027", "Could you send the price list? What is the MOQ?", 22
)
MARIA = Letter(
    "María García <maria@garcia.example>", "Plazo de entrega", "¿Cuál es el plazo de entrega para FOB Ningbo?", 30
)
ANNA = Letter(
    "Anna Nowak <anna@nowak.example>", "Sample", "Can we get two samples of the spray nozzle?", 3, "nozzle.pdf"
)
LETTERS = (JAN, MARIA, ANNA)


@cache
def _furnished(person: str, *, account: bool) -> Path:
    """Return a home without mail that `person` made, to be copied: making one costs a tenth of a second, a thousand times."""
    home = Path(tempfile.mkdtemp(prefix="mc-house-")) / "home"
    atexit.register(shutil.rmtree, home.parent)
    bootstrap.make_home(home, None)
    (home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
    if account:
        core = bootstrap.open_core(home, now=NOW.isoformat())
        core.do(
            "add_account",
            name="sales",
            imap="imaps://imap.brightport.example",
            smtp="smtps://smtp.brightport.example",
            user="lin@brightport.example",
            secret=("env", "NO_SUCH_VARIABLE"),
            zone="Asia/Shanghai",
            go_live=(NOW - timedelta(days=7)).isoformat(),
            display_name="Lin Wei",
            signature="Lin Wei, Brightport Export",
        )
        core.close()
    return home


@contextmanager
def house(place: Path, letters: Sequence[Letter | bytes] = LETTERS, *, account: bool = True) -> Iterator[Core]:
    """Yield a core whose home holds `letters`."""
    words.install("en", NullTranslations())
    home = place / "home"
    shutil.copytree(_furnished(actor(), account=account), home)
    core = bootstrap.open_core(home, now=NOW.isoformat())
    try:
        if letters:
            folder = place / "letters"
            folder.mkdir()
            for number, letter in enumerate(letters):
                raw = letter if isinstance(letter, bytes) else letter.raw(number)
                (folder / f"{number:05d}.eml").write_bytes(raw)
            core.do("import_mail", paths=[str(folder)], live=True)
        yield core
    finally:
        core.close()
        words.install("en", NullTranslations())


def leaving(core: Core) -> tuple[OutboxRow, ...]:
    """Return outgoing mail without drafts: these are kept while somebody types."""
    return tuple(row for row in core.ask("outbox") if row.state != "draft")


class Marked(NullTranslations):
    """A catalogue that puts every sentence in « », so that a test sees what went through it."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


def app_on(core: Core, keymap: dict[str, str] | None = None) -> MailcrmApp:
    """Return the app on `core`, without an engine; its second language is `Marked`."""
    return MailcrmApp(core, keymap or {}, {"en": NullTranslations(), "zh": Marked()}, engine=False)


def seen(app: App[Any]) -> str:
    """Return the text on the screen, line by line; what only fills space between two pieces of text is left out."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001  (Textual's public way draws a picture: slow)
    lines = ["".join(piece.text for piece in strip if piece.text.strip(" ")) for strip in strips]
    return "\n".join(line for line in lines if line)


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the app work until `condition` holds; fail with the screen's text where it never does."""
    for _round in range(2000):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(seen(pilot.app))


async def until_seen(pilot: Pilot[None], *texts: str) -> None:
    """Let the app work until every one of `texts` stands on the screen."""
    await until(pilot, lambda: all(text in seen(pilot.app) for text in texts))


async def until_asked(pilot: Pilot[None]) -> None:
    """Let the app work until a form stands on the screen, with the cursor in a field."""
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and pilot.app.screen.focused is not None)
