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
_FIRST_LINE = re.compile(rb"From \S|[A-Za-z0-9-]+[ \t]*:")
_MAILDIR = ("cur", "new")
_MAIL_SUFFIXES = {".eml", ".mbox"}
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
        yield from _below(path, set())
    else:
        yield from _in_file(path)


def _below(folder: Path, seen: set[Path]) -> Iterator[FiledMail]:
    """Yield what lies below a folder; one that links lead to again is read once."""
    if folder.resolve() in seen:
        return
    seen.add(folder.resolve())
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for child in children:
        if child.is_dir():
            if child.name != "tmp":
                yield from _below(child, seen)
        elif _may_be_mail(child):
            yield from _in_file(child)


def _may_be_mail(file: Path) -> bool:
    """Whether a file that nobody named is a mail: by its place, by its name, else by its first line."""
    if file.parent.name in _MAILDIR or file.suffix.lower() in _MAIL_SUFFIXES:
        return True
    if file.name.startswith((".", "dovecot")) or file.suffix.lower() in _SKIPPED_SUFFIXES:
        return False
    try:
        with file.open("rb") as opened:
            return bool(_FIRST_LINE.match(opened.readline(1_000)))
    except OSError:
        return True  # to be told of


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
        yield _unreadable(file, error)


def _unreadable(path: Path, error: OSError) -> FiledMail:
    return FiledMail(path, error=say("It can't be read: {reason}.", reason=error.strerror or error))


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
