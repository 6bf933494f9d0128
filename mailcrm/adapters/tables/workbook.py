"""Workbooks: looked at from outside first, then read in a process of its own.

Room: adapters. A file can be made that unpacks to any size, or whose one cell in the far corner asks for more memory than
there is, which ends the process that reads it. So the parts of a .xlsx are unpacked here, with a limit, before anything else
is asked of it, and what reads them (`workbook_reading`) may fail alone.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import zipfile
import zlib
from multiprocessing.connection import Connection

from mailcrm.adapters.tables.limits import MOST_COLUMNS, MOST_ENTRIES, MOST_EXPANDED, MOST_ROWS, PATIENCE, too_large
from mailcrm.adapters.tables.workbook_reading import FAILED, LOCKED, TALL, WIDE, serve
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.sheets import Row, Sheet
from mailcrm.domain.words import say

__all__ = ["MAGIC", "read_workbook"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (_ZIP, _OLE)
_WORKBOOK = "xl/workbook.xml"
_SPAWN = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still for ever
_ENDINGS = (".xml", ".rels")
_CHUNK = 1024 * 1024


def read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; MailcrmError with the mend where it can't be read."""
    told = _told(_lean(name, content) if content.startswith(_ZIP) else content)
    if not isinstance(told, str):
        return tuple(Sheet(title, rows) for title, rows in told)
    if told == LOCKED:
        raise MailcrmError(
            say("{name} is locked with a password.", name=name),
            say("Open it in your spreadsheet program, and save it without a password."),
        )
    if told == TALL:
        raise too_large(name, say("a sheet has more than {most} rows", most=MOST_ROWS))
    if told == WIDE:
        raise too_large(name, say("a sheet has more than {most} columns", most=MOST_COLUMNS))
    raise _damaged(name)


def _damaged(name: str) -> MailcrmError:
    return MailcrmError(
        say("{name} can't be read as a workbook: it is damaged, or wants more memory than a table may.", name=name),
        say("Open it in your spreadsheet program, and save the sheet that matters as .xlsx or .csv."),
    )


def _lean(name: str, content: bytes) -> bytes:
    """Return a workbook with nothing but its own text parts, none of them packed: pictures and macros stay behind."""
    lean = io.BytesIO()
    left = MOST_EXPANDED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(lean, "w", zipfile.ZIP_STORED) as bare:
            if len(packed.infolist()) > MOST_ENTRIES:
                raise too_large(name, say("it has more than {most} parts", most=MOST_ENTRIES))
            if _WORKBOOK not in packed.namelist():
                raise MailcrmError(
                    say("{name} is no workbook that can be read.", name=name),
                    say("Open it in your spreadsheet program, and save it as .xlsx or .csv."),
                )
            for part in packed.infolist():
                if part.filename.endswith(_ENDINGS):
                    octets = _unpacked(name, packed, part, left)
                    left -= len(octets)
                    bare.writestr(part.filename, octets)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise _damaged(name) from error
    return lean.getvalue()


def _unpacked(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise too_large(name, say("its parts unpack to more than anybody writes"))
            pieces.append(piece)
    return b"".join(pieces)


def _told(content: bytes) -> str | list[tuple[str, tuple[Row, ...]]]:
    """Return what the reading process says: its sheets, or in a word why there are none."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True, name="mailcrm table reader")
    process.start()
    theirs.close()
    try:
        return _asked(ours, content)
    finally:
        process.kill()
        process.join()
        ours.close()


def _asked(line: Connection, content: bytes) -> str | list[tuple[str, tuple[Row, ...]]]:
    with contextlib.suppress(EOFError, OSError):  # it died
        line.send_bytes(content)
        if line.poll(PATIENCE):
            told: str | list[tuple[str, tuple[Row, ...]]] = line.recv()
            return told
    return FAILED
