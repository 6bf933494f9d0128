"""Numbers that people print and say: SMP-2026-0012, one series a year.

Room: store. Called in a write transaction; a unique constraint on (number, version) holds where two people make one at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, col, func, select

__all__ = ["next_number"]


def next_number(session: Session, column: InstrumentedAttribute[Any] | Any, prefix: str, day: date) -> str:  # noqa: ANN401  (a record's attribute)
    """Return the next number of the series `prefix` ("SMP") of the day's year, by what stands in `column`."""
    series = f"{prefix}-{day.year}-"
    session.flush()
    longest = func.length(column)
    last = session.exec(
        select(column)
        .where(col(column).startswith(series, autoescape=True))
        .order_by(longest.desc(), col(column).desc())
    ).first()
    return f"{series}{int(last.removeprefix(series)) + 1 if last else 1:04d}"
