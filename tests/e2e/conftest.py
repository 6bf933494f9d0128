"""A desk on the session's real servers; an empty home is made once and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli.running import Cli, Warm
from e2e.desk import Desk
from servers.dovecot import Dovecot, Login
from servers.postfix import Postfix

MakeDesk = Callable[[Cli], Desk]


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as `mailcrm init` makes it; nobody works in it."""
    cli = Cli(tmp_path_factory.mktemp("made") / "mailcrm")
    cli.ok("init")
    return cli.home


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The session's warm process."""
    runner = Warm(tmp_path_factory.mktemp("warm"))
    yield runner
    runner.close()


@pytest.fixture
def make_desk(dovecot: Dovecot, postfix: Postfix, new_user: Callable[[str], Login], trusted: Path) -> MakeDesk:
    """Make a desk with a mailbox of its own; the home isn't made yet."""
    return lambda cli: Desk(cli, dovecot, postfix, new_user)


@pytest.fixture
def cold_desk(tmp_path: Path, make_desk: MakeDesk) -> Desk:
    """A desk whose commands are fresh processes; nothing was made yet."""
    return make_desk(Cli(tmp_path / "mailcrm"))


@pytest.fixture
def bare(tmp_path: Path, empty_home: Path, warm: Warm, make_desk: MakeDesk) -> Desk:
    """A desk whose home has no account yet."""
    desk = make_desk(Cli(tmp_path / "mailcrm", warm))
    desk.open(like=empty_home)
    return desk


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk with its account, live since the beginning of 2026."""
    bare.add_account()
    return bare
