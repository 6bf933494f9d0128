"""Our own people: who works here, who stands in for whom, who is on duty on rest days."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["PersonRecord", "PresenceRecord"]


class PersonRecord(SQLModel, table=True):
    """One of us. `name` is what one types and what owns things (the login name); `address`, lower case, is where notices go.

    `manager` approves and is told of what stays undone; `deputy` is the name of who stands in where an absence names nobody.
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str = ""
    address: str = ""
    manager: bool = False
    deputy: str = ""


class PresenceRecord(SQLModel, table=True):
    """A span [since, until) in which a person is away (`kind` "away", with the deputy of that time) or on duty ("duty")."""

    __tablename__ = "presence"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    since: datetime = instant()
    until: datetime = instant()
    deputy: str = ""
