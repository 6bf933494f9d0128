"""What is shown of a mail that was found."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from mailcrm.domain.search_query import read_query
from mailcrm.domain.snippet import Snippets


def snippet(query: str, text: str) -> str:
    return Snippets(read_query(query, ZoneInfo("UTC")).terms).of(text)


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("valve", "Dear Wei,\n\nthe VALVE leaks.", "Dear Wei, the VALVE leaks."),
        ('"valve"', "valves here, and\na valve there", "valves here, and a valve there"),
        ("PO-2026/118", "About PO 2026\n118: shipped", "About PO 2026 118: shipped"),
        ("PO2026118", "镕铸A-1订单PO2026118已付", "镕铸A-1订单PO2026118已付"),
        ('"PO2026118"', "镕铸A-1订单PO2026118已付", "镕铸A-1订单PO2026118已付"),
        ("款", "麻烦尽快请付款", "麻烦尽快请付款"),
        ("Müller", "Herr MÜLLER", "Herr MÜLLER"),
        ("glued", "unglued", ""),
        ('"val"', "valve", ""),
        ("from:jan valve", "the valve", "the valve"),
        ("from:jan", "jan", ""),
        ("\uff9e", "\uff9e", ""),
        ("Muller", "Herr Müller", ""),
    ],
)
def test_snippet(query: str, text: str, shown: str) -> None:
    assert snippet(query, text) == shown


def test_it_stands_in_the_middle_of_what_is_shown() -> None:
    text = "one " * 40 + "valve " + "two " * 40
    shown = snippet("valve", text)
    assert shown.startswith("one ")
    assert shown.endswith("two")
    assert "valve" in shown
    assert len(shown) <= 2 * 60 + len("valve")


def test_hostile_texts_cost_no_more_than_their_length() -> None:
    query = '"aaa aaa aaa b"'
    assert snippet(query, "aaa " * 20_000) == ""
    assert snippet(query, "a" * 80_000) == ""
