"""A morning's forty mails worked off in a real terminal: how many keys they take, beside the words that are written."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from e2e.terminal import ENTER, Terminal, ctrl
from tui.house import Letter

from mailcrm import bootstrap

ASKED, THANKED, CALLED, WRITTEN, COLD, SILENT = 10, 14, 3, 4, 4, 5
FORTY = ASKED + THANKED + CALLED + WRITTEN + COLD + SILENT
KEYS = 41  # 1.03 a mail: 5 for each answer, 2 for each call, 13 for ten holding replies, 2 for what looks finished
OUR_WORDS = "The goods leave on Friday."


def letters() -> list[Letter]:
    """Return forty mails: what is asked first is the oldest."""

    def buyer(kind: str, number: int) -> str:
        return f"{kind} {number:02} <{kind.lower()}{number}@{kind.lower()}{number}.example>"

    return [
        *(Letter(buyer("Written", n), f"Order {n}", "When do our goods leave?", 20 + n / 10) for n in range(WRITTEN)),
        *(Letter(buyer("Called", n), f"Label {n}", "Which label do you print?", 18 + n / 10) for n in range(CALLED)),
        *(
            Letter(buyer("Asked", n), f"Price {n}", "What is your price for 500 pcs?", 10 + n / 10)
            for n in range(ASKED)
        ),
        *(Letter(buyer("Thanked", n), f"Done {n}", "Thank you, well received.", 5 + n / 10) for n in range(THANKED)),
        *(
            Letter(buyer("Cold", n), f"SEO {n}", "We offer SEO services to grow your website traffic.", 4)
            for n in range(COLD)
        ),
    ]


def newsletter(number: int, now: datetime) -> bytes:
    raw = Letter(f"News <n{number}@news{number}.example>", f"News {number}", "Our offers of the week.", 3).raw(
        900 + number, now
    )
    return b"List-Unsubscribe: <https://news.example/off>\nPrecedence: bulk\n" + raw


class Keyboard:
    """A terminal's keys, counted; words are not keys."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.pressed = 0

    def press(self, *strokes: str) -> None:
        for stroke in strokes:
            self._terminal.press(stroke)
            self.pressed += 1


def morning(place: Path, now: datetime) -> Path:
    """Return a home in which the forty mails have just been read; its servers are away."""
    home, mails = place / "home", place / "mails"
    bootstrap.make_home(home, None)
    mails.mkdir()
    for number, letter in enumerate(letters()):
        (mails / f"{number:02}.eml").write_bytes(letter.raw(number, now))
    for number in range(SILENT):
        (mails / f"news{number}.eml").write_bytes(newsletter(number, now))
    core = bootstrap.open_core(home)
    core.do(
        "add_account",
        name="sales",
        imap="imap://127.0.0.1:1",
        smtp="smtp://127.0.0.1:1",
        user="lin@brightport.example",
        secret=("env", "NO_SUCH_VARIABLE"),
        zone="Asia/Shanghai",
        go_live=(now - timedelta(days=7)).isoformat(),
    )
    report = core.do("import_mail", paths=[str(mails)], live=True).row
    assert (report.new, len(core.ask("worklist", view="now").rows)) == (FORTY, WRITTEN + CALLED + ASKED)
    core.close()
    return home


def answer_each(screen: Terminal, keys: Keyboard) -> None:
    """Answer from a template, in our own words."""
    for number in reversed(range(WRITTEN)):
        keys.press("R")
        while (found := re.search(r"(\d) Plain reply", screen.wait_for("Plain reply"))) is None:
            pass  # its number is painted in a moment
        keys.press(found[1])
        screen.wait_for("What do you want to say?")
        screen.press(OUR_WORDS)
        keys.press(ENTER)
        screen.wait_for("Plain reply (en)", OUR_WORDS)
        keys.press(ctrl("s"))
        screen.wait_for(f"Re: Order {number}  leaves in")
        keys.press("j")


def test_forty_mails_take_a_key_each(tmp_path: Path) -> None:
    home = morning(tmp_path, datetime.now(UTC))
    env = {"MAILCRM_HOME": str(home), "NO_SUCH_VARIABLE": "x", "LANG": "C.UTF-8"}
    with Terminal(env) as screen:
        keys = Keyboard(screen)
        screen.wait_for(f"needs you {WRITTEN + CALLED + ASKED}", f"handled silently {SILENT}")
        answer_each(screen, keys)
        for left in range(CALLED, 0, -1):
            keys.press("l")
            screen.wait_for("How was the customer answered?")
            keys.press("1")
            screen.wait_for(f"needs you {WRITTEN + ASKED + left - 1}")
        keys.press(*["x"] * ASKED, "h")
        screen.wait_for(f"Holding replies to {ASKED} customers", "price")
        keys.press("2", ENTER)
        screen.wait_until_gone("Holding replies")
        keys.press("F")
        screen.wait_for("No reply needed", f"{THANKED} rows")
        keys.press(ENTER)
        screen.wait_until_gone("looks finished")
        screen.process.kill()
        screen.process.wait(10)
    core = bootstrap.open_core(home)
    states = Counter(row.state for row in core.ask("threads", limit=FORTY))
    replies = [row.id for row in core.ask("outbox") if row.subject.startswith("Re: ")]
    leaving = [core.ask("outbox_item", id=reply).body or "" for reply in replies]
    core.close()
    assert states["waived"] == THANKED
    assert states["closed"] == CALLED
    assert len(leaving) == WRITTEN + ASKED
    assert sum(OUR_WORDS in body for body in leaving) == WRITTEN
    assert keys.pressed == KEYS
