"""Companies and contacts, and where they are.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.words import Sentence

__all__ = ["CompanyRow", "ContactRow", "HolidayRow", "RecipientRow", "ThereRow"]


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A public holiday on a day on which people else work there."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class ThereRow:
    """Where a customer is, and her day there; `reason` tells how we know.

    `closed_by`: "" while the office is open, else "hours", "weekend" or "holiday". `local_time`: ISO 8601 with her offset.
    """

    time_zone: str
    place: str
    reason: Sentence
    local_time: str
    open: bool
    closed_by: str
    opens_at: datetime | None
    holidays: tuple[HolidayRow, ...]


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company and its people; the reasons tell from what mail, or by whom, role and country are known.

    `time_zone` (IANA): where a person says that it is.
    """

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
    tags: tuple[str, ...] = ()
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person we write with; role and country are the company's where it has any.

    `last_wrote_at` and `usual_pause_days` tell his rhythm (None: too few mails), `silent` that he breaks it.
    `honorific` is how he is addressed, `time_zone` (IANA) where a person says that he is, `tags` are his own.
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
    honorific: str | None = None
    time_zone: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Somebody whom a mail may go to."""

    name: str
    address: str
    company: str | None
