"""Companies and contacts.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["CompanyRow", "ContactRow", "RecipientRow"]


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company and its people; the reasons tell from what mail, or by whom, role and country are known."""

    id: str
    name: str
    role: str
    country: str | None
    grade: str | None
    domains: tuple[str, ...]
    contacts: tuple[str, ...]
    open_turns: int
    role_reason: Sentence | None = None
    country_reason: Sentence | None = None
    reply_within: str | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person we write with; role and country are the company's where it has any.

    `last_wrote_at` and `usual_pause_days` tell his rhythm (None: too few mails), `silent` that he breaks it.
    """

    id: str
    name: str
    address: str
    company: str | None
    company_id: str | None
    role: str
    language: str
    away_until: datetime | None
    country: str | None = None
    country_reason: Sentence | None = None
    role_reason: Sentence | None = None
    last_wrote_at: datetime | None = None
    usual_pause_days: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Somebody whom a mail may go to."""

    name: str
    address: str
    company: str | None
