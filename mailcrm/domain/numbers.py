"""The numbers by which mails name an order, a quote or an inquiry: "PO 8812", "报价 20260302", "#4471".

Room: domain. In: a subject or a text. Out: its numbers of four digits and more. Years, prices and decimals are none.
"""

from __future__ import annotations

import re

__all__ = ["named_numbers"]

_NUMBER = re.compile(r"(?<![\d.,])\d{4,12}(?![\d])(?![.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 20_000


def named_numbers(text: str) -> frozenset[str]:
    """Return the numbers in `text` that may name something, without leading zeros."""
    found = _NUMBER.findall(text[:_LONGEST])
    return frozenset(number.lstrip("0") for number in found if not _YEAR.fullmatch(number)) - {""}
