"""Threads, and every Message-ID that belongs to one, seen or only mentioned."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Thread", "ThreadReference"]


class Thread(SQLModel, table=True):
    """A conversation. `subject` is that of its first mail; `done` hides it until something happens.

    `owner`: who works on it, "" for whoever has the mail account. `snoozed_until` hides it until then, until new mail, or until a deadline is at risk. `split_from`: a name (the number of a thread) that threads share which a person took apart; they never join again by
    themselves. `letter_id`: the mail that is to be looked at where no clock runs (store.letters). Numbers are given once: that of
    a merged thread comes back only with it.
    """

    __tablename__ = "thread"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    subject: str = ""
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    owner: str = Field(default="", index=True)
    done: bool = False
    snoozed_until: datetime | None = instant(nullable=True)
    split_from: int | None = Field(default=None, index=True)
    letter_id: int | None = Field(default=None, index=True)


class ThreadReference(SQLModel, table=True):
    """A Message-ID and its thread. A row whose mail isn't here yet is a ghost: so the order of arrival doesn't matter."""

    __tablename__ = "thread_reference"

    reference: str = Field(primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
