"""What an order takes over from the quote that the customer accepted.

Room: domain. In: the quote's content, its name ("QUO-2026-0007/v2"), what the factory calls the articles. Out: the order's content, with deposit and
balance as the payment terms make them. Pieces that cost nothing are made and shipped all the same, so they stand in the order too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mailcrm.domain.orders.content import DOCUMENTS, Document, Fee, OrderContent, OrderLine, Shipment
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.working import discount_of
from mailcrm.domain.trade.money import Money

__all__ = ["CHECKLIST", "ordered"]

CHECKLIST = tuple(map(Document, DOCUMENTS[:3]))
"""The documents of every order, until somebody says otherwise."""


def ordered(quote: QuoteContent, name: str, called: Mapping[str, str]) -> OrderContent:
    """Return the content of an order. `called`: article → its Chinese name."""
    off = discount_of(quote)
    return OrderContent(
        quote.currency,
        tuple(_line(one, quote.currency, called) for one in quote.lines),
        incoterm=f"{quote.incoterm} {quote.place}".strip(),
        quote=name,
        packing="; ".join(dict.fromkeys(one.packing for one in quote.lines if one.packing)),
        colour="; ".join(dict.fromkeys(one.colour for one in quote.lines if one.colour)),
        discount=off if off.amount else None,
        fees=tuple(Fee(one.kind, Money(one.amount, quote.currency), one.refund) for one in quote.fees),
        shipment=Shipment(loading=quote.port_of_loading),
        documents=CHECKLIST,
    )


def _line(line: QuoteLine, currency: str, called: Mapping[str, str]) -> OrderLine:
    return OrderLine(
        description=line.description,
        quantity=Decimal(line.quantity),
        unit=line.unit,
        price=Money(line.price, currency),
        sku=line.sku,
        customer_item=line.customer_item,
        description_zh=called.get(line.sku, ""),
        hs=line.hs,
        specification=", ".join(filter(None, (line.colour, line.packing))),
        free=Decimal(line.free),
        pcs_per_carton=line.pcs_per_carton,
    )
