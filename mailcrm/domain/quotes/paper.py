"""A quote as the page that the customer gets.

Room: domain. In: a content with our letterhead, the customer, photos. Out: a `Quotation` (domain.documents). The words of a page are those of its own
language, which needn't be that of the screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mailcrm.domain.documents import Charge, Letterhead, Party, Quotation, QuotationLine
from mailcrm.domain.documents.figures import day
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.working import discount_of
from mailcrm.domain.trade.incoterms import TERMS
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.trade.shares import percent

__all__ = ["PageFacts", "quotation_of"]

_WORDS = {
    "en": {
        "discount": "Discount {percent}",
        "free": "{description} (free of charge)",
        "tooling": "Tooling",
        "sample": "Sample fee",
        "freight": "The freight holds until {day}.",
        "draft": "DRAFT – no offer before we send it",
    },
    "zh": {
        "discount": "折扣 {percent}",
        "free": "{description}（赠品）",
        "tooling": "模具费",
        "sample": "样品费",
        "freight": "运费有效期至{day}。",
        "draft": "草稿 – 发送前不构成报价",
    },
}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page shows besides the content. `photos`: by the id that a line names; `draft`: it isn't ready, and the page says so."""

    number: str
    version: int
    issued: date
    ours: Letterhead
    customer: Party
    prepared_by: str = ""
    reference: str = ""
    photos: Mapping[str, bytes] = field(default_factory=dict)
    draft: bool = False


def quotation_of(content: QuoteContent, facts: PageFacts, language: str) -> Quotation:
    """Return the page of a quote in "en" or "zh"."""
    words = _WORDS["zh" if language == "zh" else "en"]
    off = discount_of(content).amount
    discount = [Charge(words["discount"].format(percent=percent(content.discount)), -off)] if off else []
    notes = [words["draft"]] if facts.draft else []
    if content.freight_until is not None and content.incoterm in TERMS and TERMS[content.incoterm].freight:
        notes.append(words["freight"].format(day=day(content.freight_until, language)))
    return Quotation(
        ours=facts.ours,
        number=facts.number,
        version=facts.version,
        issued=facts.issued,
        valid_until=content.valid_until or facts.issued,
        zone=content.zone,
        currency=content.currency,
        customer=facts.customer,
        lines=tuple(line for each in content.lines for line in _lines(each, facts, words)),
        incoterm=content.incoterm,
        place=content.place,
        payment=parse_payment(content.payment).printed(language) if content.payment else "",
        lead_time=content.lead_time,
        lead_time_from=content.lead_from,
        tolerance=content.tolerance,
        warranty=content.warranty,
        packing="; ".join(dict.fromkeys(line.packing for line in content.lines if line.packing)),
        port_of_loading=content.port_of_loading,
        excluded=content.excluded,
        charges=tuple(discount),
        fees=tuple(Charge(words.get(fee.kind, fee.kind), fee.amount, fee.refund) for fee in content.fees),
        notes=(*notes, *filter(None, content.remarks.splitlines())),
        reference=facts.reference,
        bank=content.bank,
        prepared_by=facts.prepared_by,
    )


def _lines(line: QuoteLine, facts: PageFacts, words: Mapping[str, str]) -> Iterator[QuotationLine]:
    described = ", ".join(filter(None, [line.description, line.colour]))
    yield QuotationLine(
        sku=line.sku,
        description=described,
        quantity=Decimal(line.quantity),
        unit=line.unit,
        price=line.price,
        customer_item=line.customer_item,
        hs=line.hs,
        pieces_per_carton=line.pcs_per_carton,
        cbm=line.cbm,
        moq=Decimal(line.moq) if line.moq is not None else None,
        photo=facts.photos.get(line.photo, b""),
    )
    if line.free:
        free = words["free"].format(description=described or line.sku)
        yield QuotationLine(line.sku, free, Decimal(line.free), line.unit, Decimal(0))
