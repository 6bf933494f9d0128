"""Statements over many rows at once, with no objects around them: what hangs on every new mail goes through here.

Room: store. In: records as tables, ids as one bind. Out: plain rows. An object of a record costs a hundred times its row, so
these don't make any; whoever writes past them says so by `stale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Delete,
    Executable,
    FromClause,
    Insert,
    Row,
    Table,
    Update,
    bindparam,
    cast,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel
from sqlmodel import select as records

from mailcrm.store.inserting import insertion

__all__ = [
    "add_rows",
    "among",
    "any_row",
    "change_rows",
    "differs",
    "drop_rows",
    "each",
    "objects",
    "one_among",
    "one_of",
    "rows",
    "stale",
    "table_of",
]

T = TypeVar("T", bound=SQLModel)


def table_of(record: type[SQLModel]) -> Table:
    """Return the table of a record."""
    return SQLModel.metadata.tables[str(record.__tablename__)]


class _Elements(GenericFunction[Any]):
    """The elements of a JSON list as rows; PostgreSQL's name for what SQLite calls json_each."""

    name = "json_array_elements_text"
    inherit_cache = True


@compiles(_Elements, "sqlite")
def _on_sqlite(element: _Elements, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  (SQLAlchemy's own)
    return f"json_each({compiler.process(element.clauses, **options)})"


def among(column: ColumnElement[Any], name: str = "ids") -> ColumnElement[bool]:
    """Return that `column` is one of the list given as `name`.

    The list is one bind, so that the statement is the same text, parsed once, however many there are, and has no upper limit.
    """
    elements, value = each(name, column.type)
    return column.in_(select(value).select_from(elements))


def one_among(column: ColumnElement[Any], values: Sequence[int]) -> ColumnElement[bool]:
    """Return that `column` is one of these values: as `among`, for a statement that is made for one question."""
    elements = _Elements(bindparam(None, values, type_=JSON)).table_valued("value")
    return column.in_(select(cast(elements.c.value, column.type)).select_from(elements))


def each(name: str, of: TypeEngine[Any]) -> tuple[FromClause, ColumnElement[Any]]:
    """Return the elements of the list given as `name`, to select from, and their value."""
    elements = _Elements(bindparam(name, type_=JSON)).table_valued("value")
    return elements, cast(elements.c.value, of)


def one_of(column: ColumnElement[Any], *values: str) -> ColumnElement[bool]:
    """Return that `column` is one of a few values that are always the same.

    `in_` is written out anew with every execution.
    """
    return or_(*(column == value for value in values))


def rows(session: Session, statement: Executable, ids: Iterable[int | str] = (), **binds: object) -> Sequence[Any]:
    """Return the rows that the statement finds, given `ids` and the other binds."""
    return session.connection().execute(statement, {"ids": list(ids), **binds}).all()


def objects(session: Session, record: type[T], ids: Sequence[Any], *options: ExecutableOption) -> Sequence[T]:
    """Return the objects of these ids; nothing is asked where there are none."""
    if not ids:
        return ()
    chosen = records(record).where(among(table_of(record).c.id)).options(*options)
    return session.exec(chosen, params={"ids": list(ids)}).all()


def any_row(session: Session, record: type[SQLModel]) -> bool:
    """Whether the table holds anything at all."""
    return session.connection().execute(select(1).select_from(table_of(record)).limit(1)).first() is not None


def differs(row: Row[Any], values: Mapping[str, Any]) -> bool:
    """Whether a stored row says something else than `values` in any of their columns."""
    return any(getattr(row, name) != value for name, value in values.items())


def add_rows(session: Session, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns: every one but an id that the database gives."""
    if not values:
        return
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        into = insertion(table, tuple(values[0]), connection.dialect)
        connection.exec_driver_sql(into.statement, into.written(values))
    else:
        connection.execute(_insert(table), list(values))


def change_rows(session: Session, table: Table, key: str, values: Sequence[Mapping[str, Any]]) -> None:
    """Update the rows that column `key` names; all of `values` name the same columns."""
    if values:
        statement = _update(table, key, tuple(values[0]))
        session.connection().execute(
            statement, [{f"the_{name}": value for name, value in row.items()} for row in values]
        )


@cache  # like those at the top of modules: what is made once is compiled once
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table, key: str, names: tuple[str, ...]) -> Update:
    changed: dict[str, Any] = {name: bindparam(f"the_{name}") for name in names if name != key}
    return update(table).where(table.c[key] == bindparam(f"the_{key}")).values(changed)


def drop_rows(session: Session, table: Table, key: str, ids: Iterable[int | str]) -> None:
    """Delete the rows that column `key` names."""
    gone = list(ids)
    if gone:
        session.connection().execute(_delete(table, key), {"ids": gone})


@cache
def _delete(table: Table, key: str) -> Delete:
    return delete(table).where(among(table.c[key]))


def stale(session: Session, *records: type[SQLModel]) -> None:
    """Let the session's objects of these records be read again: their rows were written past them."""
    for row in list(session.identity_map.values()):
        if isinstance(row, records):
            session.expire(row)
