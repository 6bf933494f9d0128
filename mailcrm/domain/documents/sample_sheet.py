"""The sample sheet (打样单): what the factory is to make, and who signed for it.

Room: domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from mailcrm.domain.documents import figures
from mailcrm.domain.documents.parties import Content, Letterhead

__all__ = ["SampleSheet", "Signature"]

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when (aware), and the hash of what was signed."""

    who: str
    at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One version of a sample request. `sample_kind`, `direction` and the like are words of the sheet's language.

    `checklist`: what is looked at when it is made, made of the spec lines. `photos`: what it looked like; `photo_places`: how many empty
    places are left for those that are still to come. `zone`: in which the signature's hour is written.
    """

    kind: ClassVar[str] = "sample_sheet"

    ours: Letterhead
    number: str
    version: int
    issued: date
    customer: str
    item: str
    quantity: Decimal
    unit: str
    zone: str
    customer_item: str = ""
    material: str = ""
    colour: str = ""
    size: str = ""
    packing: str = ""
    sample_kind: str = ""
    direction: str = ""
    purpose: str = ""
    needed_by: date | None = None
    sample_paid_by: str = ""
    freight_paid_by: str = ""
    requirements: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    photos: tuple[bytes, ...] = ()
    photo_places: int = 2
    requested_by: str = ""
    signature: Signature | None = None

    def content(self, language: str) -> Content:
        """Return what the template reads."""
        signed = self.signature
        return {
            "kind": self.kind,
            "ours": self.ours.content(language),
            "number": f"{self.number}/v{self.version}",
            "issued": figures.day(self.issued, language),
            "quantity": f"{figures.number(self.quantity, language)} {self.unit}".strip(),
            "needed_by": figures.day(self.needed_by, language),
            **{name: getattr(self, name) for name in _AS_WRITTEN},
            "requirements": list(self.requirements),
            "checklist": list(self.checklist),
            "photos": list(self.photos),
            "photo_places": self.photo_places,
            "signature": {
                "who": signed.who,
                "at": figures.moment(signed.at, self.zone, language),
                "hash": signed.content_hash[:_SHORT],
            }
            if signed
            else None,
        }


_AS_WRITTEN = (
    "customer", "customer_item", "item", "material", "colour", "size", "packing", "sample_kind", "direction", "purpose",
    "sample_paid_by", "freight_paid_by", "requested_by",
)  # fmt: skip
