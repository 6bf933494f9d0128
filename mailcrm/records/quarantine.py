"""Quarantine: stored mails that no parser survived, to be tried again by the next one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["QuarantinedMail"]


class QuarantinedMail(SQLModel, table=True):
    """A stored mail without a message. `error` is a stored Sentence; `state`: "open" or "ignored".

    `history` and `whole_size` are what was known at the door (`ingest.message_rows.Incoming`), for the next reading.
    """

    __tablename__ = "quarantine"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    raw_id: int = Field(foreign_key="raw.id", unique=True)
    arrived_at: datetime = instant()
    fetched_at: datetime = instant()
    error: str
    parser_version: str
    state: str = "open"
    history: bool | None = None
    whole_size: int | None = Field(default=None, sa_type=BigInteger)
