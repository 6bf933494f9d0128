"""Tables as people keep them in files: sheets of rows of cells.

Room: domain. Row 1 of the file is `rows[0]`, so that a remark about a row names the one that a person sees. Rows may differ in
length. Text in cells is untrusted; a number is the one that a person sees, without the noise of binary fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from mailcrm.domain.words import Sentence

__all__ = ["Cell", "Remark", "Row", "Sheet"]

Cell: TypeAlias = str | Decimal | date | bool | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the one table of a text file (`name` "")."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about a row, by its number as a person sees it; 0: about the whole table."""

    row: int
    reason: Sentence
