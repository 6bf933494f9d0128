"""Who stands on a document: we, with our letterhead, and the other side.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Content", "Letterhead", "Party"]

Content = Mapping[str, object]
"""What a template reads."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """One company of ours. `logo`: a picture (PNG or JPEG), b"" for none. Names and addresses in both languages where there are."""

    name_en: str
    name_zh: str = ""
    address_en: str = ""
    address_zh: str = ""
    phone: str = ""
    mail: str = ""
    web: str = ""
    tax_id: str = ""
    logo: bytes = b""

    def content(self, language: str) -> Content:
        """Return the names in the order of the document's language, and the address of that language where there is one."""
        chinese = language == "zh"
        names = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        first, second = names if names[0] else (names[1], "")
        address = (self.address_zh or self.address_en) if chinese else (self.address_en or self.address_zh)
        return {
            "name": first,
            "second_name": second,
            "address": address,
            "phone": self.phone,
            "mail": self.mail,
            "web": self.web,
            "tax_id": self.tax_id,
            "logo": self.logo,
        }


@dataclass(frozen=True, slots=True)
class Party:
    """The other side of a document: a company, where it is, and whom to ask for."""

    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    mail: str = ""
    tax_id: str = ""

    def content(self) -> Content:
        """Return the fields by name."""
        return {
            "name": self.name,
            "address": self.address,
            "contact": self.contact,
            "phone": self.phone,
            "mail": self.mail,
            "tax_id": self.tax_id,
        }
