"""Cost sheets (核价单): the figures behind a price."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["CostSheetRecord"]


class CostSheetRecord(SQLModel, table=True):
    """A cost sheet. It never changes: `content` is the whole (`domain.trade.cost_sheet`), `content_hash` that of it.

    `amount` and `currency` are the FOB price that came out, an exact decimal as text.
    """

    __tablename__ = "cost_sheet"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    sku: str = Field(default="", index=True)
    kind: str
    official: bool = False
    amount: str
    currency: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    content_hash: str
    author: str
    created_at: datetime = instant()
