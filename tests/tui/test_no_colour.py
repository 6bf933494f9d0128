"""NO_COLOR in a real terminal: not one colour is painted, and the cursor is still seen everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from e2e.terminal import ENTER, Terminal
from servers.loopback import wait_until
from tui.house import LETTERS, NOW

from mailcrm.bootstrap import make_home, open_core

COLOURS = {*range(30, 39), *range(40, 49), *range(90, 108)}  # 39 and 49 are the terminal's own two


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with three customers who wait, and an account whose servers nobody reaches."""
    place = tmp_path / "home"
    make_home(place, None)
    core = open_core(place, now=NOW.isoformat())
    core.do(
        "add_account",
        name="sales",
        imap="imap://127.0.0.1:1",
        smtp="smtp://127.0.0.1:1",
        user="lin@brightport.example",
        zone="Asia/Shanghai",
        go_live=(NOW - timedelta(days=7)).isoformat(),
    )
    for number, each in enumerate(LETTERS):
        (tmp_path / f"{number}.eml").write_bytes(each.raw(number))
    core.do("import_mail", paths=[str(tmp_path / f"{number}.eml") for number in range(len(LETTERS))], live=True)
    core.close()
    return place


def painted(octets: bytes) -> Iterator[list[int]]:
    """Yield the numbers of each SGR sequence."""
    for found in re.finditer(rb"\x1b\[([0-9;:]*)m", octets):
        yield [int(number) for number in re.split(rb"[;:]", found[1]) if number]


@pytest.mark.parametrize("theme", ["", "nord", "ansi-dark"])
def test_nothing_is_painted_in_a_colour_and_everything_is_read(home: Path, theme: str) -> None:
    env = {"MAILCRM_HOME": str(home), "NO_COLOR": "1", "MAILCRM__INTERFACE__THEME": theme}
    with Terminal(env, "--now", NOW.isoformat()) as screen:
        screen.wait_for("▸! late 6h 00m", "Jan de Vries", "needs you 3")
        screen.press("x")
        screen.wait_for("✓ ! late 6h 00m", "▸~ in 2h 00m")
        screen.press(ENTER)
        screen.wait_for("prospect", "Could you send the price list?")
        screen.press("r")
        screen.wait_for("Re: Price list 2027", "Ctrl-S send")
        screen.press("Dear Jan")
        screen.wait_for("Dear Jan")
        wait_until(lambda: any(cell.reverse for cell in screen.cells()), "a cursor where one types", 10)
        octets = screen.octets()
    codes = list(painted(octets))
    assert len(codes) > 50
    assert [each for each in codes if COLOURS & set(each)] == []
