"""Mails in files: .eml, mbox, Maildir, and folders of them.

Room: ingest. In: a path. Out: each mail's bytes with the time that the file itself knows of it. A file that can't be read
is named and doesn't stop the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from mailcrm.domain.words import Sentence, say

__all__ = ["FiledMail", "mails_in"]

_FROM_LINE = re.compile(rb"^From \S+.*\d{4}\s*$")
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MAILDIR = ("cur", "new")
_SKIPPED_SUFFIXES = {".json", ".jsonl", ".md", ".yml", ".lock", ".index", ".cache", ".log"}


@dataclass(frozen=True, slots=True)
class FiledMail:
    """A mail in a file; `at` is the time of the mbox line or of the file. `error` instead of bytes: why there are none."""

    path: Path
    raw: bytes = b""
    at: datetime | None = None
    error: Sentence | None = None


def mails_in(path: Path) -> Iterator[FiledMail]:
    """Yield the mails of a file or of everything below a folder, in the order of their names."""
    if path.is_dir():
        for file in _files_below(path):
            yield from _in_file(file)
    else:
        yield from _in_file(path)


def _files_below(path: Path) -> Iterator[Path]:
    for child in sorted(path.iterdir()):
        if child.is_dir():
            if child.name != "tmp":
                yield from _files_below(child)
        elif _may_be_mail(child):
            yield child


def _may_be_mail(file: Path) -> bool:
    if file.parent.name in _MAILDIR:
        return True
    return not file.name.startswith((".", "dovecot")) and file.suffix.lower() not in _SKIPPED_SUFFIXES


def _in_file(file: Path) -> Iterator[FiledMail]:
    try:
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        with file.open("rb") as opened:
            if opened.readline(200).startswith(b"From "):
                yield from _in_mbox(file, at)
            else:
                opened.seek(0)
                yield FiledMail(file, opened.read(), at)
    except OSError as error:
        yield FiledMail(file, error=say("It can't be read: {reason}.", reason=error.strerror or error))


def _in_mbox(file: Path, at: datetime) -> Iterator[FiledMail]:
    """Yield the mails of an mbox, one at a time: a "From " line begins one where it follows an empty line."""
    lines: list[bytes] = []
    time, empty = at, True
    with file.open("rb") as opened:
        for line in opened:
            if empty and _FROM_LINE.match(line):
                if lines:
                    yield FiledMail(file, _unstuffed(lines), time)
                lines, time = [], _from_line_time(line) or at
            else:
                lines.append(line)
            empty = not line.strip()
    if lines:
        yield FiledMail(file, _unstuffed(lines), time)


def _unstuffed(lines: list[bytes]) -> bytes:
    if lines and not lines[-1].strip():
        lines = lines[:-1]
    return _STUFFED.sub(rb"\1", b"".join(lines))


def _from_line_time(line: bytes) -> datetime | None:
    """Return the time of "From jan@acme.example Mon Nov 23 10:00:00 2026" (UTC)."""
    words = line.decode("ascii", "replace").split()
    try:
        weekday, month, day, clock, year = words[-5:]
        return parsedate_to_datetime(f"{weekday}, {day} {month} {year} {clock} +0000")
    except ValueError:
        return None
