"""How soon the most urgent subject stands on the screen, beside aerc on the same mails; and how soon a key is answered.

`make bench` prints 1,000 and 100,000 threads; the suite takes 200 and 1,000. What stands on the screen is asserted, no time is.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from bench.painting import Painted, Screen, paint
from ingest.library import body_of, fill_apart
from servers.require import program

from mailcrm.bootstrap import make_home, open_core
from mailcrm.core.world import World

LONG = os.environ.get("MAILCRM_BENCH") == "long"
SIZES = (1_000, 100_000) if LONG else (200, 1_000)
ROUNDS, PRESSED, OPEN = (5, 20, 300) if LONG else (1, 2, 60)
REP = "wei@ningbo.example"
MOST_URGENT = f"Inquiry {OPEN - 1:03}"
# What is pressed, and what leads back to where it paints again.
KEYS = {"j": ("j", ""), "PageDown": ("\x1b[6~", "gg"), "G": ("G", "gg"), "e": ("e", "gg"), "view": ("\t", "")}
EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("ready", id="it")
    def on_key(self, event):
        self.count = getattr(self, "count", 0) + 1
        self.query_one("#it").update(f"{event.key} {self.count}")

Empty().run()
"""
pytestmark = [pytest.mark.timeout(3_600), pytest.mark.server]


def inquiry(number: int, now: datetime) -> bytes:
    at = format_datetime(now - timedelta(minutes=60 + 4 * number))
    who = f"Buyer {number} <buyer{number}@shop{number}.example>"
    head = f"Received: from there by here; {at}\r\nFrom: {who}\r\nTo: {REP}\r\nSubject: Inquiry {number:03}\r\nDate: {at}\r\n"
    return f"{head}Message-ID: <inquiry{number}@shop.example>\r\n\r\nCould you quote {number + 100} pcs?\r\n".encode()


def make(place: Path, size: int) -> tuple[Path, Path]:
    """Return a home with `size` threads, `OPEN` of them unanswered, and the configuration of an aerc on the same mails."""
    now, home = datetime.now(UTC), place / "home"
    folder, eml = place / "mail" / "INBOX", place / "eml"
    for directory in (folder / "cur", folder / "new", folder / "tmp", eml, place / "aerc"):
        directory.mkdir(parents=True)
    make_home(home, None)
    core = open_core(home)
    core.do(
        "add_account",
        name="work",
        imap="imap://127.0.0.1:1",
        smtp="smtp://127.0.0.1:1",
        user=REP,
        own_addresses=(REP,),
        zone="Asia/Shanghai",
        go_live=(now - timedelta(days=7)).isoformat(),
    )
    world: World = vars(core)["_world"]
    fill_apart(world.store, size)
    for number in range(OPEN):
        (eml / f"{number}.eml").write_bytes(inquiry(number, now))
        (folder / "cur" / f"{int(now.timestamp())}.i{number}.h:2,").write_bytes(inquiry(number, now))
    core.do("import_mail", paths=[str(eml)], live=True)
    assert core.ask("worklist", view="now", owner="me").rows[0].subject == MOST_URGENT
    core.close()
    for number in range(size):
        head = (
            f"From: b{number}@firm.example\nTo: {REP}\nSubject: Order {number}\nMessage-ID: <m{number}@firm.example>\n"
        )
        text = f"{head}Date: Mon, 2 Mar 2026 09:00:00 +0800\n\n{body_of(number)}\n"
        (folder / "cur" / f"1700000000.m{number}.h:2,S").write_text(text, encoding="utf-8")
    account = f"[work]\nsource = maildir://{place / 'mail'}\ndefault = INBOX\nfrom = Wei <{REP}>\n"
    (place / "aerc" / "accounts.conf").write_text(account, encoding="utf-8")
    (place / "aerc" / "accounts.conf").chmod(0o600)
    for name in ("aerc.conf", "binds.conf"):
        (place / "aerc" / name).touch()
    return home, place


def rounds(once: Callable[[], Painted]) -> Painted:
    """Return the medians of some rounds, after one that warms the caches."""
    once()
    return Painted(*(statistics.median(each) for each in zip(*(once() for _round in range(ROUNDS)), strict=True)))


def test_from_the_start_to_the_most_urgent_subject(tmp_path: Path) -> None:
    ours, theirs = [sys.executable, "-m", "mailcrm", "--lang", "en"], [str(program("aerc"))]
    print()
    for size in SIZES:
        home, place = make(tmp_path / str(size), size)
        pattern, env = MOST_URGENT.encode(), {"MAILCRM_HOME": str(home)}
        mine = rounds(lambda env=env, pattern=pattern: paint(ours, pattern, env))  # type: ignore[misc]
        peer = rounds(lambda place=place: paint(theirs, b"Inquiry \\d", {"XDG_CONFIG_HOME": str(place)}))  # type: ignore[misc]
        for name, told in (("mailcrm", mine), ("aerc", peer)):
            print(f"  {size:>7,} threads {name:8} {told.wall:6.0f} ms wall {told.cpu:6.0f} ms CPU {told.peak:5.0f} MB")
        print(f"  {size:>7,} threads         × {mine.wall / peer.wall:.2f} wall, × {mine.cpu / peer.cpu:.2f} CPU")


def test_from_a_key_to_the_paint(tmp_path: Path) -> None:
    home, _place = make(tmp_path, SIZES[-1])
    with Screen([sys.executable, "-c", EMPTY], {}) as empty:
        empty.until(b"ready")
        empty.settle()
        nothing = sorted(empty.press("j") for _press in range(PRESSED))
    with Screen([sys.executable, "-m", "mailcrm", "--lang", "en"], {"MAILCRM_HOME": str(home)}) as screen:
        screen.until(b"needs you")
        screen.settle()
        print(f"\n  empty app: p95 {nothing[-1 - PRESSED // 20]:.1f} ms")
        for name, (key, back) in KEYS.items():
            taken = []
            for _press in range(PRESSED):
                taken.append(screen.press(key))
                for stroke in back:
                    screen.stroke(stroke)
            print(f"  {name:9} median {statistics.median(taken):5.1f} p95 {sorted(taken)[-1 - PRESSED // 20]:5.1f} ms")
        print(f"  peak {screen.peak():.0f} MB")
