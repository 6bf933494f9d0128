"""Evidence: what the mails of a contact tell of him, kept, so that a new mail costs itself and not all that came before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

__all__ = ["Evidence"]


class Evidence(SQLModel, table=True):
    """What a contact's mails up to `upto` (a message's id) tell; `told` is as store.evidence writes it.

    A cache: a contact without a row is heard anew, from all his mails.
    """

    __tablename__ = "evidence"

    contact_id: int = Field(foreign_key="contact.id", primary_key=True)
    upto: int
    told: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
