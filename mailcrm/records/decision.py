"""Decisions of people: the part of the ledger that is not mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["ActionEntry", "Decision"]


class Decision(SQLModel, table=True):
    """An event of the ledger that a person made (`event`: a name of domain.clock.ledger). Revoked ones don't count.

    `about`: the mail that it is about, which may lie on another thread; None where it is about the thread.
    """

    __tablename__ = "decision"

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    event: str
    at: datetime = instant()
    actor: str
    about: int | None = Field(default=None, foreign_key="message.id", index=True)
    details: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    recorded_at: datetime = instant()
    revoked_at: datetime | None = instant(nullable=True)


class ActionEntry(SQLModel, table=True):
    """The action log: who did what, with what is needed to take it back. Written in the command's own transaction."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    actor: str
    verb: str
    thread_id: int | None = Field(default=None, index=True)
    before: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    undone_at: datetime | None = instant(nullable=True)
