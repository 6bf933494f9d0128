"""The report over many closed turns: `make bench` prints the processor seconds that 100,000 take, nothing is timed to pass."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from ingest.mailroom import NOW, REP, Mailroom, open_room
from sqlalchemy import insert

from mailcrm.cli.documents import document
from mailcrm.cli.pages.replies import replies_page
from mailcrm.records import Company, Contact, Message, RawMail, Thread, TurnRecord

TURNS, PARTIES = 10_000, 2_000
ROUNDS = 3
COUNTRIES, GRADES = ("DE", "BR", "NG", "US", None), ("A", "B", "C", None)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailroom]:
    """A room with five weeks of answered mail."""
    room = open_room(tmp_path_factory.mktemp("busy") / "home")
    numbers = range(1, TURNS + 1)
    parties = range(1, PARTIES + 1)
    tables: list[tuple[Any, list[dict[str, Any]]]] = [
        (RawMail, [{"id": n, "sha256": f"{n}", "size": 1, "packed": b""} for n in numbers]),
        (Company, [_company(n) for n in parties]),
        (Contact, [_contact(n) for n in parties]),
        (Thread, [{"id": n, "subject": "Valves", "done": False} for n in numbers]),
        (Message, [_message(n) for n in numbers]),
        (TurnRecord, [_turn(n) for n in numbers]),
    ]
    with room.store.begin() as session:
        for table, rows in tables:
            session.connection().execute(insert(table), rows)
    yield room
    room.core.close()


def _company(number: int) -> dict[str, Any]:
    placed = {"country": COUNTRIES[number % 5], "grade": GRADES[number % 4]}
    return {"id": number, "name": f"Firm {number}", "role": "customer", "created_at": NOW, **placed}


def _contact(number: int) -> dict[str, Any]:
    return {"id": number, "address": f"buyer@firm{number}.example", "company_id": number, "created_at": NOW}


def _message(number: int) -> dict[str, Any]:
    at = NOW - timedelta(minutes=5 * number)
    people = {"account_id": 1, "contact_id": number % PARTIES + 1, "from_address": "buyer@firm.example"}
    keys = {"id": number, "raw_id": number, "thread_id": number, "sort_key": number, "identity": f"{number}"}
    kind = {"message_id": f"{number}@firm.example", "side": "theirs", "kind": "human", "kind_rule": "human"}
    return {**keys, **people, **kind, "arrived_at": at, "fetched_at": at, "references": ["a@firm.example"] * 5}


def _turn(number: int) -> dict[str, Any]:
    at = NOW - timedelta(minutes=5 * number)
    touched, due = at + timedelta(minutes=number * 7 % 2000), at + timedelta(hours=24)
    held = number % 5 == 0
    ended = touched + timedelta(hours=20) if held else touched
    return {
        "opened_by": number, "thread_id": number, "anchor": at, "due": due, "deadline": due, "messages": [number],
        "first_touch_at": touched, "first_touch": "met" if touched < due else "late", "end": "closed", "ended_at": ended,
        "promised_until": ended + timedelta(hours=1) if held else None, "promise": "kept" if held else "",
        "answered_by": REP if number % 3 else "li@ningbo.example", "policy_version": "v1",
    }  # fmt: skip


def test_the_report_over_many_turns(busy: Mailroom) -> None:
    seconds = []
    for _round in range(ROUNDS):
        began = time.process_time()
        figures = busy.core.ask("report_replies", start="2020-01-01", rows=False)
        seconds.append(time.process_time() - began)
    began = time.process_time()
    found = busy.core.ask("report_replies", start="2020-01-01")
    page = replies_page(found)
    drawn = time.process_time() - began
    began = time.process_time()
    told = document(found, "UTC")
    spelled = time.process_time() - began
    figured, paged, told_in = (each / TURNS * 100_000 for each in (min(seconds), drawn, spelled))
    print(
        f"\nreport over 100,000 turns: {figured:.2f} s, as a page {paged:.2f}, the JSON values of all rows {told_in:.2f} more"
    )
    assert figures.total == found.total
    assert found.total.count == len(told["turns"]) == TURNS
    assert page.count("<circle") == len({turn.week for turn in found.turns})
