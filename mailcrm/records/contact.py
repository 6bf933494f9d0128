"""Contacts: the people we write with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Contact", "ContactTag"]


class Contact(SQLModel, table=True):
    """A person by address (lower case). `away_until`: an out-of-office said so; `role` only where no company has one.

    What mail tells (name, language, role, country, the latter two with a stored sentence that says why) stays as a person set
    it in the fields named in `by_person`. `honorific` is how he is addressed (Mr, Dr …); `zone` (IANA): where a person says that he is.
    """

    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(unique=True)
    name: str = ""
    company_id: int | None = Field(default=None, foreign_key="company.id", index=True)
    role: str = "unknown"
    role_reason: str | None = None
    country: str | None = None
    country_reason: str | None = None
    language: str = ""
    by_person: list[str] = Field(default_factory=list, sa_type=JSON)
    honorific: str | None = None
    zone: str | None = None
    away_until: datetime | None = instant(nullable=True)
    created_at: datetime = instant()


class ContactTag(SQLModel, table=True):
    """A word that people sort contacts by, beside those of their companies."""

    __tablename__ = "contact_tag"

    contact_id: int = Field(foreign_key="contact.id", primary_key=True)
    tag: str = Field(primary_key=True, index=True)
