"""Quotes: each version of a quotation, and the articles in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["QuoteRecord", "QuoteSku"]

# domain.quotes.states.LIVE and EDITABLE, as a database reads them.
_LIVE = text("state IN ('sent', 'follow_up', 'negotiating', 'expired', 're_check', 'accepted')")
_EDITABLE = text("state IN ('draft', 'needs_approval', 'ready')")


class QuoteRecord(SQLModel, table=True):
    """One version of a quotation. Of a number's versions the customer holds one at most, and one at most is being written.

    `message_id`: the mail that it answers; its thread is the quote's, also when threads are made one or taken apart. `content`: the JSON of
    domain.quotes.content, `content_hash` its hash. `author`: who wrote it last and may not approve it alone. `approval`: who let exactly which content pass
    when, None where nobody did; `note`: what was asked of a manager, or said in rejecting. `pdf_id`: the paper that was rendered, of the content that `pdf_hash` names.
    `outgoing_id` and `sent_message_id`: the mail that carried it to the customer; `external`: from another mail program. `expires_at`: the end
    of its last day in the zone that is printed. `step` follow-ups were due so far, the next thing that time does is at `next_due`.
    `list_version`: the price list that the lines were last held against; `marked`: the lines (from 1) whose floor changed since.
    """

    __tablename__ = "quote"
    __table_args__ = (
        UniqueConstraint("number", "version"),
        Index("ux_quote_live", "number", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ux_quote_editable", "number", unique=True, sqlite_where=_EDITABLE, postgresql_where=_EDITABLE),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(index=True)
    version: int = 1
    state: str = Field(index=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    inquiry_id: int | None = Field(default=None, index=True)
    author: str
    content: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    content_hash: str = ""
    approval: dict[str, object] | None = Field(default=None, sa_type=JSON)
    note: str = ""
    pdf_id: int | None = Field(default=None, foreign_key="paper.id")
    pdf_hash: str = ""
    outgoing_id: int | None = Field(default=None, foreign_key="outgoing.id")
    sent_message_id: int | None = Field(default=None, foreign_key="message.id")
    sent_at: datetime | None = instant(nullable=True)
    external: bool = False
    valid_until: date | None = None
    expires_at: datetime | None = instant(nullable=True)
    step: int = 0
    next_due: datetime | None = instant(nullable=True, index=True)
    list_version: str = ""
    marked: list[int] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = instant()
    changed_at: datetime = instant()


class QuoteSku(SQLModel, table=True):
    """An article that a version of a quote offers. `sku_key`: as articles are compared (domain.trade.cells)."""

    __tablename__ = "quote_sku"

    quote_id: int = Field(foreign_key="quote.id", primary_key=True)
    sku_key: str = Field(primary_key=True, index=True)
    sku: str
