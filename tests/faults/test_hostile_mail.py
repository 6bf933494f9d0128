"""Hostile mail from outside: what a process spends on it, what becomes of it in a mailbox, and mail that nobody wrote.

`MAILCRM_FAULTS=long` fuzzes for ten minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.fuzzing import fuzz
from ingest.hostile import HOSTILE
from ingest.mailroom import Mailroom, letter, open_room

from mailcrm.records import Message, QuarantinedMail

MEGABYTE = 1024
# A process of its own, small and fresh: what the kernel counts for a child begins with what its parent had.
MEASURE = (
    "import resource, subprocess, sys\n"
    "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "sys.stdout.buffer.write(b'%d %f %d\\n' % (done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss) + done.stdout)\n"
)


@pytest.mark.parametrize("name", HOSTILE)
def test_parse_spends_five_seconds_and_300_megabytes_at_most(name: str, tmp_path: Path) -> None:
    file = tmp_path / "x.eml"
    file.write_bytes(HOSTILE[name]())
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "mailcrm", "parse", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    used, _, document = done.stdout.partition(b"\n")
    code, seconds, kilobytes = used.split()
    assert int(code) == 0
    assert float(seconds) <= 5
    assert int(kilobytes) <= 300 * MEGABYTE
    assert json.loads(document)["file"] == str(file)


@pytest.fixture
def lone_room(tmp_path: Path) -> Iterator[Mailroom]:
    room = open_room(tmp_path / "home")
    yield room
    room.core.close()


def test_a_mailbox_of_hostile_mail_is_read_to_its_end(lone_room: Mailroom) -> None:
    mails = [make() for name, make in HOSTILE.items() if not name.startswith(("50 MB", "30 MB"))]
    for number, raw in enumerate(mails):
        lone_room.arrives(raw.replace(b"<1@b.example>", b"<%d@b.example>" % number))
        lone_room.arrives(letter("jan@acme.example", f"Price {number}?"))
    lone_room.arrives(b"\r\n\r\n")
    report = lone_room.sync()
    assert report.errors == ()
    subjects = [row.subject for row in lone_room.all(Message)]
    assert sum(subject.startswith("Price ") for subject in subjects) == len(mails)
    assert len(subjects) + len(lone_room.all(QuarantinedMail)) == 2 * len(mails) + 1


def test_what_is_beyond_every_size_is_kept_too(lone_room: Mailroom) -> None:
    for name in ("50 MB in one line", "30 MB of header"):
        lone_room.arrives(HOSTILE[name]())
    lone_room.arrives(letter("jan@acme.example", "Price?"))
    lone_room.sync()
    assert len(lone_room.all(Message)) + len(lone_room.all(QuarantinedMail)) == 3


@pytest.mark.timeout(1_200)
def test_no_mail_that_nobody_wrote_escapes() -> None:
    seconds = 600 if os.environ.get("MAILCRM_FAULTS") == "long" else 12
    counts, escapes = fuzz(seconds, seed=2026)
    assert escapes == []
    assert counts["mails"] > 10 * seconds
