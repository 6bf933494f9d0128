"""The proforma invoice (形式发票), and the invoice for customs that goes along with a sample.

Room: domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailcrm.domain.documents import figures
from mailcrm.domain.documents.parties import Content, Letterhead, Party
from mailcrm.domain.documents.quotation import Charge, QuotationLine, contents, volume
from mailcrm.domain.trade.in_words import in_chinese, in_english, places_of

__all__ = ["CustomsInvoice", "CustomsLine", "Instalment", "ProformaInvoice"]


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the price: "30 % deposit", how much, and when it is due in words ("within 7 days of this invoice")."""

    name: str
    amount: Decimal
    due: str = ""


@dataclass(frozen=True, slots=True)
class ProformaInvoice:
    """What the buyer pays a deposit by and opens a letter of credit on. `consignee` None: the buyer."""

    kind: ClassVar[str] = "proforma"

    ours: Letterhead
    number: str
    issued: date
    currency: str
    buyer: Party
    lines: tuple[QuotationLine, ...]
    consignee: Party | None = None
    purchase_order: str = ""
    quotation: str = ""
    incoterm: str = ""
    place: str = ""
    payment: str = ""
    charges: tuple[Charge, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    shipping_marks: str = ""
    latest_shipment: date | None = None
    port_of_loading: str = ""
    port_of_destination: str = ""
    country_of_origin: str = ""
    partial_shipment: str = ""
    transhipment: str = ""
    tolerance: str = ""
    packing: str = ""
    notes: tuple[str, ...] = ()
    bank: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of lines and charges."""
        amounts = [*(line.amount for line in self.lines), *(charge.amount for charge in self.charges)]
        return figures.total(amounts, self.currency)

    def content(self, language: str) -> Content:
        """Return what the template reads."""
        subtotal = figures.total([line.amount for line in self.lines], self.currency)
        return {
            "kind": self.kind,
            "ours": self.ours.content(language),
            "number": self.number,
            "issued": figures.day(self.issued, language),
            "currency": self.currency,
            "buyer": self.buyer.content(),
            "consignee": (self.consignee or self.buyer).content(),
            "consignee_is_buyer": self.consignee is None,
            "lines": contents(self.lines, self.currency, language),
            **volume(self.lines, language),
            "charges": [charge.content(self.currency, language) for charge in self.charges],
            "subtotal": figures.amount(subtotal, self.currency, language),
            "total": figures.amount(self.total, self.currency, language),
            "in_english": in_english(self.total, self.currency),
            "in_chinese": in_chinese(self.total, self.currency),
            "delivery_term": figures.term_of_delivery(self.incoterm, self.place),
            "latest_shipment": figures.day(self.latest_shipment, language),
            "instalments": [
                {"name": part.name, "amount": figures.amount(part.amount, self.currency, language), "due": part.due}
                for part in self.instalments
            ],
            **{name: getattr(self, name) for name in _AS_WRITTEN},
            "notes": list(self.notes),
        }


_AS_WRITTEN = (
    "purchase_order", "quotation", "payment", "shipping_marks", "port_of_loading", "port_of_destination", "country_of_origin",
    "partial_shipment", "transhipment", "tolerance", "packing", "bank",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """What lies in the parcel, at its true value: what it would cost, also where nobody pays for it."""

    description: str
    quantity: Decimal
    unit: str
    value: Decimal
    hs: str = ""
    material: str = ""
    origin: str = ""
    net_weight_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CustomsInvoice:
    """The proforma of a sample parcel, for customs. `reason`: why it is sent ("samples for evaluation, not for resale")."""

    kind: ClassVar[str] = "customs_invoice"

    ours: Letterhead
    number: str
    issued: date
    currency: str
    consignee: Party
    lines: tuple[CustomsLine, ...]
    sample: str = ""
    carrier: str = ""
    waybill: str = ""
    parcels: int | None = None
    gross_weight_kg: Decimal | None = None
    incoterm: str = ""
    place: str = ""
    reason: str = ""
    signed_by: str = ""

    @property
    def total(self) -> Decimal:
        """The value of the parcel."""
        return figures.total([line.value * line.quantity for line in self.lines], self.currency)

    def content(self, language: str) -> Content:
        """Return what the template reads."""
        places = figures.column_places((line.value for line in self.lines), places_of(self.currency))
        weight_places = figures.column_places((line.net_weight_kg for line in self.lines), 0)
        return {
            "kind": self.kind,
            "ours": self.ours.content(language),
            "number": self.number,
            "issued": figures.day(self.issued, language),
            "currency": self.currency,
            "consignee": self.consignee.content(),
            "lines": [
                {
                    "place": str(place),
                    "description": line.description,
                    "material": line.material,
                    "hs": line.hs,
                    "origin": line.origin,
                    "net_weight": figures.number(line.net_weight_kg, language, weight_places),
                    "quantity": figures.number(line.quantity, language),
                    "unit": line.unit,
                    "value": figures.price(line.value, language, places),
                    "amount": figures.amount(line.value * line.quantity, self.currency, language),
                }
                for place, line in enumerate(self.lines, 1)
            ],
            "total": figures.amount(self.total, self.currency, language),
            "in_english": in_english(self.total, self.currency),
            "in_chinese": in_chinese(self.total, self.currency),
            "delivery_term": figures.term_of_delivery(self.incoterm, self.place),
            "sample": self.sample,
            "carrier": self.carrier,
            "waybill": self.waybill,
            "parcels": figures.number(self.parcels, language),
            "gross_weight": figures.number(self.gross_weight_kg, language),
            "reason": self.reason,
            "signed_by": self.signed_by,
        }
