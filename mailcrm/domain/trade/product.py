"""Products: what we sell, with everything that a quote, a sample or a customs form asks of it.

Room: domain. In: values as people type them or as a table says them, or the JSON that a record keeps. Out: a `Product`, its JSON and its hash.
Percentages are parts of one (13 % is 0.13), a carton is "60x40x30" in cm, its weights are in kg, its volume in m³. The names of carton
data are those of a quote's line.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.sheets import Cell
from mailcrm.domain.trade.cells import day_in, decimal_in, quantity_in, text_in
from mailcrm.domain.words import say

__all__ = [
    "EDITABLE",
    "Certificate",
    "Product",
    "StandardAnswer",
    "checked_sku",
    "with_answer",
    "with_certificate",
    "with_values",
]

_LONGEST_SKU = 60
_CUBIC_CM = Decimal(1_000_000)
_CARTON = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:cm)?\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(?:cm)?\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(?:cm)?", re.IGNORECASE
)
_HS = re.compile(r"\d{4,13}")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a body certifies of the product; `expires`: the last day on which it does, None: for good, or nobody knows."""

    name: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """What we say to a question that every customer asks."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Product:
    """An item of ours. `photo`: a kept file, "kf12"; `refund_rate`: of the tax, where its HS code has no table of rates."""

    sku: str
    name_en: str = ""
    name_zh: str = ""
    photo: str = ""
    specification: str = ""
    material: str = ""
    hs: str = ""
    refund_rate: Decimal | None = None
    unit: str = ""
    pcs_per_carton: int | None = None
    carton: str = ""
    cbm: Decimal | None = None
    net_weight: Decimal | None = None
    gross_weight: Decimal | None = None
    moq: int | None = None
    lead_time: str = ""
    certificates: tuple[Certificate, ...] = ()
    answers: tuple[StandardAnswer, ...] = ()

    @property
    def volume(self) -> Decimal | None:
        """A carton's volume in m³: as it was given, else that of its size."""
        if self.cbm is not None or not self.carton:
            return self.cbm
        length, width, height = map(Decimal, self.carton.split("x"))
        return length * width * height / _CUBIC_CM

    def expired(self, day: date) -> tuple[Certificate, ...]:
        """Return the certificates that don't hold on `day` any more."""
        return tuple(one for one in self.certificates if one.expires is not None and one.expires < day)

    def to_json(self) -> dict[str, Any]:
        """Return JSON values: Decimals as strings, days as ISO."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Product:
        """Return the product that `to_json` gave; what an earlier release didn't know is empty."""
        known = {field.name: stored[field.name] for field in fields(Product) if field.name in stored}
        for name in _DECIMALS:
            known[name] = Decimal(known[name]) if known.get(name) is not None else None
        certificates = tuple(
            Certificate(one["name"], date.fromisoformat(one["expires"]) if one.get("expires") else None)
            for one in known.pop("certificates", ())
        )
        answers = tuple(StandardAnswer(one["question"], one["answer"]) for one in known.pop("answers", ()))
        return Product(**known, certificates=certificates, answers=answers)

    def content_hash(self) -> str:
        """Return the sha256 of the canonical JSON."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


_DECIMALS = ("refund_rate", "cbm", "net_weight", "gross_weight")


def checked_sku(given: str) -> str:
    """Return an item number; UsageError for none, or for what nobody would call a number."""
    sku = " ".join(unicodedata.normalize("NFKC", given).split())
    if not sku or len(sku) > _LONGEST_SKU or not sku.isprintable():
        raise UsageError(
            say("{given} is no item number.", given=sku[:_LONGEST_SKU] or "—"),
            say("Write it as you print it, such as VB-50."),
        )
    return sku


def _hs_in(cell: Cell) -> str:
    code = re.sub(r"[\s.]", "", text_in(cell))
    if code and not _HS.fullmatch(code):
        raise UsageError(
            say("{given} is no HS code.", given=text_in(cell)), say("Write its digits, such as 8481804090.")
        )
    return code


def _rate_in(cell: Cell) -> Decimal | None:
    """Return a rate as a part of one: 0.13 for "13%", "13" and 0.13."""
    text = unicodedata.normalize("NFKC", text_in(cell)).strip()
    if not text:
        return None
    rate = decimal_in(text.removesuffix("%").strip()) or Decimal(0)
    rate = rate / _PERCENT if text.endswith("%") or rate >= 1 else rate
    if rate > 1:
        raise UsageError(say("{given} is no rate.", given=text), say("Write it in percent, such as 13%."))
    return rate


def _carton_in(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", text_in(cell))
    found = _CARTON.fullmatch(text)
    if text and not found:
        raise UsageError(say("{given} is no size of a carton.", given=text), say("Write it in cm, such as 60x40x30."))
    return "x".join(found.groups()) if found else ""


def _measure_in(cell: Cell) -> Decimal | None:
    text = unicodedata.normalize("NFKC", text_in(cell)).lower()
    value = decimal_in(re.sub(r"\s*(?:kgs?|m3|cbm)$", "", text)) if text else None
    if value is not None and value <= 0:
        raise UsageError(
            say("{given} is not above zero.", given=text), say("Write a number above zero, or leave it empty.")
        )
    return value


def _count_in(cell: Cell) -> int | None:
    return quantity_in(cell) if text_in(cell) else None


def _certificates_in(cell: Cell) -> tuple[Certificate, ...]:
    """Return the certificates of a list: "CE 2027-05-01; RoHS"."""
    found = []
    for part in re.split(r"[;；,，、\n]", text_in(cell) if not isinstance(cell, str) else cell):
        words = part.split()
        if words:
            dated = len(words) > 1 and words[-1][:1].isdigit()
            found.append(Certificate(" ".join(words[:-1] if dated else words), day_in(words[-1]) if dated else None))
    return tuple(found)


EDITABLE: Mapping[str, Callable[[Cell], Any]] = {
    "name_en": text_in,
    "name_zh": text_in,
    "specification": text_in,
    "material": text_in,
    "hs": _hs_in,
    "refund_rate": _rate_in,
    "unit": text_in,
    "pcs_per_carton": _count_in,
    "carton": _carton_in,
    "cbm": _measure_in,
    "net_weight": _measure_in,
    "gross_weight": _measure_in,
    "moq": _count_in,
    "lead_time": text_in,
    "certificates": _certificates_in,
}
"""What can be set by its name, and what reads the value; an empty one takes it away."""


def with_values(product: Product, values: Mapping[str, Cell]) -> Product:
    """Return the product with these fields as given; UsageError names a field that there isn't, or a value that can't be read."""
    unknown = next((name for name in values if name not in EDITABLE), None)
    if unknown is not None:
        raise UsageError(
            say("A product has no field {name}.", name=unknown), say("It has: {known}.", known=", ".join(EDITABLE))
        )
    changed = replace(product, **{name: EDITABLE[name](value) for name, value in values.items()})
    if (
        changed.net_weight is not None
        and changed.gross_weight is not None
        and changed.net_weight > changed.gross_weight
    ):
        raise UsageError(
            say(
                "The net weight {net} kg is above the gross weight {gross} kg.",
                net=changed.net_weight,
                gross=changed.gross_weight,
            ),
            say("Look which of the two is which."),
        )
    return changed


def with_certificate(product: Product, given: str) -> Product:
    """Return the product with one more certificate, in place of an earlier one of its name: "CE 2027-05-01"."""
    fresh = _certificates_in(given)
    names = {one.name.casefold() for one in fresh}
    kept = tuple(one for one in product.certificates if one.name.casefold() not in names)
    return replace(product, certificates=(*kept, *fresh))


def with_answer(product: Product, question: str, answer: str) -> Product:
    """Return the product with an answer to a question, in place of an earlier one; an empty answer takes it away."""
    asked, told = text_in(question), answer.strip()
    if not asked:
        raise UsageError(
            say("The question is missing."), say('Write it before the answer: `--answer "Is it halal?=Yes."`.')
        )
    kept = tuple(one for one in product.answers if one.question.casefold() != asked.casefold())
    return replace(product, answers=(*kept, StandardAnswer(asked, told)) if told else kept)
