"""A mailbox ten times as large: what a day's work costs in it. `make bench` prints 100,000 mails beside 1,000,000, put straight there.

The suite takes 500 beside 5,000. What comes out is asserted, no time is.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ingest.library import fill
from ingest.mailroom import NOW, Mailroom, letter, open_room

LONG = os.environ.get("MAILCRM_BENCH") == "long"
SIZES = (100_000, 1_000_000) if LONG else (500, 5_000)
ROUNDS, NEW = 5, 100
pytestmark = pytest.mark.timeout(7_200)


def news(room: Mailroom, number: int) -> None:
    """Let a hundred mails of known buyers arrive, each about something else."""
    for person in range(1, NEW + 1):
        sender = f"buyer{person}@firm{person % 500 + 1}.example"
        room.arrives(
            letter(sender, f"Valves {number}-{person}", f"Could you quote {number} pieces of DN{person}?"), NOW
        )


def costs(room: Mailroom) -> dict[str, float]:
    """Return the median of milliseconds that each piece of work takes; each was done once before."""
    thread = room.core.ask("worklist", view="all", owner="all").rows[0].thread_id
    works: dict[str, Callable[[], object]] = {
        "worklist": lambda: room.core.ask("worklist", view="now", owner="all"),
        "search": lambda: room.core.ask("search", query="price drawing", limit=50),
        "search, Chinese": lambda: room.core.ask("search", query="付款", limit=50),
        "thread": lambda: room.core.ask("thread", id=thread),
        "customer": lambda: room.core.ask("customer", thread=thread),
    }
    taken = {name: [_once(work) for _round in range(ROUNDS + 1)][1:] for name, work in works.items()}
    taken["sync of 100 new mails"] = []
    for number in range(1, ROUNDS + 1):
        news(room, number)
        taken["sync of 100 new mails"].append(_once(room.sync))
    return {name: statistics.median(each) for name, each in taken.items()}


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def test_ten_times_the_mail(tmp_path: Path) -> None:
    found: list[dict[str, float]] = []
    for size in SIZES:
        room = open_room(tmp_path / str(size))
        fill(room.store, size)
        news(room, 0)
        assert room.sync().new_messages == NEW
        found.append(costs(room))
        rows = room.core.ask("worklist", view="all", owner="all").rows
        assert sum(row.subject.startswith("Valves") and row.kind == "reply" for row in rows) == NEW * (ROUNDS + 1)
        room.core.close()
    small, large = found
    print(f"\n{SIZES[0]:,} mails beside {SIZES[1]:,}: ms")
    for name, before in small.items():
        print(f"  {name:24} {before:8.1f} {large[name]:8.1f}  × {large[name] / before:.2f}")
