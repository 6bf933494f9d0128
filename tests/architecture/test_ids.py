"""The ids that people and scripts see: each kind of record has letters of its own, and they are written down in one place."""

from __future__ import annotations

import re
from pathlib import Path

from mailcrm.queries import rows

ROOT = Path(__file__).resolve().parents[2] / "mailcrm"
TOLD = re.findall(r'"([a-z]+)\d+" \(', rows.__doc__ or "")


def test_no_letter_is_told_of_two_kinds_of_records() -> None:
    assert len(TOLD) > 20
    assert len(TOLD) == len(set(TOLD))


def test_every_letter_that_a_row_bears_is_told() -> None:
    given = {
        letter
        for room in ("queries", "domain/reports")
        for file in (ROOT / room).rglob("*.py")
        for letter in re.findall(r'\bid=f"([a-z]+)\{', file.read_text("utf-8"))
    }
    assert len(given) > 15
    assert given <= set(TOLD)


def test_a_letter_is_given_in_one_file_of_the_store_of_prices_and_money() -> None:
    """Rates, lists, our companies and bank accounts once shared letters; who reads `e4` must not wonder what it is."""
    of = {"e": "our_company", "b": "our_company", "y": "exchange_rates", "v": "refund_rates", "pl": "pricelists"}
    for file in (ROOT / "queries").glob("*.py"):
        for letter in re.findall(r'\bid=f"([a-z]+)\{', file.read_text("utf-8")):
            assert of.get(letter, file.stem) == file.stem, (file.stem, letter)
