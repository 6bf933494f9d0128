"""Steps: the one history of samples, quotes and orders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Step"]


class Step(SQLModel, table=True):
    """What became of a sample, quote or order: who, when, from which state to which, and by what it is shown.

    `noun` and `noun_id` say of what ("sample", 3). `evidence`: the JSON of domain.steps.Evidence; `reason`: a stored sentence.
    Rows are only added.
    """

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_noun", "noun", "noun_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str
    noun_id: int
    at: datetime = instant()
    actor: str
    from_state: str
    to_state: str
    evidence: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    reason: str | None = None
