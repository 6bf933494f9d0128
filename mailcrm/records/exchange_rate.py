"""Exchange rates: what a bank buys foreign money for."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["ExchangeRateRecord"]


class ExchangeRateRecord(SQLModel, table=True):
    """One `currency` was bought for `buying` ("7.0912") of `base` on `day`, by `source`. Of a day the last one counts."""

    __tablename__ = "exchange_rate"

    id: int | None = Field(default=None, primary_key=True)
    currency: str = Field(index=True)
    base: str
    buying: str
    source: str
    day: date
    set_by: str
    set_at: datetime = instant()
