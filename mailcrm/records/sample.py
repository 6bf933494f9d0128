"""Samples (打样)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["SampleRecord"]


class SampleRecord(SQLModel, table=True):
    """A sample in its present version; what became of it stands in `step`, its photos in `paper`.

    `sheet` is the JSON of domain.samples.sheet.Sheet; `kind`, `direction` and `item` stand beside it for lists. `message_id`: the mail
    that asked for it, a mail and not a thread, so that it follows that mail. `author` wrote the sheet. `since`: when it came
    into `state`; `look_at`: when the rules look at it next, None where only people and mails move it. `carrier`, `awb` and `shipped_on`
    are its parcel's. `asked_at`: when the feedback mail left. `round` counts what makes the same step another one: a new
    version, a new parcel, another contact. `details` holds the rest (store.samples).
    """

    __tablename__ = "sample"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    version: int = 1
    state: str = Field(index=True)
    kind: str
    direction: str
    item: str
    contact_id: int = Field(foreign_key="contact.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    author: str
    created_at: datetime = instant()
    since: datetime = instant()
    look_at: datetime | None = instant(nullable=True, index=True)
    carrier: str = ""
    awb: str = Field(default="", index=True)
    shipped_on: date | None = None
    delivered_at: datetime | None = instant(nullable=True)
    asked_at: datetime | None = instant(nullable=True)
    round: int = 0
    sheet: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
