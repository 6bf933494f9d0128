"""Products: what we sell."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["ProductRecord"]


class ProductRecord(SQLModel, table=True):
    """An item of ours. `content`: the JSON of domain.trade.product; `sku_key`: as items are compared, across products, prices and quotes."""

    __tablename__ = "product"

    id: int | None = Field(default=None, primary_key=True)
    sku: str
    sku_key: str = Field(unique=True)
    hs: str = Field(default="", index=True)
    content: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = instant()
    changed_at: datetime = instant()
