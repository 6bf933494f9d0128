"""Make the fixture home of this release, which every later release must be able to open.

    PYTHONPATH=tests .venv/bin/python -m homes.make

writes tests/homes/VERSION/: the settings, and the database, compressed. The same bytes each time: clock, ids and mails are
fixed. Once a release is out its home is never made anew.
"""

from __future__ import annotations

import itertools
import sqlite3
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import zstandard
from ingest.mailroom import GO_LIVE, NOW, REP, Mailroom, letter, open_room

from mailcrm import __version__
from mailcrm.adapters.smtp.fake import FakeTransport
from mailcrm.core.facade import Core

__all__ = ["DATABASE", "HOMES", "make"]

HOMES = Path(__file__).parent
DATABASE = "mailcrm.db.zst"

HOUR = timedelta(hours=1)
JAN = "Jan Smit <jan@acme-valves.example>"
PDF = "JVBERi0xLjQKJSBkcmF3aW5nCg=="


def make(place: Path) -> None:
    """Write settings and database to `place`."""
    with tempfile.TemporaryDirectory() as temporary:
        room = open_room(Path(temporary) / "home")
        numbers = itertools.count(1)
        transport = FakeTransport()
        world = replace(
            room.world, actor="wei", token=lambda: f"{next(numbers):024x}", open_transport=lambda _account: transport
        )
        room.core = Core(world)
        live_through(room, transport)
        room.core.close()
        place.mkdir(exist_ok=True)
        (place / DATABASE).write_bytes(zstandard.compress(packed(room.world.home / "mailcrm.db"), 19))
        settings = (room.world.home / "mailcrm.toml").read_text("utf-8")
        (place / "mailcrm.toml").write_text(settings.replace('# warn = "4h"', 'warn = "5h"'), "utf-8")


def packed(database: Path) -> bytes:
    """Return a database as one file without a log beside it."""
    whole = database.with_name("whole.db")
    connection = sqlite3.connect(database)
    connection.execute("VACUUM INTO ?", (str(whole),))
    connection.close()
    return whole.read_bytes()


def live_through(room: Mailroom, transport: FakeTransport) -> None:
    """Let three days pass in this home."""
    mail_arrives(room)
    room.sync()
    core = room.core
    threads = {row.subject: row.id for row in core.ask("threads")}
    role = next(row for row in core.ask("companies") if row.name == "Acme Valves")
    core.do("edit_company", id=role.id, role="customer", country="NL")
    core.do("waive", thread=threads["Catalogue"], reason="only a catalogue")
    core.do("reply", thread=threads["Gate valves DN50"], mode="send", body="1.20 USD a piece, FOB Ningbo.")
    core.do("reply", thread=threads["样品"], mode="send", hold="2026-03-05T17:00+08:00", reason="sample")
    core.do("reply", thread=threads["Price for bolts"], mode="draft", body="Dear Kim,")
    core.do("answered", thread=threads["Pipes"], channel="phone", text="He takes them.")
    transport.cut = "data"
    core.do("reply", thread=threads["Flanges"], mode="send", body="We have them in stock.")
    transport.cut = ""
    room.clock.at = NOW + HOUR
    core.do("reply", thread=threads["Late question"], mode="at", at="2026-03-06T09:00+08:00", body="On Friday.")


def mail_arrives(room: Mailroom) -> None:
    """Deliver a bit of everything."""
    room.server.add_folder(b"&UXZO1mWHTvZZOQ-")
    attached = [
        "MIME-Version: 1.0",
        'Content-Type: application/pdf; name="drawing.pdf"',
        "Content-Transfer-Encoding: base64",
        'Content-Disposition: attachment; filename="drawing.pdf"',
    ]
    inbox = [
        (letter(JAN, "Gate valves DN50", message_id="v1@acme-valves.example", date=NOW - 5 * HOUR), 5),
        (letter(JAN, "Catalogue", "Please find our catalogue attached, could you print it?", date=NOW - 9 * HOUR), 9),
        (letter("王芳 <fang@taipei-tools.example>", "样品", "请问样品什么时候可以寄出?", date=NOW - 7 * HOUR), 7),
        (letter("Kim <kim@gmail.com>", "Price for bolts", date=NOW - 3 * HOUR), 3),
        (letter("Ali <ali@izmir-pipes.example>", "Pipes", date=NOW - 22 * HOUR), 22),
        (letter("Eva <eva@graz.example>", "Flanges", in_reply_to="ghost@graz.example", date=NOW - 2 * HOUR), 2),
        (letter("Omar <omar@tunis.example>", "Late question", date=NOW - 30 * HOUR), 30),
        (letter("Omar <omar@tunis.example>", "Drawing", PDF, headers=attached, date=NOW - HOUR), 1),
        (letter("news@fair.example", "Fair news", headers=["List-Id: <news.fair.example>"], date=NOW - HOUR), 1),
        (b"\r\n\x00\r\n", 1),
    ]
    for raw, hours in inbox:
        room.arrives(raw, at=NOW - hours * HOUR)
    old = letter("Mia <mia@basel.example>", "Before your time", date=GO_LIVE - 24 * HOUR)
    room.arrives(old, at=GO_LIVE - 24 * HOUR)
    sent = letter(REP, "Offer", "Our offer.", to=JAN, message_id="offer@ningbo.example", date=NOW - 20 * HOUR)
    room.arrives(sent, at=NOW - 20 * HOUR, folder=b"Sent")


if __name__ == "__main__":
    make(HOMES / __version__)
    sys.stdout.write(f"{HOMES / __version__} was made.\n")
