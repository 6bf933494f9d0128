"""Inquiries: what customers asked for, and what is known of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["InquiryRecord"]


class InquiryRecord(SQLModel, table=True):
    """A customer's request for a price. `content`: the JSON of domain.quotes.inquiry.

    `message_id`: the mail that it came in, whose thread is the inquiry's, also when threads are made one or taken apart; None where it came
    by another way. The company is the contact's. `state`: "open" or "lost". `feasibility_due`: when somebody is to say whether we can make it, None where that is known.
    """

    __tablename__ = "inquiry"

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    state: str = Field(default="open", index=True)
    feasibility_due: date | None = Field(default=None, index=True)
    content: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = instant()
    changed_at: datetime = instant()
