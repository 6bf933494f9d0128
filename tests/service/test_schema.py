"""The migrations make exactly the tables that the records describe. On both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from homes.tables import is_record
from servers.postgres import Postgres
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

import mailcrm.records
import mailcrm.store.schema
from mailcrm.domain.errors import HomeError
from mailcrm.store import HEAD
from mailcrm.store.engine import Store
from mailcrm.store.schema import ensure_schema, revision


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'mailcrm.db'}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.database()
    store = Store(url)
    yield store
    store.close()


def test_the_migrations_make_what_the_records_describe(store: Store) -> None:
    assert len(mailcrm.records.__all__) == len(SQLModel.metadata.tables)
    assert revision(store) is None
    ensure_schema(store)
    assert revision(store) == HEAD
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": SQLModel.metadata, "include_name": is_record}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_head_is_the_last_migration() -> None:
    migrations = Path(mailcrm.store.schema.__file__).parent / "migrations"
    assert ScriptDirectory(str(migrations)).get_heads() == [HEAD]


def test_a_second_look_changes_nothing(store: Store) -> None:
    ensure_schema(store)
    with store.begin() as session:
        session.connection().execute(text("CREATE TABLE witness (id INTEGER)"))
    ensure_schema(store)
    assert revision(store) == HEAD


def test_a_newer_release_is_recognised_and_nothing_is_touched(store: Store) -> None:
    ensure_schema(store)
    with store.begin() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(HomeError, match="newer release"):
        ensure_schema(store)
    assert revision(store) == "9999"


def test_a_migration_that_fails_leaves_nothing(store: Store) -> None:
    with store.begin() as session:
        session.connection().execute(text("CREATE TABLE turn (in_the_way INTEGER)"))
    with pytest.raises((HomeError, ProgrammingError)):
        ensure_schema(store)
    with store.engine.connect() as connection:
        assert connection.dialect.get_table_names(connection) == ["turn"]
