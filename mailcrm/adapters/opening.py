"""Handing a file or a page to the system's own program.

Room: adapters. In: a path or a URL that somebody looked at before. Out: whether a program took it. No shell reads it: it is the one
argument of a fixed program, and never begins with a dash. Where nobody sits before a screen nothing is started: a browser of letters
would write over ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from threading import Thread

__all__ = ["open_outside", "opener"]

_SECONDS = 3


def open_outside(target: str) -> bool:
    """Open `target`; False where no program takes it."""
    if target.startswith("-"):
        return False
    if sys.platform == "win32":
        try:
            os.startfile(target)  # noqa: S606  (what opens it is the person's own choice)
        except OSError:
            return False
        return True
    command = opener(os.environ, sys.platform)
    return bool(command) and _started([*command, target])


def opener(environ: Mapping[str, str], platform: str) -> Sequence[str]:
    """Return the program that opens things where this process runs; () where there is none."""
    name = "open" if platform == "darwin" else "xdg-open"
    seen = platform == "darwin" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    program = shutil.which(name, path=environ.get("PATH")) if seen else None
    return (program,) if program else ()


def _started(command: Sequence[str]) -> bool:
    """Start it, away from our terminal; one that goes on after a moment has taken what it was given."""
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return False
    try:
        return process.wait(_SECONDS) == 0
    except subprocess.TimeoutExpired:
        Thread(target=process.wait, name="opened", daemon=True).start()
        return True
