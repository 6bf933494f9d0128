"""The streams: everything that the command line says passes here.

Room: cli. In: text, sentences, rows. Out: lines and JSON documents on stdout; sentences, progress and logs on stderr.
Text may come from mails, servers and files: it is made showable here, once, so that no caller can forget it. Colours
only on a terminal, and not where NO_COLOR is set.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from contextlib import suppress
from types import TracebackType

from mailcrm.cli.options import Options
from mailcrm.domain.pace import Pace, Underway
from mailcrm.domain.text import printable_block, printable_line
from mailcrm.domain.words import Sentence, _

__all__ = ["Output"]

_LOOKS = {"heading": "1", "muted": "2", "bad": "31", "warn": "33", "good": "32"}
# JSON escapes C0 by itself; what else could steer a terminal is written as \uXXXX too, which is the same value.
_STEERING = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_CLEAR = "\r\x1b[K"
_UNBOUNDED = 10_000


class Output:
    """Where a command's words go. `options` decides between JSON and text, and how much is said on the side."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._underway = False
        self._pace = Pace()

    @property
    def width(self) -> int:
        """The cells of a line: the terminal's, and as many as it takes where stdout is no terminal."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else _UNBOUNDED

    def line(self, text: str = "", look: str = "") -> None:
        """Write one line; `look` is "heading", "muted", "bad", "warn", "good" or ""."""
        shown = printable_line(text)
        if look and shown and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
            shown = f"\x1b[{_LOOKS[look]}m{shown}\x1b[0m"
        self._write(f"{shown}\n")

    def block(self, text: str, indent: str = "") -> None:
        """Write lines, each behind `indent`."""
        self._write("".join(f"{indent}{line}".rstrip() + "\n" for line in printable_block(text).split("\n")))

    def document(self, value: object, *, compact: bool = False) -> None:
        """Write one JSON document; `compact`: on one line, and passed on at once."""
        text = (
            json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            if compact
            else json.dumps(value, ensure_ascii=False, indent=2)
        )
        text = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        self.settle()
        # A lone surrogate stands for a byte of a file name that is no UTF-8: \udcXX is how JSON spells it.
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        if compact:
            sys.stdout.buffer.flush()

    def said(self, sentence: Sentence | str) -> None:
        """Confirm what was done, for people only."""
        if not self.options.quiet and not self.options.json:
            self.line(str(sentence))

    def event(self, document: object) -> None:
        """Write a JSON line; a service doesn't die because nobody reads its log any more."""
        with suppress(BrokenPipeError):
            self.document(document, compact=True)

    def progress(self, folder: str, done: int, total: int) -> None:
        """Tell on stderr how far a folder is read: on a terminal in one line that is written over."""
        if self.options.quiet or self.options.json or not sys.stderr.isatty():
            return
        underway = self._pace.step(folder, done, total, time.monotonic())
        sys.stderr.write(f"{_CLEAR}{printable_line(_far(underway))}")
        sys.stderr.flush()
        self._underway = True

    def ask(self, what: str, address: str) -> None:
        """Tell the person on stderr what to do; the address is a line of its own, to be copied."""
        self.settle()
        sys.stderr.write(f"{printable_line(what)}\n  {printable_line(address)}\n")
        sys.stderr.flush()

    def settle(self) -> None:
        """Take the line of progress away, where one stands."""
        if self._underway:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
            self._underway = False

    def error(self, sentence: Sentence, hint: Sentence | None = None) -> None:
        """Tell on stderr what went wrong, and the mend on a line of its own."""
        self.settle()
        sys.stderr.write(f"mailcrm: {printable_line(str(sentence))}\n")
        if hint is not None:
            sys.stderr.write(f"  {printable_line(str(hint))}\n")

    def start_logging(self) -> None:
        """Let the log's warnings, with --verbose its whole story, go to stderr."""
        from mailcrm.cli.logs import start

        start(self.options)

    def unforeseen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of a failure that has no sentence of its own; the traceback only with --verbose."""
        import traceback

        self.settle()
        if self.options.verbose:
            sys.stderr.write(printable_block("".join(traceback.format_exception(kind, error, trace))))
        sys.stderr.write(f"mailcrm: {printable_line(self._unforeseen_sentence(kind, error))}\n")

    def _unforeseen_sentence(self, kind: type[BaseException], error: BaseException) -> str:
        what = f"{kind.__name__}: {error}"
        if isinstance(error, OSError):
            return _("The system refused: {error}.", error=error.strerror or what)
        if self.options.verbose:
            return _("Something went wrong that mailcrm did not foresee ({error}).", error=what)
        return _(
            "Something went wrong that mailcrm did not foresee ({error}). Nothing is half-done; --verbose shows where.",
            error=what,
        )

    def _write(self, text: str) -> None:
        self.settle()
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))


def _far(underway: Underway) -> str:
    """Return how far it is: "INBOX: 4,200 of 20,000 · 850 a second · 18 s left"."""
    parts = [
        _("{folder}: {done} of {total}", folder=underway.what, done=f"{underway.done:,}", total=f"{underway.total:,}")
        if underway.total
        else f"{underway.what}: {underway.done:,}"
    ]
    if underway.rate is not None and underway.rate >= 1:
        parts.append(_("{rate} a second", rate=f"{underway.rate:,.0f}"))
    if underway.left is not None:
        minutes, seconds = divmod(round(underway.left), 60)
        parts.append(
            _("{minutes} min left", minutes=minutes + 1) if minutes else _("{seconds} s left", seconds=seconds)
        )
    return " · ".join(parts)
