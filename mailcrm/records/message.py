"""Messages: the raw bytes, what was read from them, their text and their files."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["AttachmentFile", "Message", "MessageText", "RawMail"]


class RawMail(SQLModel, table=True):
    """A mail's bytes, whole, once by their sha256, compressed (zstd): in a pack at `segment`, `position`, `length`, or else in `packed`."""

    __tablename__ = "raw"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    size: int
    segment: int | None = None
    position: int | None = Field(default=None, sa_type=BigInteger)
    length: int | None = None
    packed: bytes = b""


class Message(SQLModel, table=True):
    """A mail.

    `people` holds reply_to, to, cc, bcc as [[display_name, addr_spec], …]; `kind_rule` what the rules said, `kind` what
    counts (a person may have corrected it). `identity` is the key by which copies are known. `from_domain`: the
    registrable part of the sender's domain. `base_subject`: domain.threading.base_subject, by which probable links are found. `whole`: False where only the header was fetched of a mail that is too large;
    `size` is then what the server says. `sort_key` tells the place of `arrived_at` among all (store.sort_keys). `date_offset`: the sender's clock in minutes east of UTC, as the `Date:`
    header tells. `authentication` and `courier` hold the fields of domain.message's `Authentication` and `CourierNotice`;
    `warnings` those of ingest.warning_signs as [[code, what was seen], …]. `patient`: it only says that its writer waits. `low`: a
    mail of theirs that has us in Cc only. `promise`: the sentence of a mail of ours that only promises an answer, and the day that
    it names (ISO, "" for none). `question`: what a mail of ours asks, "" for nothing; `away_until`: the day on which the writer of
    an out-of-office note is back. `origin` (domain.country) and `role_hints` (domain.roles) are what it tells of its writer, "" for
    nothing. `seen_late`: seconds from its arrival until it was seen, where nobody had asked the server meanwhile, else 0.
    `old_mail`: it appeared in the mailbox long after it had been delivered. `forwarded`: the mail that a colleague passes on in it
    (domain.forwarding), None for none. `channel`: it is what a person logged of a call, a chat or a visit, "" for a mail.
    """

    __tablename__ = "message"
    # What somebody wrote lately, or last, costs the same however much they wrote before; the last of many threads, hardly more.
    __table_args__ = (
        Index("ix_message_account_id", "account_id", "sort_key"),
        Index("ix_message_contact_id", "contact_id", "sort_key"),
        Index("ix_message_from_address", "from_address", "sort_key"),
        Index("ix_message_from_domain", "from_domain", "sort_key"),
        Index("ix_message_thread_id", "thread_id", "sort_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    raw_id: int = Field(foreign_key="raw.id", index=True)
    thread_id: int = Field(foreign_key="thread.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    sort_key: int = Field(sa_type=BigInteger, index=True, unique=True)
    message_id: str = Field(index=True)
    identity: str = Field(index=True, unique=True)
    in_reply_to: str = ""
    references: list[str] = Field(default_factory=list, sa_type=JSON)
    subject: str = ""
    base_subject: str = Field(default="", index=True)
    from_name: str = ""
    from_address: str = ""
    from_domain: str = ""
    people: dict[str, list[list[str]]] = Field(default_factory=dict, sa_type=JSON)
    date_header: datetime | None = instant(nullable=True)
    date_offset: int | None = None
    arrived_at: datetime = instant()
    fetched_at: datetime = instant()
    side: str
    kind: str
    kind_rule: str
    kind_signals: list[str] = Field(default_factory=list, sa_type=JSON)
    reclassified_at: datetime | None = instant(nullable=True)
    purpose: str = "other"
    asks: bool = True
    patient: bool = False
    low: bool = False
    gist: str = ""
    language: str = ""
    origin: str = ""
    role_hints: str = ""
    history: bool = False
    old_mail: bool = False
    seen_late: int = 0
    channel: str = ""
    size: int = Field(default=0, sa_type=BigInteger)
    whole: bool = True
    has_attachments: bool = False
    promise: dict[str, str] | None = Field(default=None, sa_type=JSON)
    question: str = ""
    away_until: date | None = None
    bounce: dict[str, str] | None = Field(default=None, sa_type=JSON)
    forwarded: dict[str, str] | None = Field(default=None, sa_type=JSON)
    courier: dict[str, str | bool] | None = Field(default=None, sa_type=JSON)
    authentication: dict[str, str | bool] | None = Field(default=None, sa_type=JSON)
    warnings: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    parser_version: str = ""
    defects: list[str] = Field(default_factory=list, sa_type=JSON)


class MessageText(SQLModel, table=True):
    """The readable text of a message: the whole body, the newest part and the signature, packed (`store.texts` reads them)."""

    __tablename__ = "message_text"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    packed: bytes
    quoted_lines: int = 0


class AttachmentFile(SQLModel, table=True):
    """A file in a mail; its bytes are read out of the raw mail on demand (`position` is its place there)."""

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    position: int
    filename: str = ""
    safe_filename: str = ""
    content_type: str = ""
    size: int = 0
    sha256: str = ""
    inline: bool = False
