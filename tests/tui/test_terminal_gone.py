"""A window that is closed without a word: the process ends, nobody's processor is busy and nobody holds the engine's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mailcrm.bootstrap import make_home


def test_without_its_terminal_the_process_ends(tmp_path: Path) -> None:
    """The terminal isn't the process's controlling one, so no hangup signal comes, as under `make`."""
    make_home(tmp_path / "home", None)
    keyboard, inner = os.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "MAILCRM_HOME": str(tmp_path / "home")}
    words = [sys.executable, "-m", "mailcrm", "--lang", "en"]
    process = subprocess.Popen(words, stdin=inner, stdout=inner, stderr=inner, env=env, start_new_session=True)
    os.close(inner)
    try:
        shown = b""
        while b"account" not in shown:
            shown += os.read(keyboard, 65_536)
        os.close(keyboard)
        assert process.wait(60) == 129
    finally:
        process.kill()
        process.wait(10)
