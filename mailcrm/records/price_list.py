"""Price lists that were applied, and their lines. Neither ever changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import DecimalText, instant

__all__ = ["PriceLineRecord", "PriceListRecord"]


class PriceListRecord(SQLModel, table=True):
    """A version of our prices, valid from the office's midnight of `valid_from` to the end of `valid_until` (None: until the next one).

    `sha256` and `filename`: of the file that it was made of, which is kept as a paper.
    """

    __tablename__ = "price_list"

    id: int | None = Field(default=None, primary_key=True)
    version: str = Field(unique=True)
    valid_from: date = Field(index=True)
    valid_until: date | None = None
    currency: str
    sha256: str = Field(index=True)
    filename: str
    applied_at: datetime = instant()
    applied_by: str


class PriceLineRecord(SQLModel, table=True):
    """What an item costs from `qty_break` pieces on, and its floor, both in the currency of the list. `sku_key`: as items are compared."""

    __tablename__ = "price_line"
    __table_args__ = (UniqueConstraint("list_id", "sku_key", "qty_break"),)

    id: int | None = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="price_list.id")
    sku: str
    sku_key: str = Field(index=True)
    description: str
    unit: str
    qty_break: int
    fob: Decimal = Field(sa_type=DecimalText)
    floor: Decimal = Field(sa_type=DecimalText)
