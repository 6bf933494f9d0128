"""A sample on paper: the sheet for the factory, and the proforma that customs ask for with the parcel.

Room: domain. In: a sample, who we and the customer are, the document's language ("en", "zh"). Out: values of `domain.documents`. The words
here are the document's, whatever language the interface speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailcrm.domain.documents import CustomsInvoice, CustomsLine, Letterhead, Party, SampleSheet, Signature
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.samples.checklist import lines_of
from mailcrm.domain.samples.gates import listed
from mailcrm.domain.samples.kinds import Direction, Kind
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sheet import FIELD_WORDS
from mailcrm.domain.words import say

__all__ = ["Around", "customs_invoice", "sample_sheet"]

_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)\s*(.*)")
_FOR_CUSTOMS = ("true_value", "hs", "consignee", "consignee_tax_id", "consignee_phone")
_ZH_KINDS = {
    Kind.ORIGINAL: "原样（客样）",
    Kind.DEVELOPMENT: "开发样",
    Kind.SALES: "销售样",
    Kind.REFERENCE: "参考样",
    Kind.COUNTER: "回样",
    Kind.APPROVAL: "确认样",
    Kind.SEALED: "封样",
    Kind.KEPT_DUPLICATE: "留样",
    Kind.TEST: "测试样",
    Kind.SIZE_SET: "齐码样",
    Kind.PRE_PRODUCTION: "产前样",
    Kind.PRODUCTION: "大货样",
    Kind.SHIPMENT: "船样",
    Kind.LAB_DIP: "色样",
    Kind.STRIKE_OFF: "手刮样",
    Kind.STOCK: "现货样",
}
_EN_KINDS = {kind: kind.value.replace("_", " ").capitalize() for kind in Kind} | {
    Kind.PRE_PRODUCTION: "Pre-production",
    Kind.STRIKE_OFF: "Strike-off",
}
_DIRECTIONS = {
    ("en", Direction.OURS): "ours to customer",
    ("en", Direction.THEIRS): "customer's to us",
    ("zh", Direction.OURS): "我方 → 客户",
    ("zh", Direction.THEIRS): "客户 → 我方（来样）",
}
_PAYERS = {
    "en": {"us": "us", "customer": "customer", "shared": "shared"},
    "zh": {"us": "我方", "customer": "客户", "shared": "双方分担"},
}
_LINES = {
    "en": {"item": "Item", "material": "Material", "colour": "Colour", "size": "Size", "quantity": "Quantity"},
    "zh": {"item": "品名", "material": "材质", "colour": "颜色", "size": "尺寸", "quantity": "数量"},
}
_REASON = {"en": "sample for evaluation, not for resale", "zh": "样品，供评估，不转售"}
_ORIGIN = {"en": "China", "zh": "中国"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a document says beside the sample: who we are, the customer, the day, the zone of its hours, photos."""

    ours: Letterhead
    customer: str
    mail: str
    issued: date
    zone: str
    photos: tuple[bytes, ...] = ()


def sample_sheet(sample: Sample, around: Around, language: str) -> SampleSheet:
    """Return the sample sheet (打样单); a signature stands on it only where it holds."""
    sheet, quantity = sample.sheet, _quantity(sample.sheet.quantity)
    kinds = _ZH_KINDS if language == "zh" else _EN_KINDS
    signed = sample.signature if sample.is_signed else None
    named = _LINES[language]
    mark = "：" if language == "zh" else ": "
    freight = _PAYERS[language].get(sheet.freight_paid_by, "")
    return SampleSheet(
        ours=around.ours,
        number=sample.number,
        version=sample.version,
        issued=around.issued,
        customer=around.customer,
        item=sheet.item,
        quantity=quantity[0],
        unit=quantity[1],
        zone=around.zone,
        material=sheet.material,
        colour=sheet.colour,
        size=sheet.size,
        sample_kind=kinds[sheet.kind],
        direction=_DIRECTIONS[language, sheet.direction],
        purpose=sheet.purpose,
        needed_by=sheet.needed_by,
        sample_paid_by=_PAYERS[language].get(sheet.sample_paid_by, ""),
        freight_paid_by=" ".join(filter(None, (freight, sheet.collect_account))),
        checklist=tuple(f"{named[line.field]}{mark}{line.asked}" for line in lines_of(sheet)),
        photos=around.photos,
        photo_places=max(0, 2 - len(around.photos)),
        requested_by=sample.author,
        signature=Signature(signed.by, signed.at, signed.content) if signed else None,
    )


def customs_invoice(sample: Sample, around: Around, carrier: str, language: str) -> CustomsInvoice:
    """Return the proforma for customs, of the parcel's true value; RefusedByRule names what customs would ask for."""
    sheet = sample.sheet
    missing = [name for name in _FOR_CUSTOMS if not getattr(sheet, name)]
    if missing or sheet.true_value is None:
        raise RefusedByRule(
            say("Customs would ask for: {fields}.", fields=listed(FIELD_WORDS[name] for name in missing)),
            say("Fill it in: `mailcrm sample edit {number}`.", number=sample.number),
        )
    quantity, unit = _quantity(sheet.quantity)
    name, _comma, address = sheet.consignee.partition(",")
    line = CustomsLine(sheet.item, quantity, unit, sheet.true_value.amount, sheet.hs, sheet.material, _ORIGIN[language])
    return CustomsInvoice(
        ours=around.ours,
        number=sample.number,
        issued=around.issued,
        currency=sheet.true_value.currency,
        consignee=Party(
            name.strip(), address.strip(), phone=sheet.consignee_phone, mail=around.mail, tax_id=sheet.consignee_tax_id
        ),
        lines=(line,),
        sample=sample.name,
        carrier=carrier,
        waybill=sample.parcel.awb if sample.parcel else "",
        reason=_REASON[language],
        signed_by=sample.author,
    )


def _quantity(written: str) -> tuple[Decimal, str]:
    """Return number and unit of "3 pcs"; 1 and the words where there is no number."""
    found = _QUANTITY.fullmatch(written.strip())
    return (Decimal(found[1]), found[2].strip()) if found else (Decimal(1), written.strip())
