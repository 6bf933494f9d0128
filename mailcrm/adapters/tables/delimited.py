"""Text with separators: charset and separator are guessed, since neither is written anywhere.

Room: adapters. In: bytes. Out: one sheet of text cells; numbers stay as they are written. Charsets are UTF-8, UTF-16 and
GB18030 (what a Chinese Excel writes as CSV), by the byte order mark, else the first of them that the bytes are valid in.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from itertools import islice

from mailcrm.adapters.tables.limits import MOST_ROWS, too_large
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.sheets import Row, Sheet
from mailcrm.domain.words import say

__all__ = ["read_delimited"]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATORS = ",;\t|"
_LOOKED_AT = 50  # rows
_HEAD = 2000  # octets
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # but for Ctrl-Z, with which old programs end a file
_TOLD = "sep="  # the first line by which Excel is told the separator


def read_delimited(name: str, content: bytes) -> Sheet:
    """Return the table of a text file; MailcrmError where it is no text that can be read."""
    lines = _decoded(name, content).splitlines(keepends=True)
    told = lines[0].strip().lower() if lines else ""
    separator = told[len(_TOLD) :] if told.startswith(_TOLD) and len(told) == len(_TOLD) + 1 else ""
    if separator:
        lines[0] = "\n"
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator or _separator_of(lines)), MOST_ROWS + 1))
    except csv.Error as error:
        raise MailcrmError(
            say("{name} can't be read as a table: {problem}.", name=name, problem=error),
            say("Look for a quotation mark that is never closed, or save it as .xlsx."),
        ) from error
    if len(rows) > MOST_ROWS:
        raise too_large(name, say("a sheet has more than {most} rows", most=MOST_ROWS))
    return Sheet("", tuple(_cells(row) for row in rows))


def _cells(row: list[str]) -> Row:
    return tuple(cell.strip() or None for cell in row)


def _decoded(name: str, content: bytes) -> str:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return _valid(content[len(mark) :], charset) or _refuse(name)
    zeros = content[:_HEAD].count(0)
    if zeros:  # text in UTF-16 without a mark: every other octet of Latin letters and separators is zero
        charset = "utf-16-be" if content[:_HEAD:2].count(0) > zeros // 2 else "utf-16-le"
        return _valid(content, charset) or _refuse(name)
    if not content:
        return ""
    return _valid(content, "utf-8") or _valid(content, "gb18030") or _refuse(name)


def _valid(content: bytes, charset: str) -> str:
    try:
        text = content.decode(charset)
    except UnicodeDecodeError:
        return ""
    return "" if _NOT_IN_TEXT.search(text) else text


def _refuse(name: str) -> str:
    raise MailcrmError(
        say("{name} is no table that can be read: neither a workbook nor text in UTF-8, UTF-16 or GB18030.", name=name),
        say("Open it in your spreadsheet program, and save it as .xlsx or as CSV in UTF-8."),
    )


def _separator_of(lines: list[str]) -> str:
    """Return the separator that cuts the most rows into the same number of cells."""
    return max(_SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), _LOOKED_AT))
    except csv.Error:
        return (0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
