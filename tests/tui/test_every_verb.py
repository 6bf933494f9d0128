"""Each verb of a row by its key, in English and in Chinese: what opens, what becomes of the row, or what is said."""

from __future__ import annotations

import re
from functools import partial
from gettext import NullTranslations, translation
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets._toast import Toast
from tui.house import JAN, Letter, house, seen, until, until_seen

import mailcrm
from mailcrm.domain import words
from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.keys import VERB_KEYS
from mailcrm.tui.screens.worklist import WorklistScreen
from mailcrm.tui.widgets.rowlist import RowList

CHINESE = translation("mailcrm", Path(mailcrm.__file__).parent / "locale", languages=["zh"])
CATALOGUES: dict[str, NullTranslations] = {"en": NullTranslations(), "zh": CHINESE}
LETTERS = (
    JAN,
    Letter("Tom Olsen <tom@olsen.example>", "Order 7", "Thank you, noted.", 4),
    Letter("Eva Olsen <eva@olsson.example>", "Order 8", "Many thanks, well received.", 4),
)
OPENS = {
    "reply": "ComposerScreen",
    "template": "PickerScreen",
    "hold": "HoldScreen",
    "finished": "ReviewScreen",
    "snooze": "ChoiceScreen",
    "wait": "ChoiceScreen",
    "answered": "ChoiceScreen",
    "classify": "ChoiceScreen",
    "purpose": "ChoiceScreen",
    "role": "ChoiceScreen",
    "customer": "CustomerScreen",
    "log": "ChoiceScreen",
    "note": "QuestionsScreen",
    "task": "QuestionsScreen",
    "sample": "DealForm",
    "quote": "DealForm",
    "order": "DealForm",
    "inquiry": "DealForm",
}
DOES = {"waive"}
# On a customer's first mail there is nothing of the kind: that is said, with the mend.
REFUSES = {"promised", "no_promise", "done", "assign", "answered_too", "adopt", "merge", "split", "same_company"}
CJK = re.compile("[\u4e00-\u9fff]")


def test_the_table_names_every_verb() -> None:
    assert {key.id.partition(".")[2] for key in VERB_KEYS} == {*OPENS, *DOES, *REFUSES}


def said(app: MailcrmApp) -> str:
    return " ".join(str(toast.render()) for toast in app.screen.query(Toast))


def strokes(name: str) -> list[str]:
    key = next(key for key in VERB_KEYS if key.id == f"verb.{name}")
    return key.keys.split(",")[0].split()


def is_open(pilot: Pilot[None], kind: str) -> bool:
    return type(pilot.app.screen).__name__ == kind


def is_gone(pilot: Pilot[None], screen: object) -> bool:
    return pilot.app.screen is not screen


async def leave(pilot: Pilot[None]) -> None:
    """Close whatever is open over the list."""
    while not isinstance(pilot.app.screen, WorklistScreen):
        here = pilot.app.screen
        await pilot.press("escape")
        await until(pilot, partial(is_gone, pilot, here))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_by_its_key(tmp_path: Path, language: str) -> None:
    with house(tmp_path, LETTERS) as core:
        words.install(language, CATALOGUES[language])
        app = MailcrmApp(core, {}, CATALOGUES, engine=False)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await until_seen(pilot, "Jan de Vries", "▸ ✓")
            first = app.screen.query_one(RowList).key
            for name, kind in OPENS.items():
                await pilot.press(*strokes(name))
                await until(pilot, partial(is_open, pilot, kind))
                assert bool(CJK.search(seen(app))) is (language == "zh"), name
                await leave(pilot)
            for name in sorted(REFUSES):
                app.clear_notifications()
                await until(pilot, lambda: not said(app))
                await pilot.press(*strokes(name))
                await until(pilot, lambda: said(app))
                assert bool(CJK.search(said(app))) is (language == "zh"), name
                await until(pilot, lambda: app.screen.query_one(RowList).key == first)
            await pilot.press(*strokes("waive"))
            await until(pilot, lambda: core.ask("threads", query="from:jan")[0].state == "waived")
            await pilot.press("u")
            await until(pilot, lambda: core.ask("threads", query="from:jan")[0].state != "waived")
