"""Refund rates of VAT by HS code and day of export."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["RefundRateRecord"]


class RefundRateRecord(SQLModel, table=True):
    """`rate` ("0.09") holds for codes that begin with the digits `hs`, from `since` until `until`; None: until it is changed.

    `source`: where a person read it.
    """

    __tablename__ = "refund_rate"

    id: int | None = Field(default=None, primary_key=True)
    hs: str = Field(index=True)
    rate: str
    since: date
    until: date | None = None
    source: str = ""
    set_by: str
    set_at: datetime = instant()
