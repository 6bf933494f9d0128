"""What a tick of the engine and one recomputed thread cost beside 100,000 open turns: `make bench` prints the figures."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.crowd import crowd
from ingest.mailroom import letter, open_room
from sqlmodel import select

from mailcrm.records import Thread
from mailcrm.rules.turns import Occasion, recompute_turns

TURNS, TICKS, THREADS, DUE = 100_000, 200, 200, 24 * 60
MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a Wednesday at the opening of an office in UTC


def test_a_tick_and_a_thread_beside_a_hundred_thousand_open_turns(tmp_path: Path) -> None:
    room = open_room(tmp_path / "home")
    crowd(room.store, TURNS, lambda n: START + n * MINUTE, lambda n: START + n * MINUTE)
    for number in range(3):
        answers = [f"a{known}@acme.example" for known in range(number)]
        text = f"Part {number}: how many?"
        room.arrives(
            letter("jan@acme.example", "Valves", text, message_id=f"a{number}@acme.example", references=answers)
        )
    room.sync()
    room.clock.at = START
    assert room.core.tick_notices() == ()
    began = time.process_time()
    for _tick in range(TICKS):
        room.core.tick_notices()
    idle = (time.process_time() - began) / TICKS
    with room.store.begin() as session:
        ours, thread = room.world.ours(session), max(row.id or 0 for row in session.exec(select(Thread)))
        recompute_turns(session, [thread], ours, room.world.policies.clock, Occasion(START))
        began = time.process_time()
        for _round in range(THREADS):
            session.expire_all()
            recompute_turns(session, [thread], ours, room.world.policies.clock, Occasion(START))
        each = (time.process_time() - began) / THREADS
    room.clock.at = START + DUE * MINUTE
    began = time.process_time()
    assert room.core.tick_notices() != ()
    busy = time.process_time() - began
    print(
        f"\n{TURNS} open turns: a tick with nothing due {idle * 1000:.2f} ms CPU,"
        f" with {DUE} turns that are due {busy * 1000:.0f} ms; one thread of three mails recomputed {each * 1000:.2f} ms"
    )
    room.core.close()
