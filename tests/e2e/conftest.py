"""A desk on the session's real servers; an empty home is made once and copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import Cli
from e2e.desk import Desk
from servers.dovecot import Dovecot, Login
from servers.postfix import Postfix


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `mailcrm init` makes it; nobody works in it."""
    cli = Cli(tmp_path_factory.mktemp("made") / "mailcrm")
    cli.ok("init")
    return cli.home


@pytest.fixture
def bare(
    tmp_path: Path,
    empty_home: Path,
    dovecot: Dovecot,
    postfix: Postfix,
    new_user: Callable[[str], Login],
    trusted: Path,
) -> Desk:
    """A desk whose home has no account yet."""
    desk = Desk(tmp_path / "mailcrm", dovecot, postfix, new_user)
    desk.open(like=empty_home)
    return desk


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk with its account, live since the beginning of 2026."""
    bare.add_account()
    return bare
