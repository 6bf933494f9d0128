"""Exchange rates, the youngest of each currency first.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ExchangeRateRow
from mailcrm.records import ExchangeRateRecord
from mailcrm.store.exchange_rates import rate_of
from mailcrm.store.finding import number

__all__ = ["exchange_rate", "exchange_rates"]


def exchange_rate(session: Session, outlook: Outlook, *, id: str) -> ExchangeRateRow:  # noqa: A002  (as on the command line)
    """Return one rate, "y4"."""
    return _row(session.get_one(ExchangeRateRecord, number(id, "y", "rate")), outlook)


def exchange_rates(
    session: Session, outlook: Outlook, *, currency: str = "", past: bool = False
) -> tuple[ExchangeRateRow, ...]:
    """Return the rate of each pair that counts today, with `past` those before it too; of one `currency` where it is given."""
    wanted = select(ExchangeRateRecord).where(col(ExchangeRateRecord.day) <= outlook.today)
    if currency:
        wanted = wanted.where(col(ExchangeRateRecord.currency) == checked_currency(currency))
    youngest_first = (col(ExchangeRateRecord.day).desc(), col(ExchangeRateRecord.id).desc())
    pairs = wanted.order_by(col(ExchangeRateRecord.currency), col(ExchangeRateRecord.base), *youngest_first)
    rows = session.exec(pairs)
    return tuple(_row(row, outlook) for row in (rows if past else _first_of_each(rows)))


def _first_of_each(rows: Iterable[ExchangeRateRecord]) -> Iterator[ExchangeRateRecord]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.currency, row.base) not in seen:
            seen.add((row.currency, row.base))
            yield row


def _row(row: ExchangeRateRecord, outlook: Outlook) -> ExchangeRateRow:
    rate, rules, working = rate_of(row), outlook.policies.trade, outlook.policies.office.is_working_day
    return ExchangeRateRow(
        id=f"y{row.id}",
        currency=rate.currency,
        base=rate.base,
        buying=rate.buying,
        usable=rate.usable(rules.rate_margin),
        source=rate.source,
        on=rate.on,
        age=rate.age(outlook.today, working),
        fresh=rate.is_fresh(outlook.today, working, rules.rate_days),
        set_by=row.set_by,
        set_at=row.set_at,
    )
