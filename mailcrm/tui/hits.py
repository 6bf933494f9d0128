"""A line with what was searched for, cut so that it stays in sight.

Room: tui. In: one line of foreign text, what marks the sought words in it, the room in cells. Out: spans, as wide as the room; a hit is
told by reverse and bold letters, never by a colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from mailcrm.domain.text import printable_line
from mailcrm.tui.widgets.cells import ELLIPSIS, fit
from mailcrm.tui.widgets.pager import Marker
from mailcrm.tui.widgets.rowlist import Span

__all__ = ["marked"]

HIT = "hit"


def marked(text: str, mark: Marker, width: int, look: str = "") -> list[Span]:
    """Return `text` in exactly `width` cells, around the first hit where not all of it has room."""
    shown = _around(printable_line(text), mark, width)
    room, at = width, 0
    spans: list[Span] = []
    for begin, end in mark(shown):
        if begin >= at:
            spans += [(shown[at:begin], look), (shown[begin:end], HIT)]
            at = end
    spans.append((shown[at:], look))
    cut: list[Span] = []
    for words, how in spans:
        cut.append((words if cell_len(words) <= room else fit(words, room), how))
        room -= cell_len(cut[-1][0])
    return [*(span for span in cut if span[0]), (" " * room, "")]


def _around(text: str, mark: Marker, width: int) -> str:
    """Return `text` from a little before its first hit on, if that wouldn't be seen otherwise."""
    hits = mark(text)
    if not hits or cell_len(text) <= width or cell_len(text[: hits[0][1]]) < width:
        return text
    begin, end = hits[0]
    before = max((width - cell_len(text[begin:end])) // 3, 0)
    start = _back(text, begin, before)
    start = text.find(" ", start, begin) + 1 or start  # not in the middle of a word
    return ELLIPSIS + text[start:]


def _back(text: Sequence[str], begin: int, cells: int) -> int:
    """Return where the last `cells` cells before `begin` start."""
    start = begin
    while start and cells > 1:
        start -= 1
        cells -= cell_len(text[start])
    return start
