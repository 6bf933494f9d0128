"""Rows inserted many at a time: the same rows as SQLAlchemy's own insert, the same refusals, and the collector as it was."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import StatementError
from sqlmodel import Session, SQLModel

from mailcrm.ingest.collecting import seldom_collected
from mailcrm.records import Company, Contact, RawMail
from mailcrm.store.bulk import add_rows, table_of
from mailcrm.store.engine import Store

Rows = Sequence[Mapping[str, Any]]

_COMPANIES = [
    {
        "id": number,
        "name": name,
        "role": "customer",
        "role_reason": None,
        "country": country,
        "country_reason": None,
        "grade": None,
        "reply_within": None,
        "by_person": by_person,
        "created_at": at,
    }
    for number, name, country, by_person, at in [
        (1, "Acme", None, [], datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        (2, "Ömür Çelik A.Ş.", "TR", ["country", "rôle"], datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=8)))),
    ]
]
_CONTACTS = [
    {
        "id": 7,
        "address": "jan@acme.example",
        "name": "Jan",
        "company_id": 1,
        "role": "unknown",
        "role_reason": None,
        "country": None,
        "country_reason": None,
        "language": "nl",
        "by_person": [],
        "away_until": datetime(2026, 4, 1, tzinfo=UTC),
        "created_at": datetime(2026, 3, 1, tzinfo=UTC),
    }
]
_RAWS = [
    {"id": 3, "sha256": "ab", "size": 2**40, "segment": None, "position": None, "length": None, "packed": b"\0\xff"}
]

_WRITTEN = ("SELECT * FROM company ORDER BY id", "SELECT * FROM contact", "SELECT * FROM raw")


def _core(session: Session, record: type[SQLModel], rows: Rows) -> None:
    session.connection().execute(insert(table_of(record)), [dict(row) for row in rows])


def _bulk(session: Session, record: type[SQLModel], rows: Rows) -> None:
    add_rows(session, table_of(record), rows)


def _stored(path: Path, add: Callable[[Session, type[SQLModel], Rows], None]) -> list[list[tuple[Any, ...]]]:
    """Return the rows as the driver reads them, with no conversion."""
    store = Store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(store.engine)
    try:
        with store.begin() as session:
            for record, rows in ((Company, _COMPANIES), (Contact, _CONTACTS), (RawMail, _RAWS)):
                add(session, record, rows)
        with store.read() as session:
            return [[*session.connection().exec_driver_sql(statement)] for statement in _WRITTEN]
    finally:
        store.close()


def test_rows_are_what_sqlalchemy_writes(tmp_path: Path) -> None:
    by_bulk = _stored(tmp_path / "bulk.db", _bulk)
    assert by_bulk == _stored(tmp_path / "core.db", _core)
    assert [len(rows) for rows in by_bulk] == [2, 1, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": datetime(2026, 3, 1)},  # noqa: DTZ001  (that is what is wrong with it)
        {"created_at": date(2026, 3, 1)},
        {"by_person": {"a", "set"}},
    ],
)
def test_a_value_of_another_kind_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    store = Store(f"sqlite:///{tmp_path / 'mailcrm.db'}")
    SQLModel.metadata.create_all(store.engine)
    with pytest.raises(StatementError), store.begin() as session:
        _bulk(session, Company, [_COMPANIES[0], {**_COMPANIES[1], **change}])
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM company").scalar_one() == 0
    store.close()


def test_a_row_that_leaves_out_a_column_is_a_mistake(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'mailcrm.db'}")
    SQLModel.metadata.create_all(store.engine)
    with pytest.raises(ValueError, match="rows of raw name"), store.begin() as session:
        _bulk(session, RawMail, [{"sha256": "ab", "size": 1}])
    store.close()


@pytest.mark.parametrize("fails", [False, True])
def test_the_collector_is_as_it_was(*, fails: bool) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with suppress(ZeroDivisionError), seldom_collected():
        assert gc.get_threshold() > before[0]
        assert gc.get_freeze_count() > before[1]
        assert 1 // (not fails)
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
