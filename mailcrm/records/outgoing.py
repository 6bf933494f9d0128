"""The outbox: an outgoing mail is a row, written in the same transaction as what caused it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["AlsoAnswered", "Outgoing"]


class Outgoing(SQLModel, table=True):
    """An outgoing mail (safety.md, "The outbox").

    `raw`, `message_id` and `reference` are frozen when the row leaves `draft`; a draft keeps what its author typed in
    `body` and `request`. `answers_until`: the arrival of the newest inbound mail that the author saw. `estimate`: a
    holding reply's promise. What happens to it on its way is `domain.outbox.Dispatch`, which tells of `held_until` to
    `looked_for`; `sending_at` is committed before DATA. `unless_reply`: taken back where the customer writes first.
    `zone_there`: the customer's zone, as it was known when a time to send was chosen, and a stored Sentence that says why.
    `about`: which step of a sample, quote or order it is ("s3:feedback"), "" for none.
    `automatic`: a notice to ourselves, which answers nothing and is no work for anybody. `copy_state` tells of the Sent copy: "" (not yet), "found", "appended", "failed", "left" (the server files it).
    """

    __tablename__ = "outgoing"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    thread_id: int | None = Field(default=None, foreign_key="thread.id", index=True)
    stored_message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    state: str = Field(index=True)
    actor: str
    message_id: str = Field(default="", index=True)
    reference: str = ""
    envelope_from: str = ""
    envelope_to: list[str] = Field(default_factory=list, sa_type=JSON)
    to: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    cc: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    subject: str = ""
    body: str = ""
    request: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    raw: bytes | None = None
    answers_until: datetime | None = instant(nullable=True)
    estimate: datetime | None = instant(nullable=True)
    reason: str = ""
    created_at: datetime = instant()
    unless_reply: bool = False
    zone_there: str = ""
    zone_there_reason: str | None = None
    held_until: datetime | None = instant(nullable=True)
    next_attempt: datetime | None = instant(nullable=True)
    attempts: int = 0
    failures: int = 0
    failing_since: datetime | None = instant(nullable=True)
    sending_at: datetime | None = instant(nullable=True)
    sent_at: datetime | None = instant(nullable=True)
    last_error: str | None = None
    refused: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    looked_for: int = 0
    copy_state: str = ""
    automatic: bool = False
    about: str = Field(default="", index=True)


class AlsoAnswered(SQLModel, table=True):
    """A mail that answers another thread than its own too, up to `message_id`: the newest that its author was shown there.

    A mail and not a thread: so it follows that mail when threads are made one or taken apart.
    """

    __tablename__ = "also_answered"

    outgoing_id: int = Field(foreign_key="outgoing.id", primary_key=True)
    message_id: int = Field(foreign_key="message.id", primary_key=True, index=True)
