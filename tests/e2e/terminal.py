"""A terminal of 160×45 with `mailcrm` in it: a real pty, its screen read by pyte, keys typed as a person's keyboard does."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import pyte
from servers.loopback import wait_until

__all__ = ["ENTER", "Terminal", "ctrl"]

ENTER = "\r"
_COLUMNS, _LINES = 160, 45


def ctrl(letter: str) -> str:
    """Return what Ctrl and this letter send."""
    return chr(ord(letter.upper()) - 64)


class Terminal:
    """The terminal, with the screens in it; a context manager that ends what is still running."""

    def __init__(self, env: Mapping[str, str], *words: str) -> None:
        self._screen = pyte.Screen(_COLUMNS, _LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._drawing = threading.Lock()
        self._octets = bytearray()
        self._keyboard, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mailcrm", *words],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env},
            start_new_session=True,
        )
        os.close(inner)
        self._reader = threading.Thread(target=self._draw, daemon=True)
        self._reader.start()

    def text(self) -> str:
        """Return what stands on the screen."""
        with self._drawing:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def octets(self) -> bytes:
        """Return everything that was written to the terminal so far."""
        with self._drawing:
            return bytes(self._octets)

    def cells(self) -> list[pyte.screens.Char]:
        """Return every cell, with how it is painted."""
        with self._drawing:
            return [self._screen.buffer[y][x] for y in range(_LINES) for x in range(_COLUMNS)]

    def wait_for(self, *words: str, seconds: float = 30.0) -> str:
        """Return the screen once all of `words` stand on it."""

        self._wait(lambda: all(word in self.text() for word in words), f"{words} on the screen", seconds)
        return self.text()

    def wait_until_gone(self, words: str, seconds: float = 30.0) -> None:
        """Return once `words` stand nowhere on the screen."""
        self._wait(lambda: words not in self.text(), f"{words} gone from the screen", seconds)

    def press(self, *strokes: str) -> None:
        """Press keys, one after the other."""
        for stroke in strokes:
            os.write(self._keyboard, stroke.encode())

    def leave(self, stroke: str = "q") -> int:
        """Press the key that leaves, and return the exit code."""
        self.press(stroke)
        self._wait(lambda: self.process.poll() is not None, f"an end after {stroke}", 20)
        return self.process.wait()

    def _wait(self, condition: Callable[[], bool], what: str, seconds: float) -> None:
        try:
            wait_until(condition, what, seconds)
        except TimeoutError as error:
            raise AssertionError(f"{error}; it shows:\n{self.text()}") from None

    def _draw(self) -> None:
        while True:
            try:
                octets = os.read(self._keyboard, 65536)
            except OSError:  # the last one who had the terminal open is gone
                return
            with self._drawing:
                self._octets += octets
                self._stream.feed(octets)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        self._reader.join(10)
        os.close(self._keyboard)
