"""Waits: the cache of what the ledger of a thread comes to while we wait for them (domain.waiting.wait.Wait)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["WaitParty", "WaitRecord"]


class WaitRecord(SQLModel, table=True):
    """What is waited for on a thread; a wait that was answered or stopped has no row.

    `message_id` is the mail that we wait on, `elsewhere` the mail on another thread that a person is asked about. `nudges` are
    the ids of those that were sent, `number` the one that is due at `due` (None: only a person can say what next), `asked` whether they have written nothing since. `country`
    (ISO 3166-1, "" for ours) gave the working days; `version` names the steps and the office that they were counted by.
    """

    __tablename__ = "wait"

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    since: datetime = instant()
    recipients: list[str] = Field(default_factory=list, sa_type=JSON)
    parties: list[str] = Field(default_factory=list, sa_type=JSON)
    nudges: list[int] = Field(default_factory=list, sa_type=JSON)
    number: int | None = None
    asked: bool = True
    due: datetime = instant(index=True)
    parked_until: datetime | None = instant(nullable=True)
    away_until: date | None = None
    elsewhere: int | None = Field(default=None, foreign_key="message.id", index=True)
    failed: bool = False
    country: str = ""
    version: str = ""


class WaitParty(SQLModel, table=True):
    """Whom a wait is for, each by party and by address: by these the waits are found that a mail of theirs concerns."""

    __tablename__ = "wait_party"

    thread_id: int = Field(foreign_key="wait.thread_id", primary_key=True)
    party: str = Field(primary_key=True, index=True)
