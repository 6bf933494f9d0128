"""Rooms for mail: on SQLite and on PostgreSQL, each with a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ingest.mailroom import Mailroom, open_room
from servers.postgres import Postgres

from mailcrm.store.engine import Store
from mailcrm.store.schema import ensure_schema


def _migrate(url: str) -> None:
    store = Store(url)
    ensure_schema(store)
    store.close()


@pytest.fixture(scope="session")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at this release's schema, to be copied: alembic costs seconds."""
    file = tmp_path_factory.mktemp("fresh") / "mailcrm.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def fresh_postgres(postgres: Postgres) -> str:
    """The name of an empty database at this release's schema, to be copied."""
    url = postgres.database()
    _migrate(url)
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def new_room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Mailroom]]:
    """Make rooms, each with a home and a database of its own, on either database."""
    opened: list[Mailroom] = []

    def make() -> Mailroom:
        home = tmp_path / f"home-{len(opened)}"
        if request.param == "sqlite":
            room = open_room(home, fresh_database=request.getfixturevalue("fresh_sqlite"))
        else:
            template = request.getfixturevalue("fresh_postgres")
            room = open_room(home, url=request.getfixturevalue("postgres").database(template))
        opened.append(room)
        return room

    yield make
    for room in opened:
        room.core.close()


@pytest.fixture
def room(new_room: Callable[[], Mailroom]) -> Mailroom:
    """One room."""
    return new_room()
