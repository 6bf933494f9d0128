"""Headings of tables: which column is the item number, which one the price, in English, Chinese or both at once.

Room: domain. In: sheets, and the names that each field goes by. Out: the row of the headings and its columns. "FOB (USD)",
"fob_usd", "单价（美元）" and "货号 Item No." are read alike: what is known of a currency is taken off, and any part may name the field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mailcrm.domain.sheets import Cell, Row, Sheet
from mailcrm.domain.trade.currencies import ALIASES, CURRENCIES

__all__ = ["Columns", "currency_in", "find_columns"]

_TOP = 30  # rows in which headings are looked for
_WORDS = re.compile(r"[a-z0-9]*\$|[a-z0-9]+|[€£]|[\u4e00-\u9fff]+")
_PARTS = re.compile(r"[/\n()\[\],;:|]+")
_SPOKEN = tuple(alias for alias in ALIASES if not alias.isascii())
_FILLERS = frozenset(("in", "per", "each", "pc", "pcs", "piece", "pieces", "of", "the", "our"))
_YUAN = "元"  # as a part of other words it means nothing


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand (`row` as a person counts), the column of each field, and what else could be one of it.

    `currencies`: the currency that a field's heading names, where it names one.
    """

    sheet: Sheet
    row: int
    places: Mapping[str, int]
    doubles: Mapping[str, tuple[str, str]]
    currencies: Mapping[str, str]

    def cell(self, row: Row, field: str) -> Cell:
        """Return what a row says in a field; None where it says nothing, or there is no such column."""
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else None

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows below the headings that say anything in a known column, each with its number."""
        for number, row in enumerate(self.sheet.rows[self.row :], self.row + 1):
            if any(self.cell(row, field) is not None for field in self.places) and not self._repeated(row):
                yield number, row

    def _repeated(self, row: Row) -> bool:
        """Whether the row is the headings again: of a second page, or in cells that reach over two rows."""
        head = self.sheet.rows[self.row - 1]
        return all(self.cell(row, field) in (head[place], None) for field, place in self.places.items())


def find_columns(sheets: Sequence[Sheet], names: Mapping[str, frozenset[str]], needed: Sequence[str]) -> Columns | None:
    """Return the headings of the first sheet that has all that is `needed`; `names`: field → what it is called."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_TOP], 1):
            found = _columns(sheet, number, row, names)
            if all(field in found.places for field in needed):
                return found
    return None


def _columns(sheet: Sheet, number: int, row: Row, names: Mapping[str, frozenset[str]]) -> Columns:
    places: dict[str, int] = {}
    doubles: dict[str, tuple[str, str]] = {}
    currencies: dict[str, str] = {}
    for place, cell in enumerate(row):
        field = _field(cell, names) if isinstance(cell, str) else None
        if field is None:
            continue
        if field in places:
            doubles.setdefault(field, (str(row[places[field]]), str(cell)))
            continue
        places[field] = place
        currency = currency_in(str(cell))
        if currency:
            currencies[field] = currency
    return Columns(sheet, number, places, doubles, currencies)


def _field(heading: str, names: Mapping[str, frozenset[str]]) -> str | None:
    for spelled in _spellings(heading):
        for field, known in names.items():
            if spelled in known:
                return field
    return None


def _spellings(heading: str) -> Iterator[str]:
    """Yield what a heading may be called, the whole of it first."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    for part in (text, *_PARTS.split(text)):
        words = [word for word in map(_without_currency, _WORDS.findall(part)) if word]
        yield "".join(words)
        yield "".join(word for word in words if word.isascii())
        yield "".join(word for word in words if word not in _FILLERS)
        yield from (word for word in words if not word.isascii())
        if words and words[0] == "fob":  # "FOB Ningbo"
            yield "fob"


def _without_currency(word: str) -> str:
    if word.upper() in CURRENCIES or word.upper() in ALIASES:
        return ""
    for spoken in _SPOKEN:
        if spoken != _YUAN:
            word = word.replace(spoken, "")
    return word


def currency_in(heading: str) -> str:
    """Return the currency that a heading names; "" where it names none."""
    for found in _WORDS.finditer(unicodedata.normalize("NFKC", heading).casefold()):
        word = found[0]
        code = word.upper()
        if code in CURRENCIES or code in ALIASES:
            return ALIASES.get(code, code)
        for spoken in _SPOKEN:
            if spoken != _YUAN and spoken in word:
                return ALIASES[spoken]
    return ""
