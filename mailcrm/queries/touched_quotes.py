"""The quotes that a price list touches: lines of live quotes whose price or floor is another one by the later list.

Room: queries. In: the list that holds and the one that would take its place. Out: a row for each line of a quote that is being written or
is with a customer. A line is held against the floors of its own quantity: a new break at 1,000 touches nobody who ordered 500.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.working import verdict_of, what_lacks
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.netting import Verdict
from mailcrm.domain.trade.pricelist import PriceLine, PriceList, line_for
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.quotes import live_quotes_using
from mailcrm.queries.rows import LiveQuoteRow, TouchedLineRow
from mailcrm.store.quotes import content_of, quote_named

__all__ = ["touched_by"]

_BySku = dict[str, list[PriceLine]]


def touched_by(
    session: Session, outlook: Outlook, earlier: PriceList | None, later: PriceList
) -> tuple[TouchedLineRow, ...]:
    """Return the lines that `later` touches, quote by quote; `earlier` is None for the first list."""
    before, after = _by_sku(earlier.lines if earlier else ()), _by_sku(later.lines)
    skus = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    return tuple(
        row
        for quote in live_quotes_using(session, outlook, skus=skus)
        for row in _lines(quote, content_of(quote_named(session, quote.id)), before, after)
    )


def _by_sku(lines: Sequence[PriceLine]) -> _BySku:
    found: _BySku = {}
    for line in lines:
        found.setdefault(sku_key(line.sku), []).append(line)
    return found


def _lines(quote: LiveQuoteRow, content: QuoteContent, before: _BySku, after: _BySku) -> Iterator[TouchedLineRow]:
    for number, line in enumerate(content.lines, 1):
        key = sku_key(line.sku)
        then, now = (line_for(side.get(key, ()), line.sku, line.quantity) for side in (before, after))
        if _asks(then) != _asks(now):
            yield _row(quote, content, number, then, now)


def _asks(line: PriceLine | None) -> tuple[Money, Money, str] | None:
    return (line.fob, line.floor, line.unit) if line else None


def _row(
    quote: LiveQuoteRow, content: QuoteContent, number: int, then: PriceLine | None, now: PriceLine | None
) -> TouchedLineRow:
    line = content.lines[number - 1]
    verdict = _verdict(content, line, now)
    return TouchedLineRow(
        quote=quote.id,
        number=quote.number,
        state=quote.state,
        company=quote.company,
        line=number,
        sku=line.sku,
        quantity=line.quantity,
        price=Money(line.price, content.currency or "USD"),
        net_fob=verdict.net if verdict else None,
        floor_before=then.floor if then else None,
        floor_after=now.floor if now else None,
        least_price=verdict.least if verdict else None,
        below=not verdict.allowed if verdict else None,
    )


def _verdict(content: QuoteContent, line: QuoteLine, now: PriceLine | None) -> Verdict | None:
    """Return the line's price against its new floor; None where nobody can tell: no floor, or not all that the price holds is known."""
    if now is None or not content.incoterm or now.floor.currency != content.currency or what_lacks(content, line):
        return None
    return verdict_of(content, line, now.floor)
