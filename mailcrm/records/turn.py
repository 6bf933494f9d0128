"""Turns: the cache of what the ledger of a thread comes to (domain.clock.turns.Turn, column by column)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["TurnRecord"]


class TurnRecord(SQLModel, table=True):
    """One turn; `opened_by` is the message that identifies it for good. `deadline` is the promise or the due.

    `notice_at`: when to look next whether somebody is to be told of it; None where nobody is.
    """

    __tablename__ = "turn"

    opened_by: int = Field(foreign_key="message.id", primary_key=True)
    thread_id: int = Field(foreign_key="thread.id", index=True)
    anchor: datetime = instant()
    due: datetime = instant()
    messages: list[int] = Field(default_factory=list, sa_type=JSON)
    sender: str = ""
    party: str = ""
    low: bool = False
    looks_finished: bool = False
    first_touch_at: datetime | None = instant(nullable=True)
    first_touch: str = ""
    promised_until: datetime | None = instant(nullable=True)
    extensions: int = 0
    promise: str = ""
    supposed_by: str = ""
    supposed: str = ""
    end: str = Field(default="", index=True)
    ended_at: datetime | None = instant(nullable=True)
    ended_by: str = ""
    answered_by: str = ""
    result: str = ""
    external: bool = False
    bounced: bool = False
    late_arrivals: bool = False
    adopted: bool = False
    routed_at: datetime | None = instant(nullable=True)
    reason: str = ""
    policy_version: str = ""
    rule: str = ""
    calendar: str = ""
    domestic: bool = False
    seen_late: int = 0
    deadline: datetime = instant(index=True)
    notice_at: datetime | None = instant(nullable=True, index=True)
