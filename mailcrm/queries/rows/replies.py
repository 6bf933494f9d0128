"""The report on replies.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.reports.replies import By, Figures, Group, MeasuredTurn
from mailcrm.domain.words import Sentence

__all__ = ["RepliesReport"]


@dataclass(frozen=True, slots=True)
class RepliesReport:
    """How fast the mails of a period were answered, as of `made_at`: in all, by group, and turn by turn, the oldest first.

    `turns` is empty where only figures were asked for.     `from_` and `to` are days in the office's `zone`, both inside. `notes` say how it is counted.
    """

    from_: date
    to: date
    zone: str
    made_at: datetime
    by: By
    total: Figures
    groups: tuple[Group, ...]
    turns: tuple[MeasuredTurn, ...]
    notes: tuple[Sentence, ...]
