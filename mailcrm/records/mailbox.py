"""Server folders and where each mail lies in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Location", "Mailbox"]


class Mailbox(SQLModel, table=True):
    """A server folder and its sync state.

    The watermark is the interval [low_uid, high_uid]: every uid in it was stored. It grows upwards with new mail and
    downwards with history, since the newest come first. None: nothing was stored yet. `skipped`: uids in it that the
    server would not hand over; they are asked for again at every poll. `uidvalidity` is 0 or below, and then a count of
    our own, where the server tells none. `special_use`: by flag or by name (domain.mailboxes.role). Numbers of the server have 32 bits without a sign (RFC 3501, 2.3.1.1).
    """

    __tablename__ = "mailbox"
    __table_args__ = (UniqueConstraint("account_id", "raw_name"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    raw_name: bytes
    name: str
    special_use: str = ""
    uidvalidity: int | None = Field(default=None, sa_type=BigInteger)
    low_uid: int | None = Field(default=None, sa_type=BigInteger)
    high_uid: int | None = Field(default=None, sa_type=BigInteger)
    skipped: list[int] = Field(default_factory=list, sa_type=JSON)


class Location(SQLModel, table=True):
    """A copy of a message in a folder: (mailbox, uidvalidity, uid) is its identity, `raw_id` its exact bytes.

    `size` is what the server says (RFC822.SIZE), which some count differently; None: not told. `gmail_thread`: Gmail's
    number of the conversation (X-GM-THRID), a hint at what belongs together.
    """

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("mailbox_id", "uidvalidity", "uid"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    raw_id: int = Field(foreign_key="raw.id", index=True)
    mailbox_id: int = Field(foreign_key="mailbox.id")
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    size: int | None = Field(default=None, sa_type=BigInteger)
    internaldate: datetime | None = instant(nullable=True)
    gmail_thread: str = ""
