"""Notices: what was told of which deadline, and the digests in which people were told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["DigestRecord", "NoticeRecord"]


class NoticeRecord(SQLModel, table=True):
    """A level of a deadline that was told, or counts as told, as one role (domain.notices.levels). Written once, for good.

    `opened_by`: the message that identifies the turn; turns that are made anew find what was told of them. `people` are the
    receivers, () where a heavier level told for this one.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("opened_by", "deadline", "level", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    opened_by: int = Field(foreign_key="message.id")
    deadline: datetime = instant()
    level: str
    role: str
    people: list[str] = Field(default_factory=list, sa_type=JSON)
    told_at: datetime = instant()


class DigestRecord(SQLModel, table=True):
    """What a person was told at a moment: one digest, whatever it is about.

    `person`: a colleague's name, "" for the rep where nobody is written down. `lines` hold the fields of
    domain.notices.digest's `Entry`: ids, no text of any mail. `leaving`: it came before the office
    closed, and holds all that is left behind; `back`: the day on which the office is back, where rest days
    were ahead. `ways`: how it was handed over ("mail", "desktop") besides the screens; `outgoing_id` is its mail.
    """

    __tablename__ = "digest"

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(index=True)
    at: datetime = instant()
    lines: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    leaving: bool = False
    back: str = ""
    ways: list[str] = Field(default_factory=list, sa_type=JSON)
    outgoing_id: int | None = Field(default=None, foreign_key="outgoing.id")
    read_at: datetime | None = instant(nullable=True, index=True)
