"""Companies and the domains they write from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Company", "CompanyDomain", "CompanyTag"]


class Company(SQLModel, table=True):
    """A party of the trade. `role`: domain.message.Role; `grade` A–E; `reply_within`: the time to answer that was agreed with it.

    `zone` (IANA): where a person says that it is; None: its mails tell.

    Role and country are suggested from mail, each with a stored sentence that says why, but for the fields named in
    `by_person`: those a person set, and they stay. Numbers are given once: that of a merged company comes back only with it.
    """

    __tablename__ = "company"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: str = "unknown"
    role_reason: str | None = None
    country: str | None = None
    country_reason: str | None = None
    grade: str | None = None
    reply_within: str | None = None
    zone: str | None = None
    by_person: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = instant()


class CompanyDomain(SQLModel, table=True):
    """A mail domain of a company (lower case, registrable part)."""

    __tablename__ = "company_domain"

    domain: str = Field(primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)


class CompanyTag(SQLModel, table=True):
    """A word that people sort companies by (`domain.tags`)."""

    __tablename__ = "company_tag"

    company_id: int = Field(foreign_key="company.id", primary_key=True)
    tag: str = Field(primary_key=True, index=True)
