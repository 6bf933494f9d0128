"""Proposals: what a mail suggests to do, until a person says yes or no."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["ProposalRecord"]


class ProposalRecord(SQLModel, table=True):
    """A command that a mail suggests (domain.proposals), with the reason as a stored sentence.

    `identity` names what it is made of, so that the same mail suggests the same thing once, whatever was answered. `answer`: "",
    "yes", "no", "gone" (done otherwise), or "closed" (its writer is no customer now). `noun` and `noun_id`: the sample, quote or order that it is about, "" and 0 where that is to be made.
    """

    __tablename__ = "proposal"

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(unique=True)
    verb: str
    arguments: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    reason: str
    message_id: int = Field(foreign_key="message.id", index=True)
    noun: str = ""
    noun_id: int = 0
    at: datetime = instant()
    answer: str = Field(default="", index=True)
    answered_by: str = ""
    answered_at: datetime | None = instant(nullable=True)
