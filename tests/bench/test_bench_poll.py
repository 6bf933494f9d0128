"""Looking for new mail where there is none: over a connection that stands, and as a command of its own. `make bench` prints both."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from e2e.desk import Desk, letter

from mailcrm.bootstrap import open_core
from mailcrm.core.pipeline import chosen_accounts
from mailcrm.ingest.poll import Poll, PolledAccount
from mailcrm.ingest.readers import ReadHere

ROUNDS = 20
pytestmark = pytest.mark.server


def cpu(command: Sequence[str]) -> float:
    """Return the CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.fixture
def read(desk: Desk, trusted: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that has read its mail."""
    assert trusted.exists()
    for name, value in desk.env.items():
        monkeypatch.setenv(name, value)
    desk.arrives(letter("anna@hamburg.example", desk.rep.user, "Price for 500 valves?"), "2026-03-02T10:00")
    assert desk.sync() == 1
    return desk


def test_over_a_connection_that_stands(read: Desk) -> None:
    core = open_core(read.home)
    world = core._world  # noqa: SLF001  (the poll beneath the command, which would connect anew)
    (account,) = chosen_accounts(world, None)
    source = world.open_source(account)
    with world.store.read() as session:
        ours = world.ours(session)
    polled = PolledAccount(account.id or 0, account.go_live, account.only_folders, account.skip_folders)
    poll = Poll(
        world.store,
        source,
        world.parser,
        ReadHere(),
        polled,
        ours,
        world.clock,
        lambda *_batch: None,
        lambda *_far: None,
    )
    wall, used = [], []
    for _round in range(ROUNDS):
        began, before = time.perf_counter(), time.process_time()
        assert not any(folder.fetched for folder in poll.run())
        used.append((time.process_time() - before) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    source.close()
    core.close()
    median = statistics.median
    print(f"\npoll of four folders without news, connected: median {median(wall):.2f} ms, {median(used):.2f} ms of CPU")


def test_as_a_command(read: Desk) -> None:
    mailcrm = str(Path(sys.executable).with_name("mailcrm"))
    pairs = [
        (
            cpu([mailcrm, "--home", str(read.home), "sync"]),
            cpu([sys.executable, "-c", "import sqlmodel, imapclient, typer"]),
        )
        for _round in range(3)
    ]
    ours, imports = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(
        f"\nsync without news: {ours:.2f} s of CPU, {ours / imports:.2f} × the imports of sqlmodel, imapclient and typer"
    )
