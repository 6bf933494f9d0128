"""What ended turns were judged by: the part of a turn that no later setting, grade or calendar changes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["Judgement"]


class Judgement(SQLModel, table=True):
    """The deadline of a turn as it stood when the turn first ended, and the version of the policy that gave it.

    `rule` is the rule that gave it (a stored sentence), `calendar` the days that it was counted by, in a short name.
    `opened_by`: the message that identifies the turn. Written once: dropping the turns and making them anew gives the same.
    """

    __tablename__ = "judgement"

    opened_by: int = Field(foreign_key="message.id", primary_key=True)
    due: datetime = instant()
    policy_version: str
    rule: str = ""
    calendar: str = ""
