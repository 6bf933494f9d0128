"""Column types and naming that every table shares.

Room: records. Instants are aware UTC in Python; SQLite keeps them as naive UTC text, PostgreSQL as timestamptz. Decimals are text on
both, to the last digit: SQLite's own numbers are binary fractions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

__all__ = ["DecimalText", "UtcDateTime", "instant"]

# Constraint names that migrations can rely on, on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; a naive one is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC: naive for SQLite, which has no zones, aware for the others."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant must be aware")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    # SQLite's own conversion fills a pattern in Python and reads it back by another: ten times slower than these, which
    # write and read the same text ("2026-11-26 05:00:00.000000").

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ANN401  (SQLAlchemy's own words for a function)
        """Return what writes an instant."""
        return _written if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ANN401  (likewise)
        """Return what reads an instant."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


class DecimalText(TypeDecorator[Decimal]):
    """A finite decimal, kept with the zeros that it was written with; anything else, a float above all, is refused at the door."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Return the digits."""
        del dialect
        if value is None:
            return None
        if type(value) is not Decimal or not value.is_finite():
            raise ValueError("a stored amount must be a finite Decimal")
        return f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Return what was stored."""
        del dialect
        return None if value is None else Decimal(value)


def _written(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a stored instant must be aware")
    value = value if value.tzinfo is UTC else value.astimezone(UTC)
    return value.replace(tzinfo=None).isoformat(" ", "microseconds")


def _read(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value is not None else None


def instant(*, nullable: bool = False, index: bool = False) -> Any:  # noqa: ANN401  (SQLModel's Field is Any by design)
    """Return the field of an instant."""
    return Field(default=None if nullable else ..., sa_type=UtcDateTime, nullable=nullable, index=index)
