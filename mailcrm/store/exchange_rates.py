"""Exchange rates between record and value.

Room: store.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from mailcrm.domain.trade.rates import ExchangeRate
from mailcrm.records import ExchangeRateRecord

__all__ = ["latest_rate", "rate_of"]


def rate_of(row: ExchangeRateRecord) -> ExchangeRate:
    """Return the value of a record."""
    return ExchangeRate(row.currency, row.base, Decimal(row.buying), row.source, row.day)


def latest_rate(session: Session, currency: str, base: str, today: date) -> ExchangeRate | None:
    """Return the youngest rate of `currency` in `base` by `today`, of one day the one that was written last; None where there is none."""
    known = select(ExchangeRateRecord).where(
        col(ExchangeRateRecord.currency) == currency,
        col(ExchangeRateRecord.base) == base,
        col(ExchangeRateRecord.day) <= today,
    )
    newest = known.order_by(col(ExchangeRateRecord.day).desc(), col(ExchangeRateRecord.id).desc())
    row = session.exec(newest.limit(1)).first()
    return rate_of(row) if row else None
