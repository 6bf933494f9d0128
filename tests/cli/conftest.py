"""The command line, with no home and with an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    """`mailcrm` whose home doesn't exist."""
    return Cli(tmp_path / "nothing")


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """`mailcrm` with a fresh, empty home."""
    run = Cli(tmp_path / "mailcrm")
    run.ok("init")
    run.said.clear()
    return run
