"""Companies and the domains they write from."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Company", "CompanyDomain"]


class Company(SQLModel, table=True):
    """A party of the trade. `role`: domain.message.Role; `grade` A–E; `confirmed`: a person looked at it."""

    __tablename__ = "company"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: str = "unknown"
    country: str | None = None
    grade: str | None = None
    confirmed: bool = False
    created_at: datetime = instant()


class CompanyDomain(SQLModel, table=True):
    """A mail domain of a company (lower case, registrable part)."""

    __tablename__ = "company_domain"

    domain: str = Field(primary_key=True)
    company_id: int = Field(foreign_key="company.id", index=True)
