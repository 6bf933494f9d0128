"""Rows about our own companies: letterheads and bank accounts.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.queries.rows.deals import StepRow

__all__ = ["BankRow", "EntityRow", "PressedRow"]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A company of ours, "e1". `logo`: the kept file of its logo, None where there is none."""

    id: str
    name_en: str
    name_zh: str
    address_en: str
    address_zh: str
    phone: str
    mail: str
    web: str
    tax_id: str
    logo: str | None


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank account of ours, "b2", with the block that documents bear. `alone`: registered without a second person."""

    id: str
    entity: str
    state: str
    currency: str
    beneficiary: str
    account: str
    bank: str
    bank_address: str
    swift: str
    intermediary: str
    block: str
    proposed_by: str
    proposed_at: datetime
    registered_by: str
    registered_at: datetime | None
    alone: bool
    history: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class PressedRow:
    """Files that were written: a document, or a picture of each of its pages."""

    kind: str
    language: str
    paths: tuple[str, ...]
    sizes: tuple[int, ...]
    sha256s: tuple[str, ...]
