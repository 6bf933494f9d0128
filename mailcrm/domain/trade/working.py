"""A working: how a figure came about, line by line, for screens, `quote check` and cost sheets.

Room: domain. In: exact figures with what they are. Out: lines of a sentence and a printed value. Figures are rounded to
the fourth decimal; what is held against a floor is cut there, so that a net price that is below it never looks equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.trade.exact import down_to, nearest_to
from mailcrm.domain.words import Sentence

__all__ = ["WorkingLine", "cut", "figure"]


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line: what it is, and the value as it is printed."""

    label: Sentence
    value: str


def figure(value: Decimal | Fraction, places: int = 4) -> str:
    """Return a figure rounded to at most `places` decimals, half up; two at least."""
    return _written(nearest_to(value, Decimal(1).scaleb(-places)))


def cut(value: Decimal | Fraction, places: int = 4) -> str:
    """Return a figure that is held against a floor: with at most `places` decimals, what lies behind them cut off; two at least."""
    return _written(down_to(value, Decimal(1).scaleb(-places)))


def _written(value: Decimal) -> str:
    whole, point, decimals = f"{value:,f}".partition(".")
    return f"{whole}{point}{decimals.rstrip('0').ljust(2, '0')}"
