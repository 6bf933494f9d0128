"""Tables out of files: workbooks (.xlsx, .xls) and text with separators (.csv).

Room: adapters. In: a file's name and bytes. Out: sheets (`domain.sheets`), or an error that says what to do instead. The
bytes tell what a file is, not its name: programs write text and web pages under the name of a workbook.
"""

from __future__ import annotations

from mailcrm.adapters.tables.delimited import read_delimited
from mailcrm.adapters.tables.limits import MOST_COLUMNS, MOST_OCTETS, MOST_ROWS, too_large
from mailcrm.adapters.tables.workbook import MAGIC, read_workbook
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.sheets import Sheet
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import say

__all__ = ["TableFiles"]

_MEGABYTE = 1024 * 1024
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")


class TableFiles:
    """ports.TableReader for the three kinds of files."""

    most_octets = MOST_OCTETS

    def read(self, name: str, content: bytes) -> tuple[Sheet, ...]:
        """Return the sheets that hold anything, in the file's order."""
        shown = printable_line(name)
        if len(content) > self.most_octets:
            raise too_large(shown, say("it has more than {most} MB", most=self.most_octets // _MEGABYTE))
        if content.lstrip()[:9].lower().startswith(_MARKUP):
            raise MailcrmError(
                say("{name} is a web page or XML, whatever its name says.", name=shown),
                say("Open it in your spreadsheet program, and save it as .xlsx."),
            )
        sheets = read_workbook(shown, content) if content.startswith(MAGIC) else (read_delimited(shown, content),)
        filled = tuple(sheet for sheet in sheets if any(cell is not None for row in sheet.rows for cell in row))
        if not filled:
            raise MailcrmError(say("{name} is empty.", name=shown), say("Look whether it is the right file."))
        for sheet in filled:
            _within_limits(shown, sheet)
        return filled


def _within_limits(name: str, sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise too_large(name, say("a sheet has more than {most} rows", most=MOST_ROWS))
    if max(map(len, sheet.rows)) > MOST_COLUMNS:
        raise too_large(name, say("a sheet has more than {most} columns", most=MOST_COLUMNS))
