"""Ids given before the rows are written, so that rows which refer to each other go in many at a time.

Room: store. Called inside a write transaction only: on SQLite that is what keeps the numbers ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, SQLModel, func, select

__all__ = ["next_ids"]

_SEQUENCE = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def next_ids(session: Session, table: type[SQLModel], count: int) -> Sequence[int]:
    """Return `count` ids of `table` that no row has, ascending."""
    if not count:
        return ()
    name = str(table.__tablename__)
    if session.get_bind().dialect.name != "sqlite":
        return [int(number) for (number,) in session.connection().execute(_SEQUENCE, {"name": name, "count": count})]
    sql_table = table.metadata.tables[name]
    if sql_table.dialect_options["sqlite"]["autoincrement"]:  # numbers that are given once, though their rows go
        last = session.connection().execute(_GIVEN, {"name": name}).scalar_one_or_none()
    else:
        last = session.connection().execute(select(func.max(sql_table.c.id))).scalar_one()
    first = (last or 0) + 1
    return range(first, first + count)
