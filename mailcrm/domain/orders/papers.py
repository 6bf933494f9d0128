"""An order as pages: the proforma that the customer signs, the work order that the factory works by.

Room: domain. In: a content with our letterhead, the customer, the bank block. Out: documents (domain.documents). The words of a page are those of its own
language, which needn't be that of the screens; the work order names no price and no customer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailcrm.domain.documents import Charge, Instalment, Letterhead, Party, ProformaInvoice, QuotationLine
from mailcrm.domain.documents.work_order import WorkOrder, WorkOrderLine
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.content import OrderContent, OrderLine
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.worksheet import worksheet
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.words import say

__all__ = ["PageFacts", "proforma_of", "work_order_of"]

_WORDS = {
    "en": {
        "discount": "Discount",
        "change": "{what} ({cause})",
        "free": "{description} (free of charge)",
        "tooling": "Tooling",
        "sample": "Sample fee",
        "fee": "{kind}: {amount}, apart from the total",
        "refunded": "{fee}; paid back {when}",
        "deposit": "Deposit",
        "balance": "Balance",
        "on": "on {day}",
        "as_sample": "As the pre-production sample {sample}",
        "production": "Start of production",
        "produced": "Goods ready",
        "inspection": "Inspection",
        "shipment": "Latest shipment",
    },
    "zh": {
        "discount": "折扣",
        "change": "{what}（{cause}）",
        "free": "{description}（赠品）",
        "tooling": "模具费",
        "sample": "样品费",
        "fee": "{kind}：{amount}，不含在总额内",
        "refunded": "{fee}；返还：{when}",
        "deposit": "定金",
        "balance": "余款",
        "on": "{day}",
        "as_sample": "按产前样 {sample} 生产",
        "production": "开工",
        "produced": "交货",
        "inspection": "验货",
        "shipment": "最迟装运",
    },
}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page shows besides the content. `bank`: our registered block, to the byte; `due`: of the milestones, by name.

    `departments`: who is to acknowledge a work order that went to nobody yet.
    """

    number: str
    issued: date
    ours: Letterhead
    customer: Party
    customer_code: str
    due: Mapping[str, date]
    bank: str = ""
    prepared_by: str = ""
    departments: tuple[str, ...] = ()


def proforma_of(content: OrderContent, facts: PageFacts, language: str) -> ProformaInvoice:
    """Return the proforma in "en" or "zh"; RefusedByRule without goods, terms or, where money is to come by T/T, an account of ours."""
    if not content.lines or not content.terms:
        raise RefusedByRule(
            say("{order} has no goods or no payment terms yet.", order=facts.number),
            say("Say them first: `mailcrm order edit ID --line … --terms …`."),
        )
    if not facts.bank and not content.requirements.lc:
        raise RefusedByRule(
            say("No account of ours in {currency} is registered.", currency=content.currency),
            say("`mailcrm bank` registers one, with two persons; a proforma names no other account."),
        )
    words = _words(language)
    lines = tuple(line for one in content.lines for line in _lines(one, words))
    term, _, place = content.incoterm.partition(" ")
    return ProformaInvoice(
        ours=facts.ours,
        number=content.pi_number or facts.number,
        issued=facts.issued,
        currency=content.currency,
        buyer=facts.customer,
        lines=lines,
        purchase_order=content.po_number,
        quotation=content.quote,
        incoterm=term,
        place=place,
        payment=parse_payment(content.terms).printed(language),
        charges=tuple(_charges(content, words)),
        instalments=tuple(_instalments(content, words)),
        shipping_marks=content.mark,
        latest_shipment=content.latest_shipment,
        port_of_loading=content.shipment.loading,
        port_of_destination=content.shipment.destination,
        packing=content.packing,
        notes=(*filter(None, content.special.splitlines()), *_fees(content, words)),
        bank=facts.bank,
    )


def work_order_of(content: OrderContent, facts: PageFacts, language: str) -> WorkOrder:
    """Return the work order; its version is that of the sheet (`worksheet`)."""
    words = _words(language)
    sheet = worksheet(facts.number, content, dict(facts.due))
    told = {name: facts.due.get(name) for name in ("production", "produced", "inspection")}
    told["shipment"] = content.latest_shipment
    return WorkOrder(
        ours=facts.ours,
        number=facts.number,
        version=sheet.version,
        issued=facts.issued,
        customer_code=facts.customer_code,
        lines=tuple(_made(one, language) for one in content.lines),
        order=content.po_number,
        shipping_marks=content.mark,
        packing=content.packing,
        colour=content.colour,
        requirements=(
            *filter(None, content.special.splitlines()),
            *([words["as_sample"].format(sample=content.pp_sample)] if content.pp_sample else []),
        ),
        dates=tuple((words[name], day) for name, day in told.items() if day),
        departments=content.worksheets[-1].departments if content.worksheets else facts.departments,
        prepared_by=facts.prepared_by,
    )


def _words(language: str) -> Mapping[str, str]:
    return _WORDS["zh" if language == "zh" else "en"]


def _lines(line: OrderLine, words: Mapping[str, str]) -> Iterator[QuotationLine]:
    yield QuotationLine(
        sku=line.sku,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price.amount,
        customer_item=line.customer_item,
        hs=line.hs,
        pieces_per_carton=line.pcs_per_carton,
    )
    if line.free:
        free = words["free"].format(description=line.description or line.sku)
        yield QuotationLine(line.sku, free, line.free, line.unit, Decimal(0))


def _instalments(content: OrderContent, words: Mapping[str, str]) -> Iterator[Instalment]:
    parts: tuple[tuple[str, Claim | None], ...] = (("deposit", content.deposit), ("balance", content.balance))
    for name, claim in parts:
        if claim is not None:
            due = words["on"].format(day=claim.due) if claim.due else ""
            yield Instalment(words[name], claim.amount.amount, due)


def _charges(content: OrderContent, words: Mapping[str, str]) -> Iterator[Charge]:
    if content.discount:
        yield Charge(words["discount"], -content.discount.amount)
    for one in content.extras:
        yield Charge(words["change"].format(what=one.what, cause=one.cause), one.amount.amount)


def _fees(content: OrderContent, words: Mapping[str, str]) -> Iterator[str]:
    """Yield what is paid beside the goods; it stands apart from their total, as in the quote."""
    for fee in content.fees:
        told = words["fee"].format(kind=words.get(fee.kind, fee.kind), amount=fee.amount)
        yield words["refunded"].format(fee=told, when=fee.refund) if fee.refund else told


def _made(line: OrderLine, language: str) -> WorkOrderLine:
    called = line.description_zh if language == "zh" else ""
    return WorkOrderLine(
        sku=line.sku,
        description=called or line.description,
        quantity=line.quantity + line.free,
        unit=line.unit,
        customer_item=line.customer_item,
        packing=line.specification,
        pieces_per_carton=line.pcs_per_carton,
    )
