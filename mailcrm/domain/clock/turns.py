"""Turns: one unanswered customer demand each, made by replaying a thread's ledger.

Room: domain. In: the events of one thread in any order, a policy. Out: an `Account`: the turns (open and closed) and
the story, line by line, that `explain` prints. Pure: no database, no clock but the `now` that the caller passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["Account", "Line", "Turn"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One customer demand from its oldest unanswered mail to its answer.

    `opened_by` (the oldest inbound message's id) identifies it for good. `anchor` is that mail's arrival, `due` the
    deadline. `messages` are the inbound ids it holds, oldest first. `end` is "" while open, else "closed", "waived" or
    "void". `first_touch` and `result` are "met" or "late" ("" while unknown); `promise` "kept" or "broken".
    `promised_until` is the latest estimate, `extensions` how many followed the first. `looks_finished`: no demand in it.
    """

    opened_by: str
    anchor: datetime
    due: datetime
    messages: tuple[str, ...]
    sender: str
    party: str
    low: bool = False
    looks_finished: bool = False
    first_touch_at: datetime | None = None
    first_touch: str = ""
    promised_until: datetime | None = None
    extensions: int = 0
    promise: str = ""
    end: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    answered_by: str = ""
    result: str = ""
    external: bool = False
    bounced: bool = False
    late_arrivals: bool = False
    reason: str = ""
    policy_version: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story: what happened at `at`, the rule that it met, and what followed."""

    at: datetime
    event: str
    message: str
    rule: Sentence
    effect: Sentence


@dataclass(frozen=True, slots=True)
class Account:
    """What a ledger comes to: its turns by anchor, and the story."""

    turns: tuple[Turn, ...]
    story: tuple[Line, ...]
