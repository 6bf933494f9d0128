"""How soon a terminal program paints: from its start to a text on a 160×45 pty, and from a key to the next paint.

In: a command, and a pattern of octets. Out: wall, CPU and peak memory of its process. The queries that terminals answer at a start are
answered here.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

__all__ = ["Painted", "Screen", "paint"]

_COLUMNS, _LINES = 160, 45
_QUIET = 0.15  # seconds without an octet: what was to be painted is painted
_ANSWERS = ((b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[6n", b"\x1b[1;1R"))


class Painted(NamedTuple):
    """A paint: milliseconds of wall and CPU since the start, and the process's peak memory in MB."""

    wall: float
    cpu: float
    peak: float


class Screen:
    """A program in a terminal; a context manager that ends it."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        keyboard, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        self._keyboard = keyboard
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env},
        )
        os.close(inner)

    def until(self, pattern: bytes, seconds: float = 120) -> Painted:
        """Return what it took until `pattern` was painted."""
        seen = b""
        while not re.search(pattern, seen):
            left = self._began + seconds - time.perf_counter()
            octets = self._read(left)
            if not octets:
                raise AssertionError(f"{pattern!r} was not painted; the last was {seen[-300:]!r}")
            seen += octets
        wall = time.perf_counter() - self._began
        return Painted(wall * 1e3, self._cpu() * 1e3, self.peak())

    def settle(self) -> None:
        """Return when nothing has been painted for a moment."""
        while self._read(_QUIET):
            pass

    def press(self, key: str) -> float:
        """Press a key; return the milliseconds until something was painted."""
        began = time.perf_counter()
        os.write(self._keyboard, key.encode())
        painted = self._read(5)
        taken = (time.perf_counter() - began) * 1e3
        assert painted, f"{key!r} paints nothing"
        self.settle()
        return taken

    def stroke(self, key: str) -> None:
        """Press a key, and wait until what it paints, if anything, stands."""
        os.write(self._keyboard, key.encode())
        self.settle()

    def peak(self) -> float:
        """Return the process's peak resident memory in MB."""
        return self._of_status("VmHWM") / 1024

    def _of_status(self, name: str) -> int:
        lines = self._told("status").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))

    def _cpu(self) -> float:
        user, system = self._told("stat").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def _told(self, file: str) -> str:
        return Path(f"/proc/{self.process.pid}/{file}").read_text("ascii")

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._keyboard], [], [], max(seconds, 0))[0]:
            return b""
        octets = os.read(self._keyboard, 65_536)
        for query, answer in _ANSWERS:
            if query in octets:
                os.write(self._keyboard, answer)
        return octets

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait(10)
        os.close(self._keyboard)


def paint(command: Sequence[str], pattern: bytes, env: Mapping[str, str]) -> Painted:
    """Start a program and return what its first paint of `pattern` took."""
    with Screen(command, env) as screen:
        return screen.until(pattern)
