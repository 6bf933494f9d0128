"""Every screen as it stands, at 60×24, 80×24 and 160×45, in English and Chinese: the text of each, kept in `states/`.

`make screens` writes them anew; what changed is then looked at in the difference.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from gettext import NullTranslations, translation
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from tui.house import ANNA, JAN, MARIA, Letter, house, seen, until, until_seen
from tui.test_awbs import FIRST, shipped

import mailcrm
from mailcrm.core.facade import Core
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

# The same on a home that has samples, a quote and an order.
DEALS: dict[str, tuple[Sequence[str], str]] = {
    "board": (("g", "s"), "BoardScreen"),
    "board-of-orders": (("g", "o"), "BoardScreen"),
    "sample": (("g", "s", "enter"), "DealScreen"),
    "quote": (("g", "q", "enter"), "DealScreen"),
    "order": (("g", "o", "enter"), "DealScreen"),
    "new-sample": (("c", "s"), "DealForm"),
    "new-quote": (("c", "q"), "DealForm"),
    "parcels": (("g", "p"), "AwbScreen"),
    "signed-by": (("g", "p", "s"), "QuestionsScreen"),
    "customer-with-deals": (("v",), "CustomerScreen"),
    "sample-rows": (("4",), "WorklistScreen"),
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


async def walk(pilot: Pilot[None], screens: Mapping[str, tuple[Sequence[str], str]], ending: str) -> list[str]:
    """Go to each of `screens`; return what stands otherwise than it is kept in `states/`."""
    app, wrong = cast("MailcrmApp", pilot.app), []
    for name, (keys, kind) in screens.items():
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause(0.05)
        await until(pilot, lambda kind=kind: type(app.screen).__name__ == kind)  # type: ignore[misc]
        await calm(pilot)
        file = STATES / f"{name}-{ending}.txt"
        if DRAW:
            file.write_text(text_of(app), encoding="utf-8")
        elif file.read_text("utf-8") != text_of(app):
            wrong.append(f"{file.name}:\n{text_of(app)}")
        await leave(pilot)
    return wrong


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 24), (80, 24), (160, 45)], ids=named)
async def test_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    monkeypatch.setenv("LOGNAME", "lin")
    with house(tmp_path, LETTERS) as core:
        words.install(language, CATALOGUES[language])
        app = MailcrmApp(core, {}, CATALOGUES, engine=False)
        async with app.run_test(size=size) as pilot:
            await until_seen(pilot, "Jan de Vries", "▸ ✓")
            wrong = await walk(pilot, SCREENS, f"{named(size)}-{language}")
    assert not wrong, "\n".join(wrong)


def deal_with(core: Core, place: Path) -> None:
    """Make a sample that is being specified, one that is under way, a quote and an order."""
    threads = {row.contact: row.thread_id for row in core.ask("worklist", view="all").rows if row.thread_id}
    jan, maria, anna = (threads[name] for name in ("Jan de Vries", "María García", "Anna Nowak"))
    shipped(core, place, "Anna Nowak", FIRST)
    core.do("new_sample", thread=maria, item="Garden hose, 20 m", material="PVC", colour="RAL 6005")
    core.do("new_quote", thread=jan, lines="SN-4,1000,2.60", incoterm="FOB Ningbo", lead_time="30 days after deposit")
    core.do("new_order", about=anna, po="PO 7", lines="SN-4; Spray nozzle, brass; 1000 pcs; 2.60")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 24), (80, 24), (160, 45)], ids=named)
async def test_samples_quotes_and_orders_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    monkeypatch.setenv("LOGNAME", "lin")
    with house(tmp_path, (JAN, MARIA, ANNA)) as core:
        words.install(language, CATALOGUES[language])
        deal_with(core, tmp_path)
        app = MailcrmApp(core, {}, CATALOGUES, engine=False)
        async with app.run_test(size=size) as pilot:
            await until_seen(pilot, "Jan de Vries")
            wrong = await walk(pilot, DEALS, f"{named(size)}-{language}")
    assert not wrong, "\n".join(wrong)
