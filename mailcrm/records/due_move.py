"""Moves of open deadlines: what moved each of them, when, and who did it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["DueMove"]


class DueMove(SQLModel, table=True):
    """The deadline of the open turn `opened_by` moved from `before` to `after` by `cause` (a stored sentence).

    `actor` is whose command it was, "" where the settings, the calendar or the mail itself moved it. Never changed afterwards.
    """

    __tablename__ = "due_move"

    id: int | None = Field(default=None, primary_key=True)
    opened_by: int = Field(foreign_key="message.id", index=True)
    at: datetime = instant()
    before: datetime = instant()
    after: datetime = instant()
    cause: str
    actor: str = ""
