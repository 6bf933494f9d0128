"""The engine's lock: one holder, free again when it is let go and when its process dies. On both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.loopback import wait_until
from servers.postgres import Postgres

from mailcrm.domain.errors import Busy
from mailcrm.store.engine import Store
from mailcrm.store.lock import EngineLock

HOLDER = """
import sys
from pathlib import Path
from mailcrm.store.engine import Store
from mailcrm.store.lock import EngineLock
lock = EngineLock(Path(sys.argv[1]), Store(sys.argv[2]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest, home: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{home / 'mailcrm.db'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.database()


@pytest.fixture
def locks(home: Path, url: str) -> Iterator[tuple[EngineLock, EngineLock]]:
    """Two that want the same engine, each with connections of its own."""
    stores = Store(url), Store(url)
    one, other = (EngineLock(home, store) for store in stores)
    yield one, other
    for lock, store in zip((one, other), stores, strict=True):
        lock.release()
        store.close()


def test_one_holds_it_and_the_other_is_told_who(locks: tuple[EngineLock, EngineLock]) -> None:
    one, other = locks
    assert one.acquire()
    assert one.acquire()  # it has it already
    assert (one.held, other.held) == (True, False)
    assert not other.acquire()
    with pytest.raises(Busy), other:
        pass


def test_it_is_free_once_it_was_let_go(locks: tuple[EngineLock, EngineLock]) -> None:
    one, other = locks
    for _ in range(3):
        with one:
            assert one.held
        with other:
            assert not one.acquire()


@pytest.mark.server
def test_on_postgresql_it_is_one_for_two_homes(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.database()
    stores = Store(url), Store(url)
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = EngineLock(tmp_path / "here", stores[0]), EngineLock(tmp_path / "there", stores[1])
    assert here.acquire()
    assert not there.acquire()
    here.release()
    assert there.acquire()
    there.release()
    for store in stores:
        store.close()


def test_a_killed_holder_leaves_it_free(locks: tuple[EngineLock, EngineLock], home: Path, url: str) -> None:
    one, _other = locks
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home), url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not one.acquire()
        assert one.holder() == holder.pid
        holder.kill()
    assert one.holder() is None
    # PostgreSQL notices the broken connection, not the death: it may take a moment.
    wait_until(one.acquire, "the lock")
