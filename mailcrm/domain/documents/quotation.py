"""The quotation (报价单).

Room: domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailcrm.domain.documents import figures
from mailcrm.domain.documents.parties import Content, Letterhead, Party
from mailcrm.domain.trade.in_words import places_of

__all__ = ["Charge", "Quotation", "QuotationLine", "contents", "volume"]

_LITRE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class QuotationLine:
    """One product. `price` is already rounded to the quote's step; `cbm` is that of one carton. `photo`: PNG or JPEG, b"" for none."""

    sku: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    customer_item: str = ""
    hs: str = ""
    pieces_per_carton: int | None = None
    cbm: Decimal | None = None
    moq: Decimal | None = None
    photo: bytes = b""

    @property
    def amount(self) -> Decimal:
        """Price times quantity, unrounded."""
        return self.price * self.quantity

    @property
    def cartons(self) -> Decimal | None:
        """How many cartons it fills, the last one perhaps not whole; None where nobody knows."""
        return figures.cartons(self.quantity, self.pieces_per_carton)

    def content(self, place: int, currency: str, language: str, places: int) -> Content:
        """Return the texts of line number `place`; its price has `places` decimals."""
        return {
            "place": str(place),
            "sku": self.sku,
            "customer_item": self.customer_item,
            "description": self.description,
            "hs": self.hs,
            "quantity": figures.number(self.quantity, language),
            "unit": self.unit,
            "price": figures.price(self.price, language, places),
            "amount": figures.amount(self.amount, currency, language),
            "pieces_per_carton": figures.number(self.pieces_per_carton, language),
            "cbm": figures.number(self.cbm, language),
            "moq": figures.number(self.moq, language),
            "photo": self.photo,
        }


def contents(lines: Sequence[QuotationLine], currency: str, language: str) -> list[Content]:
    """Return the texts of lines, in order; all prices have the same number of decimals."""
    places = figures.column_places((line.price for line in lines), places_of(currency))
    return [line.content(place, currency, language, places) for place, line in enumerate(lines, 1)]


def volume(lines: Sequence[QuotationLine], language: str) -> Content:
    """Return how many cartons and cubic metres the goods are; "" where that isn't known of every line: half a sum misleads."""
    cartons = [line.cartons for line in lines]
    space = [None if line.cartons is None or line.cbm is None else line.cartons * line.cbm for line in lines]
    known, cubic = [each for each in cartons if each is not None], [each for each in space if each is not None]
    return {
        "cartons": figures.number(sum(known, Decimal(0)), language) if len(known) == len(lines) else "",
        "volume": figures.number(sum(cubic, Decimal(0)).quantize(_LITRE), language) if len(cubic) == len(lines) else "",
    }


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount beside the lines: freight, insurance, a discount (negative), a tooling or sample fee. `note`: when it is refunded."""

    name: str
    amount: Decimal
    note: str = ""

    def content(self, currency: str, language: str) -> Content:
        """Return the texts."""
        return {"name": self.name, "amount": figures.amount(self.amount, currency, language), "note": self.note}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One version of a quotation. It ends with the day `valid_until` in `zone`, which is printed beside it.

    `charges` are part of the total; `fees` (tooling, samples) are paid besides and stand apart. `lead_time_from`: the event that the lead
    time counts from. `bank`: the registered block (`domain.trade.bank_block`), printed as it is. `prepared_by`: who answers for it.
    """

    kind: ClassVar[str] = "quotation"

    ours: Letterhead
    number: str
    version: int
    issued: date
    valid_until: date
    zone: str
    currency: str
    customer: Party
    lines: tuple[QuotationLine, ...]
    incoterm: str = ""
    place: str = ""
    payment: str = ""
    lead_time: str = ""
    lead_time_from: str = ""
    moq: str = ""
    tolerance: str = ""
    warranty: str = ""
    packing: str = ""
    port_of_loading: str = ""
    excluded: tuple[str, ...] = ()
    charges: tuple[Charge, ...] = ()
    fees: tuple[Charge, ...] = ()
    notes: tuple[str, ...] = ()
    reference: str = ""
    bank: str = ""
    prepared_by: str = ""

    @property
    def subtotal(self) -> Decimal:
        """The sum of the lines."""
        return figures.total([line.amount for line in self.lines], self.currency)

    @property
    def total(self) -> Decimal:
        """The sum of lines and charges."""
        return self.subtotal + figures.total([charge.amount for charge in self.charges], self.currency)

    def content(self, language: str) -> Content:
        """Return what the template reads."""
        return {
            "kind": self.kind,
            "ours": self.ours.content(language),
            "number": f"{self.number}/v{self.version}",
            "issued": figures.day(self.issued, language),
            "valid_until": figures.day(self.valid_until, language),
            "zone": figures.time_zone(self.valid_until, self.zone, language),
            "reference": self.reference,
            "currency": self.currency,
            "customer": self.customer.content(),
            "lines": contents(self.lines, self.currency, language),
            **volume(self.lines, language),
            "charges": [charge.content(self.currency, language) for charge in self.charges],
            "fees": [fee.content(self.currency, language) for fee in self.fees],
            "subtotal": figures.amount(self.subtotal, self.currency, language),
            "total": figures.amount(self.total, self.currency, language),
            "delivery_term": figures.term_of_delivery(self.incoterm, self.place),
            **{name: getattr(self, name) for name in _AS_WRITTEN},
            "excluded": list(self.excluded),
            "notes": list(self.notes),
        }


_AS_WRITTEN = (
    "port_of_loading", "payment", "lead_time", "lead_time_from", "moq", "tolerance", "warranty", "packing", "bank", "prepared_by",
)  # fmt: skip
