"""Columns that line up, measured in terminal cells.

Room: cli. In: cells of text, from anywhere. Out: lines; on a terminal the last column gives way to its width.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailcrm.cli.output import Output
from mailcrm.domain.text import printable_line

__all__ = ["columns", "pairs"]

_GAP = "  "
_WIDEST = 40


def columns(out: Output, heads: Sequence[str], rows: Sequence[Sequence[str]], looks: Sequence[str] = ()) -> None:
    """Print `rows` under `heads`; no column but the last is wider than 40 cells. `looks`: one for each row."""
    from rich.cells import cell_len

    from mailcrm.tui.widgets.cells import fit, shorten

    shown = [[printable_line(cell) for cell in row] for row in (heads, *rows)]
    widths = [min(max(map(cell_len, column)), _WIDEST) for column in zip(*shown, strict=True)][:-1]
    for number, row in enumerate(shown):
        line = _GAP.join([fit(cell, width) for cell, width in zip(row[:-1], widths, strict=True)] + [row[-1]])
        look = "muted" if number == 0 else looks[number - 1] if looks else ""
        out.line(shorten(line, out.width).rstrip(), look)


def pairs(out: Output, rows: Sequence[tuple[str, str]]) -> None:
    """Print names and values, one pair a line; values that are empty are left out."""
    from rich.cells import cell_len

    from mailcrm.tui.widgets.cells import fit

    given = [(name, value) for name, value in rows if value]
    width = max((cell_len(name) for name, _value in given), default=0)
    for name, value in given:
        out.line(f"{fit(name, width)}{_GAP}{value}")
