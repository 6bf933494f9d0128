"""The other side of `workbook`: a process that reads one workbook and says what is in it.

Room: adapters. In: a line on which the workbook's bytes come. Out: on the same line its sheets, or one of the words below. A
damaged file may end this process at any point; nobody but the one who waits at the other end of the line minds.
"""

from __future__ import annotations

import io
import math
import os
import signal
import sys
from datetime import date, datetime
from decimal import Decimal
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from mailcrm.adapters.tables.limits import MOST_COLUMNS, MOST_MEMORY, MOST_ROWS
from mailcrm.domain.sheets import Cell, Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["FAILED", "LOCKED", "TALL", "WIDE", "serve"]

FAILED, LOCKED, TALL, WIDE = "failed", "locked", "tall", "wide"


def serve(line: Connection) -> None:
    """Read the workbook that comes on `line`, and answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that we work for; it ends us
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the last words of a reader that fails are for nobody
    _limit_memory()
    content = line.recv_bytes()
    line.send(_read(content))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _read(content: bytes) -> str | list[tuple[str, tuple[Row, ...]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found: list[tuple[str, tuple[Row, ...]]] = []
        for known in book.sheets_metadata:
            if known.typ != SheetTypeEnum.WorkSheet or known.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(known.name)
            last_row, last_column = sheet.end or (0, 0)
            if last_row >= MOST_ROWS:
                return TALL
            if last_column >= MOST_COLUMNS:
                return WIDE
            found.append((known.name, _rows(sheet)))
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError):
        return FAILED
    return found


def _rows(sheet: CalamineSheet) -> tuple[Row, ...]:
    if sheet.end is None:
        return ()
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A cell that stands for several rows, as an item number beside its prices does, is told for each of them.
        if left == right <= sheet.end[1]:
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return tuple(map(tuple, rows))


def _cell(value: object) -> Cell:
    """Return a value as a person sees it: fifteen digits are what a spreadsheet shows, the rest is noise of binary fractions."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(f"{value:.15g}") if math.isfinite(value) else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return str(value).strip() or None
