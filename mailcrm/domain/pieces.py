"""A text cut into pieces behind its marks.

Room: domain. In: a text and a pattern of the marks that end a piece. Out: where the pieces start and end. A pattern that begins
with the mark itself passes over a text much faster than one that looks behind each place for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

__all__ = ["pieces_of"]


def pieces_of(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where each piece that isn't blank starts and ends, without the space around it."""
    start = 0
    for end in chain((found.end() for found in ends.finditer(text)), [len(text)]):
        piece = text[start:end]
        if said := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(said)
        start = end
