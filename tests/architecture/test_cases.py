"""The forty acceptance cases of the reply clock: each is a test that carries its number, and many are tests with real servers too."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
CASES = range(1, 41)
WITH_SERVERS = 15


def numbered(*rooms: str) -> set[int]:
    """Return the numbers of the cases that the tests of these rooms carry."""
    files = [path for room in rooms for path in (TESTS / room).glob("test_*.py")]
    return {int(number) for path in files for number in re.findall(r"def test_case_0?(\d+)_", path.read_text("utf-8"))}


def test_every_case_stands_without_a_server() -> None:
    assert set(CASES) - numbered("domain", "contracts", "ingest", "outbox", "cli") == set()


def test_many_cases_stand_end_to_end() -> None:
    assert len(numbered("e2e") & set(CASES)) >= WITH_SERVERS
