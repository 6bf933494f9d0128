"""What an order says: its numbers, lines, money, shipment, documents and the letter of credit behind it.

Room: domain. In: what the quote and people say. Out: one value, its canonical JSON and the hash of that, so that a sheet for the factory and
a signature can tell whether anything was changed behind them. Amounts are text in JSON, days are ISO 8601.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mailcrm.domain.orders.codec import read_value, write_value
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.lc import LetterOfCredit
from mailcrm.domain.orders.terms import Requirements
from mailcrm.domain.trade.money import Money, price, total

__all__ = [
    "DOCUMENTS",
    "Document",
    "Extra",
    "Fee",
    "OrderContent",
    "OrderLine",
    "Progress",
    "Shipment",
    "Worked",
    "content_hash",
]

DOCUMENTS = ("invoice", "packing_list", "bl", "origin", "insurance", "inspection")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One article; `description_zh` is what the factory calls it. `free`: pieces on top that cost nothing."""

    description: str
    quantity: Decimal
    unit: str
    price: Money
    sku: str = ""
    customer_item: str = ""
    description_zh: str = ""
    hs: str = ""
    specification: str = ""
    free: Decimal = Decimal(0)
    pcs_per_carton: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """What is paid once beside the goods, and when it is paid back ("after 10,000 pcs")."""

    kind: str
    amount: Money
    refund: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """What the customer pays for a change behind the gate, and why."""

    on: date
    what: str
    amount: Money
    cause: str

    def __str__(self) -> str:
        return f"{self.amount}: {self.what} ({self.cause})"


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that the customer or the bank wants; one of DOCUMENTS, or a name of its own. `ready` None: not yet."""

    name: str
    ready: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the production is, told on a day; `ready_on`: when the goods will be ready."""

    on: date
    text: str
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """How the goods travel. `cut_off` is the terminal's, `si_cut_off` that of the shipping instructions."""

    forwarder: str = ""
    booking: str = ""
    vessel: str = ""
    loading: str = ""
    destination: str = ""
    si_cut_off: date | None = None
    cut_off: date | None = None
    etd: date | None = None
    eta: date | None = None
    container: str = ""
    declaration: str = ""
    bl_number: str = ""
    bl_kind: str = ""
    courier: str = ""
    waybill: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A version of the work order that was sent to departments: its number, the hash of what it said, who has acknowledged it."""

    version: int
    content_hash: str
    sent_on: date
    departments: tuple[str, ...]
    acknowledged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrderContent:
    """All that an order says; the rest is its milestones and changes."""

    currency: str
    lines: tuple[OrderLine, ...] = ()
    po_number: str = ""
    pi_number: str = ""
    sc_number: str = ""
    incoterm: str = ""
    terms: str = ""
    requirements: Requirements = field(default_factory=Requirements)
    quote: str = ""
    latest_shipment: date | None = None
    packing: str = ""
    mark: str = ""
    colour: str = ""
    pp_sample: str = ""
    special: str = ""
    discount: Money | None = None
    fees: tuple[Fee, ...] = ()
    extras: tuple[Extra, ...] = ()
    deposit: Claim | None = None
    balance: Claim | None = None
    lc: LetterOfCredit | None = None
    shipment: Shipment = field(default_factory=Shipment)
    documents: tuple[Document, ...] = ()
    progress: tuple[Progress, ...] = ()
    worksheets: tuple[Worked, ...] = ()
    release: str = ""
    released_by: str = ""

    @property
    def total(self) -> Money:
        """The price of the goods; fees and what changes cost stand apart."""
        goods = total(((one.price, one.quantity) for one in self.lines), self.currency)
        return price((goods - self.discount).amount, self.currency) if self.discount else goods

    @property
    def extra(self) -> Money:
        """What the customer pays for changes."""
        return total(((one.amount, 1) for one in self.extras), self.currency)

    @property
    def payable(self) -> Money:
        """What deposit and balance come to: the goods, and what changes cost."""
        return self.total + self.extra

    @property
    def known_as(self) -> str:
        """The number that the customer knows it by: his own, else ours of the PI or contract; "" where there is none."""
        return self.po_number or self.pi_number or self.sc_number

    def claim(self, part: str) -> Claim | None:
        """Return the deposit or the balance."""
        return self.deposit if part == "deposit" else self.balance

    def with_claim(self, part: str, claim: Claim | None) -> OrderContent:
        """Return it with another deposit or balance."""
        return replace(self, deposit=claim) if part == "deposit" else replace(self, balance=claim)

    def with_confirmed(self, part: str, value: str) -> OrderContent:
        """Return it with what packing, mark, colour or sample are to be."""
        return OrderContent.from_json({**self.to_json(), part: value})

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        written: dict[str, Any] = write_value(self)
        return written

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> OrderContent:
        """Return what `to_json` wrote; what a later release added has its default."""
        read = read_value(OrderContent, stored)
        assert isinstance(read, OrderContent)  # noqa: S101  (narrowing)
        return read

    def content_hash(self) -> str:
        """Return the SHA-256 of its canonical JSON."""
        return content_hash(self.to_json())


def content_hash(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of values as canonical JSON: sorted keys, no spaces, UTF-8."""
    written = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
