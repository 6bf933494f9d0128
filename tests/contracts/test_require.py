"""A developer without the servers is told what to install, before the first test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from servers.require import Need, program, sentence

SCRIPT = Path(__file__).resolve().parents[1] / "servers" / "require.py"


def test_the_list_names_package_program_and_the_one_command() -> None:
    text = sentence([Need("dovecot-imapd", ("no-such-dovecot",)), Need("procps", ("sh", "no-such-ps"))])
    assert "  dovecot-imapd (no-such-dovecot)\n  procps (no-such-ps)\n" in text
    assert "apt-get install -y --no-install-recommends dovecot-imapd procps\n" in text
    assert "make test-quick" in text


def test_programs_are_found_on_the_path_too() -> None:
    assert program("sh") is not None
    assert program("no-such-program") is None


def test_it_runs_by_itself_and_wants_to_be_told_what_to_do() -> None:
    done = subprocess.run([sys.executable, "-I", str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--install" in done.stderr
