"""Tasks: what somebody is to do, written down by a person or by a rule."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Task"]


class Task(SQLModel, table=True):
    """Something to do. `title` is a person's words, or (of a rule's task) a stored sentence.

    `source` names what a rule made it of, so that it is made once; None for a person's own. `done_at` None: still to do.
    """

    __tablename__ = "task"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    thread_id: int | None = Field(default=None, foreign_key="thread.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    due: datetime | None = instant(nullable=True)
    owner: str = ""
    source: str | None = Field(default=None, unique=True)
    created_at: datetime = instant()
    done_at: datetime | None = instant(nullable=True)
    done_by: str = ""
