"""Rows about how the work lies on our people.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["LoadRow", "TeamLoad", "WorstRow"]


@dataclass(frozen=True, slots=True)
class WorstRow:
    """The customer who waits longest: whose deadline, or promise, is the earliest. `overdue_seconds` is 0 before it."""

    thread_id: str
    company: str | None
    contact: str | None
    subject: str
    state: str
    due: datetime
    overdue_seconds: int


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What one of us has in hand; `name` is "" for what belongs to nobody, `colleague` False for who isn't written down.

    `counts` has `open overdue broken chased complaints at_risk promised unconfirmed`: customers' demands, without those that look
    finished, as the list of this person shows them. `standing_in` of `open` are another's who is away. `counted` mails that
    came since `TeamLoad.from_` are behind the percentages, which are None without any. `stands_in`: who does the work now.
    """

    name: str
    display_name: str
    colleague: bool
    manager: bool
    counts: Mapping[str, int]
    standing_in: int
    worst: WorstRow | None
    counted: int
    in_time_percent: float | None
    by_holding_percent: float | None
    away_until: datetime | None
    deputy: str
    stands_in: str


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """All of us, the worst first; `total` counts each demand once. The percentages are about the days `from_` to `to`."""

    from_: date
    to: date
    total: Mapping[str, int]
    rows: tuple[LoadRow, ...]
