"""What reaches a real terminal while hostile text goes through every screen: only what Textual itself says to one.

The octets of a pty are read twice: by pyte, for what a terminal makes of them, and by a grammar of the sequences that we mean to send.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from pathlib import Path

import pyte
import pytest
from tui.hostile_driver import STRINGS

TESTS = Path(__file__).resolve().parents[1]
LINES, COLUMNS = 45, 160
# Colours, places, modes, the shape of the mouse's pointer, and the questions of a start: what Textual's driver and compositor write.
MEANT = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[\d+;\d+H|\x1b\[[<>=?]?[0-9;]*[hlu]|\x1b\[\?\d+\$p|\x1b\[[0-9;]*[ABCDJKtc]|\x1b\[[>=]?[0-9;]*[cq]|\x1b[78]|\x1b\]22;[a-z-]+\x07"
)
STAYING = "\u200d\u00ad\ufe0f"  # inside of an emoji, or of a word: they move nothing


def played(place: Path) -> bytes:
    """Return all that the driver writes to its terminal."""
    keyboard, inner = os.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(TESTS)}
    words = [sys.executable, "-m", "tui.hostile_driver", str(place)]
    process = subprocess.Popen(words, stdin=inner, stdout=inner, stderr=inner, env=env, start_new_session=True)
    os.close(inner)
    seen = bytearray()
    try:
        while True:
            seen += os.read(keyboard, 65_536)
    except OSError:  # the driver is gone
        process.wait(60)
    finally:
        process.kill()
        os.close(keyboard)
    assert process.returncode == 0, bytes(seen[-3_000:]).decode("utf-8", "replace")
    return bytes(seen)


@pytest.mark.timeout(400)
def test_made_up_strings_and_every_screen_steer_no_terminal(tmp_path: Path) -> None:
    octets = played(tmp_path)
    result = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert result == {"missed": [], "strings": STRINGS, "title": "mailcrm", "clipboard": ""}

    rest = MEANT.sub(b"", octets)
    strange = [rest[max(0, found.start() - 20) : found.start() + 40] for found in re.finditer(rb"\x1b", rest)]
    assert strange == []
    text = rest.decode("utf-8")
    steering = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in f"\r\n{STAYING}"}
    assert steering == set()

    screen = pyte.Screen(COLUMNS, LINES)
    pyte.ByteStream(screen).feed(
        re.sub(rb"\x1b\]22;[a-z-]+\x07", b"", octets)
    )  # pyte takes the pointer's shape for a title
    assert (screen.title, screen.icon_name) == ("", "")
    assert not screen.cursor.hidden, "the terminal is given back with its cursor"
