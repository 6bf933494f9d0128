"""A working: how a figure came about, line by line, for screens, `quote check` and cost sheets.

Room: domain. In: exact figures with what they are. Out: lines of a sentence and a printed value. Figures are cut, not rounded, after the
fourth decimal, so that a net price that is below the floor never looks equal to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.trade.exact import down_to
from mailcrm.domain.words import Sentence

__all__ = ["WorkingLine", "figure"]


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line: what it is, and the value as it is printed."""

    label: Sentence
    value: str


def figure(value: Decimal | Fraction, places: int = 4) -> str:
    """Return a figure with at most `places` decimals, what lies behind them cut off; two at least."""
    digits = f"{down_to(value, Decimal(1).scaleb(-places)):,f}"
    whole, point, decimals = digits.partition(".")
    return f"{whole}{point}{decimals.rstrip('0').ljust(2, '0')}"
