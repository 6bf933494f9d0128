"""Inserting many rows as SQLite's driver takes them, column by column.

Room: store. In: a table, the names of columns, rows as mappings. Out: the statement's text and tuples of what the driver
writes. SQLAlchemy makes two dicts of every row and calls a function for every value, which costs three times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.exc import StatementError

__all__ = ["Insertion", "insertion"]

Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Insertion:
    """`columns`: in the order of the statement's places, each with what turns its values into the driver's (None: nothing)."""

    statement: str
    columns: Sequence[tuple[str, Write | None]]

    def written(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """Return the rows for the driver; StatementError, as from SQLAlchemy, where a value is none of its column's kind."""
        try:
            return list(zip(*[_column(name, write, rows) for name, write in self.columns], strict=True))
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
            raise StatementError(str(error), self.statement, None, error, hide_parameters=True) from error


def _column(name: str, write: Write | None, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [row[name] for row in rows] if write is None else [write(row[name]) for row in rows]


@cache  # like the statements at the top of modules: what is made once is compiled once
def insertion(table: Table, names: tuple[str, ...], dialect: Dialect) -> Insertion:
    """Return how rows with these columns go in; ValueError where a column is missing that SQLAlchemy would fill in."""
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    columns = compiled.positiontup or []
    if len(columns) != len(names):
        raise ValueError(f"rows of {table.name} name {sorted(names)}, not {sorted(columns)}")
    types = [table.c[name].type.dialect_impl(dialect) for name in columns]
    writers = [type_.bind_processor(dialect) for type_ in types]
    return Insertion(str(compiled), list(zip(columns, writers, strict=True)))
