"""Our bank accounts: where customers pay to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["BankAccount"]


class BankAccount(SQLModel, table=True):
    """An account of one of our companies. Its details never change; who did what is in the history too (noun "bank_account").

    `state`: "proposed", "registered" or "withdrawn". `alone`: who proposed it registered it, for want of a second person.
    """

    __tablename__ = "bank_account"

    id: int | None = Field(default=None, primary_key=True)
    entity_id: int = Field(foreign_key="our_entity.id", index=True)
    beneficiary: str
    account: str
    bank: str
    bank_address: str = ""
    swift: str
    intermediary: str = ""
    currency: str
    state: str
    proposed_by: str
    proposed_at: datetime = instant()
    registered_by: str = ""
    registered_at: datetime | None = instant(nullable=True)
    alone: bool = False
