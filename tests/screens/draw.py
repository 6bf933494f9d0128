"""Draw README's pictures anew: `make screens`.

In: the demo's mailbox with the clock standing still at NOW. Out: SVG files beside this one, the same bytes each time.
Textual's own picture names fonts of a foreign host and measures Chinese letters as one cell; both are mended here.
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from gettext import NullTranslations, translation
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

import mailcrm
from mailcrm import bootstrap
from mailcrm.core.facade import Core
from mailcrm.domain import words
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.theme import DARK, LIGHT

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)  # Tuesday 14:40 in Shanghai
CELL = 12.2  # the width of a cell in Textual's pictures
TYPE = "type:"  # what follows is typed letter by letter
OFFER = "For 6,000 pieces of DN20 our best price is USD 2.19, FOB Ningbo."


@dataclass(frozen=True)
class Picture:
    """A screen: what is pressed or typed to get there, and the list or text that must be there before it is drawn."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str] = ()
    shown: str = "rows"
    theme: str = DARK.name


PICTURES = (
    Picture("worklist-80x24", (80, 24)),
    Picture("worklist-160x45", (160, 45), ("j", "j")),
    Picture("worklist-60x24", (60, 24)),
    Picture("worklist-light-80x24", (80, 24), theme=LIGHT.name),
    Picture("worklist-all-120x40", (120, 40), ("8",)),
    Picture("thread-80x24", (80, 24), ("enter",), "mails"),
    Picture("customer-80x24", (80, 24), ("v",), "who"),
    Picture("customer-160x45", (160, 45), ("v",), "who"),
    Picture("composer-80x24", (80, 24), ("j", "j", "R", "1", f"{TYPE}{OFFER}", "enter"), "added"),
    Picture("templates-110x32", (110, 32), ("j", "j", "R", "j", "j"), "sample"),
    Picture("hold-80x30", (80, 30), ("j", "j", "h", "2"), "sample"),
    Picture("explain-80x24", (80, 24), ("question_mark",), "told"),
)


@contextmanager
def demo() -> Iterator[Core]:
    """Yield the demo's core, standing still at NOW."""
    with bootstrap.open_demo(NOW) as core:
        core.take_engine()
        yield core


async def draw(core: Core, picture: Picture, language: str, catalogue: NullTranslations) -> str:
    """Return the picture as SVG."""
    words.install(language, catalogue)
    app = MailcrmApp(core, {}, {language: catalogue}, engine=False, theme=picture.theme)
    async with app.run_test(size=picture.size, notifications=True) as pilot:
        await _until_there(pilot, "rows")
        for key in picture.keys:
            await pilot.press(*(key.removeprefix(TYPE) if key.startswith(TYPE) else (key,)))
            await _calm(pilot)
        await _until_there(pilot, picture.shown)
        await _calm(pilot)
        return mended(app.export_screenshot(title="mailcrm"))


async def _until_there(pilot: Pilot[None], name: str) -> None:
    """Wait until the list or text `name` of the uppermost screen has lines."""
    for _round in range(500):
        found = pilot.app.screen.query(f"#{name}")
        if isinstance(pilot.app.screen, MailScreen) and found and found.first().virtual_size.height > 0:
            return
        await pilot.pause(0.02)
    raise SystemExit(f"nothing to draw on {pilot.app.screen}")


async def _calm(pilot: Pilot[None]) -> None:
    """Wait until nothing is asked any more, the debounced questions included."""
    for _round in range(3):
        await pilot.pause(0.25)
        await pilot.app.workers.wait_for_complete()


def mended(svg: str) -> str:
    """Return the picture with local fonts, measured in cells."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace(
        "Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace"
    )
    return re.sub(
        r'textLength="[\d.]+"([^>]*)>([^<]*)</text>',
        lambda found: f'textLength="{cell_len(html.unescape(found[2])) * CELL:.1f}"{found[1]}>{found[2]}</text>',
        svg,
    )


def main() -> None:
    """Draw all pictures in both languages; a word on the command line draws only those whose name holds it."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    locale = Path(mailcrm.__file__).parent / "locale"
    with demo() as core:
        for language in words.LANGUAGES:
            catalogue = translation("mailcrm", locale, languages=[language], fallback=True)
            for picture in PICTURES:
                name = f"{picture.name}-{language}.svg"
                if wanted in name:
                    svg = asyncio.run(draw(core, picture, language, catalogue))
                    (HERE / name).write_text(svg, encoding="utf-8")
                    (HERE / name).chmod(0o644)  # the home made the process write for its owner only


if __name__ == "__main__":
    main()
