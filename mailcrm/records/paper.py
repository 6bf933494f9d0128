"""Papers: files that belong to a sample, quote or order, such as photos, signed sheets, confirmations and what was sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Paper"]


class Paper(SQLModel, table=True):
    """A kept file. Its bytes lie where those of mails lie (`raw_id`), once by their sha256, and never change.

    `noun` and `noun_id` say what it belongs to, `kind` what it is ("photo", "sheet", "quotation", "freight" …); `filename` is data
    and already safe to save under. `valid_until`: the last day on which it holds, None for ever. `note`: a person's words.
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_noun", "noun", "noun_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str
    noun_id: int
    kind: str
    raw_id: int = Field(foreign_key="raw.id", index=True)
    sha256: str = Field(index=True)
    filename: str
    content_type: str
    size: int
    at: datetime = instant()
    actor: str
    valid_until: date | None = None
    note: str = ""
