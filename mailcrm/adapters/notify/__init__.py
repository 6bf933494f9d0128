"""Notes on the desktop: freedesktop's by notify-send, macOS's by osascript, none where there is neither.

Room: adapters. In: a title and a text, both untrusted. Out: a note, or nothing. No shell reads them: they are arguments of a
fixed program, and what a note server would take for markup is escaped.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from mailcrm.domain.text import printable_block, printable_line

__all__ = ["Desktop", "desktop"]

_SECONDS = 5
_APPLE = (
    *("-e", "on run argv"),
    *("-e", "display notification (item 2 of argv) with title (item 1 of argv)"),
    *("-e", "end run"),
)


class Desktop:
    """ports.Notifier by a program; `command` () where there is no desktop."""

    def __init__(self, command: Sequence[str], *, markup: bool = False) -> None:
        self.command = tuple(command)
        self._markup = markup

    def show(self, title: str, text: str) -> bool:
        """Show a note; False where nothing could show it."""
        if not self.command:
            return False
        body = printable_block(text)
        words = [printable_line(title), html.escape(body, quote=False) if self._markup else body]
        try:
            done = subprocess.run([*self.command, *words], check=False, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


def desktop(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Desktop:
    """Return what shows notes where this process runs."""
    if platform == "darwin" and (program := shutil.which("osascript")):
        return Desktop([program, *_APPLE])
    program = shutil.which("notify-send", path=environ.get("PATH"))
    if program and _has_session_bus(environ):
        return Desktop([program, "--app-name=mailcrm", "--"], markup=True)
    return Desktop(())


def _has_session_bus(environ: Mapping[str, str]) -> bool:
    """Whether somebody is logged in here with a screen: a bus to talk to, and something that is shown on it."""
    bus = (
        environ.get("DBUS_SESSION_BUS_ADDRESS") or Path(environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus").exists()
    )
    return bool(bus) and bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
