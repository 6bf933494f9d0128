"""What a product record fills in on a quote, where nobody typed anything else.

Room: domain. In: a line or a content, and the products that it offers. Out: the same with carton data, HS code, MOQ, description, photo, unit,
and the lead time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.typed import lead_time_of
from mailcrm.domain.trade.product import Product

__all__ = ["with_lead_time", "with_product"]

_CARTON = ("carton", "cbm", "pcs_per_carton", "net_weight", "gross_weight")
_DAYS = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "m": 30, "月": 30}
_LONG = re.compile(r"(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?(?:个)?\s*(?:working\s+|工作)?([dwm天周月日])", re.IGNORECASE)


def with_product(line: QuoteLine, product: Product) -> QuoteLine:
    """Return the line, what is empty filled in. Carton data is filled in as a whole: ours don't go with a size that somebody typed."""
    line = replace(
        line,
        description=line.description or product.name_en or product.name_zh,
        unit=line.unit or product.unit,
        hs=line.hs or product.hs,
        photo=line.photo or product.photo,
        moq=line.moq if line.moq is not None else product.moq,
    )
    if any(getattr(line, name) for name in _CARTON):
        return line
    return replace(
        line,
        carton=product.carton,
        cbm=product.volume,
        pcs_per_carton=product.pcs_per_carton,
        net_weight=product.net_weight,
        gross_weight=product.gross_weight,
    )


def with_lead_time(content: QuoteContent, products: Iterable[Product]) -> QuoteContent:
    """Return the content with the longest lead time of its products, where it has none: the goods leave together."""
    told = [product.lead_time for product in products if product.lead_time]
    if content.lead_time or not told:
        return content
    length, event = lead_time_of(max(told, key=_days))
    return replace(content, lead_time=length, lead_from=content.lead_from or event)


def _days(told: str) -> int:
    """Return how many days a lead time is, roughly; 0 where it can't be read."""
    found = _LONG.search(told)
    if found is None:
        return 0
    return int(found[2] or found[1]) * _DAYS[found[3].lower()]
