"""Words by which mails speak of quotes: our numbers, a request for a price, an order in a file's name.

Room: domain. The purpose of a mail (`domain.purposes`) tells most; this is what it doesn't look for.
"""

from __future__ import annotations

import re

__all__ = ["asks_for_price", "names_order", "quote_numbers"]

_NUMBER = re.compile(r"(?i)\bQUO-(\d{4})-(\d{4,8})\b")
_RFQ = re.compile(
    r"(?i)\b(?:rfq|request for (?:a )?quot\w*|quotation|(?:please|kindly|pls|could you|can you) quote|price (?:quote|offer|inquiry)"
    r"|(?:best|lowest|fob|cif|cfr|exw|fca|ddp) (?:\w{2,12} )?(?:price|offer)s?|price ?list"
    r"|cotizaci[oó]n|presupuesto|preisanfrage|angebot|devis|cota[cç][aã]o|or[cç]amento|preventivo|fiyat teklifi|коммерческ\w+ предложени\w+|запрос цен\w*)\b"
    r"|报价|询价|عرض سعر"
)
_ORDER = re.compile(
    r"(?i)(?:^|[\W_])(?:p\.?o\.?(?=[\W_\d]|$)|purchase[ _-]?order|order[ _-]?(?:confirmation|form)|bestellung|pedido|orden[ _-]?de[ _-]?compra|bon[ _-]?de[ _-]?commande|ordine|заказ)|订单|采购合同"
)
_READ = 20_000


def quote_numbers(text: str) -> frozenset[str]:
    """Return our quotes' numbers in a text, without their version."""
    return frozenset(f"QUO-{year}-{number}" for year, number in _NUMBER.findall(text[:_READ]))


def asks_for_price(text: str) -> bool:
    """Whether a subject or a first sentence asks for a quotation in so many words."""
    return bool(_RFQ.search(text[:_READ]))


def names_order(filename: str) -> bool:
    """Whether a file is called a purchase order."""
    return bool(_ORDER.search(filename[:200]))
