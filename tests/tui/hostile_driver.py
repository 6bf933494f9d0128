"""The hostile walk in a terminal of its own: `python -m tui.hostile_driver PLACE` under a pty, which `test_hostile_terminal` reads.

Every screen and toast with the payload list, then made-up strings (2,000; `MAILCRM_FAULTS=long`: 10,000) through a list, a question,
a form and toasts. What came of it is written to PLACE/result.json.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from textual.pilot import Pilot
from tui.house import app_on, house
from tui.test_hostile_text import LETTERS, harmless, screens, walk

from mailcrm.tui.app import MailcrmApp
from mailcrm.tui.screens.choice import ChoiceScreen
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.widgets import safe

STRINGS = 10_000 if os.environ.get("MAILCRM_FAULTS") == "long" else 2_000
AT_ONCE, FORMS, LONGEST = 50, 500, 12
PIECES = (
    *("[", "]", "[/]", "[@click=app.quit]", "[bold]", "[link=http://evil.example]", "\\[", "$text", "{", "}", "%s"),
    *(
        "\x1b",
        "\x1b[",
        "\x1b]0;",
        "\x1b]8;;http://evil.example\x07",
        "\x1b]52;c;b3duZWQ=\x07",
        "\x1b\\",
        "\x07",
        "\x1bP",
        "\x1b_",
    ),
    *("\x9b", "\x9d", "\x9c", "\x90", "\x85", "\x84", "2J", "31m", "6n", "?1049h", "?25l", "999;999H", ";", "0", "c"),
    *("\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u200d", "\u2060", "\ufeff", "\U000e0041", "\ufe0f", "\u0301"),
    *("\x00", "\x08", "\x0b", "\x0c", "\r", "\n", "\t", "\x7f", "\u2028", "\u2029", "\udc80", "\ufffd"),
    *("价格", "한국어", "ＡＢ", "👩‍👩‍👧", "é", "א", "ال", "price", " "),
)


def strings(count: int) -> list[str]:
    """Return made-up strings, the same each time."""
    dice = random.Random(6)  # noqa: S311  (a game, and the same each time)
    return ["".join(dice.choices(PIECES, k=dice.randrange(1, LONGEST))) for _number in range(count)]


async def thousands(pilot: Pilot[None], app: MailcrmApp, texts: Sequence[str]) -> None:
    """Paint each of the strings."""
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        await app.push_screen(ChoiceScreen(some[0], [(str(number), text) for number, text in enumerate(some)]))
        await pilot.pause()
        await pilot.press("G")
        if start % FORMS == 0:
            harmless(app)
            await app.push_screen(QuestionsScreen(some[1], {"a": some[2], "b": some[3]}, {"a": some[4]}))
            await pilot.pause()
            harmless(app)
            await app.pop_screen()
        await app.pop_screen()
        safe.toast(app, some[5], seconds=0.1)
        await pilot.pause()


def main(place: Path) -> None:
    """Walk, and tell."""
    texts = strings(STRINGS)

    async def drive(pilot: Pilot[None]) -> None:
        app = cast("MailcrmApp", pilot.app)
        missed = {kind.__name__ for kind in set(screens()) - await walk(pilot, core, place)}
        await thousands(pilot, app, texts)
        harmless(app)
        result = {"missed": sorted(missed), "strings": len(texts), "title": app.title, "clipboard": app.clipboard}
        (place / "result.json").write_text(json.dumps(result), encoding="utf-8")
        app.exit()

    with house(place, LETTERS) as core:
        app_on(core).run(auto_pilot=drive)  # type: ignore[arg-type]  # Textual types a pilot of any app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
