"""The command line, with no home and with an empty one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import Cli, Warm

_ASKED = """From: Jan Smit <jan@acme-valves.example>
To: wei@ningbo.example
Subject: Price for 500 valves?
Date: Wed, 25 Nov 2026 10:00:00 +0100
Message-ID: <q1@acme-valves.example>

Could you quote 500 pieces?
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    """`mailcrm` whose home doesn't exist."""
    return Cli(tmp_path / "nothing")


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `init` leaves it, to be copied: making one costs two seconds."""
    run = Cli(tmp_path_factory.mktemp("fresh") / "mailcrm")
    run.ok("init")
    return run.home


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The session's warm process."""
    runner = Warm(tmp_path_factory.mktemp("warm"))
    yield runner
    runner.close()


@pytest.fixture
def cli(warm: Warm, fresh_home: Path, tmp_path: Path) -> Cli:
    """`mailcrm` with a fresh, empty home."""
    return Cli(Path(shutil.copytree(fresh_home, tmp_path / "mailcrm")), warm)


@pytest.fixture
def desk(cli: Cli, tmp_path: Path) -> Cli:
    """`mailcrm` with a mail that asks for a price: m1, on thread t1."""
    file = tmp_path / "q1.eml"
    file.write_text(_ASKED, newline="\r\n")
    cli.ok("import-mail", str(file))
    return cli
