"""Every screen as it stands, at 60×24, 80×24 and 160×45, in English and Chinese: the text of each, kept in `states/`.

`make screens` writes them anew; what changed is then looked at in the difference.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from gettext import NullTranslations, translation
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.house import ANNA, JAN, MARIA, Letter, house, seen, until, until_seen

import mailcrm
from mailcrm.domain import words
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.worklist import WorklistScreen

STATES = Path(__file__).parent / "states"
DRAW = os.environ.get("MAILCRM_DRAW") == "1"
CHINESE = translation("mailcrm", Path(mailcrm.__file__).parent / "locale", languages=["zh"])
CATALOGUES: dict[str, NullTranslations] = {"en": NullTranslations(), "zh": CHINESE}
LETTERS = (
    JAN,
    MARIA,
    ANNA,
    Letter("Tom Olsen <tom@olsen.example>", "Order 7", "Thank you, noted.", 4),
    Letter("Lee <lee@seo.example>", "SEO", "We offer SEO services, see https://seo.example/offer.", 5),
    Letter("王芳 <wang@huaxin.example>", "询价：铜球阀", "请报500个DN20铜球阀的价格，交货期多久？", 6),
)
# What is pressed from the worklist's first row, and the screen that then stands there.
SCREENS: dict[str, tuple[Sequence[str], str]] = {
    "worklist": ((), "WorklistScreen"),
    "all": (("8",), "WorklistScreen"),
    "empty": (("4",), "WorklistScreen"),
    "unfolded": (("1", "G", "enter"), "WorklistScreen"),
    "review": (("x", "x", "x", "n"), "ReviewScreen"),
    "thread": (("enter",), "ThreadScreen"),
    "trust": (("enter", "i"), "TrustScreen"),
    "files": (("j", "j", "j", "enter", "@"), "FilesScreen"),
    "links": (("G", "enter", "j", "enter", "o"), "LinksScreen"),
    "explain": (("question_mark",), "ExplainScreen"),
    "hold": (("h", "2"), "HoldScreen"),
    "composer": (("r",), "ComposerScreen"),
    "picker": (("R",), "PickerScreen"),
    "fill": (("R", "1"), "FillScreen"),
    "choice": (("s",), "ChoiceScreen"),
    "palette": (("ctrl+p",), "PaletteScreen"),
    "search": (("slash", *"price"), "SearchScreen"),
    "outbox": (("O",), "OutboxScreen"),
    "notices": (("N",), "NoticesScreen"),
    "health": (("D",), "HealthScreen"),
    "customer": (("v",), "CustomerScreen"),
    "team": (("V",), "TeamScreen"),
    "themes": (("g", "t"), "ThemeScreen"),
    "account": (("c", "m"), "AccountScreen"),
}


async def calm(pilot: Pilot[None]) -> None:
    """Wait until nothing is asked any more, the debounced questions included."""
    before = ""
    while before != (before := seen(pilot.app)):
        await pilot.pause(0.25)
        await pilot.app.workers.wait_for_complete()


async def leave(pilot: Pilot[None]) -> None:
    """Go back to the first row of the worklist."""
    for _step in range(6):
        if isinstance(pilot.app.screen, WorklistScreen):
            break
        here = pilot.app.screen
        await pilot.press("escape")
        await until(pilot, lambda here=here: pilot.app.screen is not here)  # type: ignore[misc]
    assert isinstance(pilot.app.screen, WorklistScreen)
    pilot.app.screen.rows.unmark()
    pilot.app.screen.unfolded.clear()
    pilot.app.clear_notifications()
    await pilot.press("1", "g", "g")


def text_of(app: MailcrmApp) -> str:
    """Return the screen cell by cell, as a terminal would hold it."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001  (Textual has no public word for it)
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 24), (80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    monkeypatch.setenv("LOGNAME", "lin")
    wrong = []
    with house(tmp_path, LETTERS) as core:
        words.install(language, CATALOGUES[language])
        app = MailcrmApp(core, {}, CATALOGUES, engine=False)
        async with app.run_test(size=size) as pilot:
            await until_seen(pilot, "Jan de Vries", "▸ ✓")
            for name, (keys, kind) in SCREENS.items():
                for key in keys:
                    await pilot.press(key)
                    await pilot.app.workers.wait_for_complete()
                    await pilot.pause(0.05)
                await until(pilot, lambda kind=kind: type(app.screen).__name__ == kind)  # type: ignore[misc]
                await calm(pilot)
                file = STATES / f"{name}-{size[0]}x{size[1]}-{language}.txt"
                if DRAW:
                    file.write_text(text_of(app), encoding="utf-8")
                elif file.read_text("utf-8") != text_of(app):
                    wrong.append(f"{file.name}:\n{text_of(app)}")
                await leave(pilot)
    assert not wrong, "\n".join(wrong)
