"""kill −9 in the middle of a sentence: all but the last two seconds of it stand there when the thread is answered again."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from e2e.terminal import Terminal
from tui.house import Letter

from mailcrm import bootstrap

LOST_SECONDS = 2.0
TYPING_SECONDS = 4.0


def home_with_a_customer(place: Path) -> Path:
    """Return a home whose servers are away and whose one customer waits."""
    home, now = place / "home", datetime.now(UTC)
    bootstrap.make_home(home, None)
    letter = Letter("Jan de Vries <jan@vries.example>", "Price list", "Could you send the price list?", 20)
    (place / "letter.eml").write_bytes(letter.raw(1, now))
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
    core.do("import_mail", paths=[str(place / "letter.eml")], live=True)
    core.close()
    return home


def test_all_but_the_last_two_seconds_are_kept(tmp_path: Path) -> None:
    home = home_with_a_customer(tmp_path)
    env = {"MAILCRM_HOME": str(home), "NO_SUCH_VARIABLE": "x", "LANG": "C.UTF-8"}
    typed: list[tuple[float, str]] = []
    with Terminal(env) as screen:
        screen.wait_for("Jan de Vries")
        screen.press("r")
        screen.wait_for("Re: Price list", "> Could you send")
        begun = time.monotonic()
        while time.monotonic() - begun < TYPING_SECONDS:
            word = f"w{len(typed)}"
            screen.press(f"{word} ")
            typed.append((time.monotonic(), word))
            screen.wait_for(word)
        screen.process.kill()
        killed = time.monotonic()
        screen.process.wait(10)
    safe = [word for at, word in typed if killed - at > LOST_SECONDS]
    assert len(safe) > 1, "it was typed long enough to tell"
    core = bootstrap.open_core(home)
    (thread,) = core.ask("threads")
    kept = core.ask("draft", thread=thread.id).body.split()
    core.close()
    assert kept == [word for _at, word in typed][: len(kept)]
    assert set(safe) <= set(kept)
    with Terminal(env) as screen:
        screen.wait_for("Jan de Vries", "draft")
        screen.press("r")
        screen.wait_for("Re: Price list", *safe)
        screen.press("end.")
        screen.wait_for(f"{kept[-1]} end.")
