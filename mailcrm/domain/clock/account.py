"""What a ledger comes to: turns, deadlines and the story.

Room: domain. Values only; `turns.replay` makes them, `states` reads them at an instant. All instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["Account", "Deadline", "Line", "Turn"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One customer demand from its oldest unanswered mail to its answer.

    `opened_by` (the oldest inbound message's id) identifies it for good. `anchor` is that mail's arrival, `due` the
    deadline. `messages` are the inbound ids it holds, oldest first. `end` is "" while open, else "closed", "waived" or
    "void"; `ended_by` is the key of the mail or decision that ended it, `answered_by` the person who is credited.
    `first_touch` and `result` are "met" or "late", `promise` "kept" or "broken" ("" while unknown; a promise that ran
    out with nothing after it is told by `states.state`). `promised_until` is the latest estimate, `extensions` how many
    followed the first. `looks_finished`: no demand in it. `low`: we are only in Cc. `bounced`: our latest reply to it
    came back. `supposed_by`: our mail which seems only to promise, by the sentence `supposed`, until a person has said so
    or not; `promised_until` is then a guess. `late_arrivals`: it arrived while an answer to something older was being written.
    `rule` is the stored sentence of the rule that gave `due`, `calendar` the days by which it was counted (`Office.calendar`).
    `domestic`: warned of as the domestic rule says. `seen_late`: seconds from the arrival until anybody could see it, 0 where
    that is as it should be.
    `adopted`: forgotten before mailcrm and taken up by a person, outside the figures. `routed_at`: when a colleague passed it on
    to us, None where it came by itself.
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
    supposed_by: str = ""
    supposed: str = ""
    end: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    answered_by: str = ""
    result: str = ""
    external: bool = False
    bounced: bool = False
    late_arrivals: bool = False
    adopted: bool = False
    routed_at: datetime | None = None
    reason: str = ""
    policy_version: str = ""
    rule: str = ""
    calendar: str = ""
    domestic: bool = False
    seen_late: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that ran: set at `since` for the instant `at`, met or replaced at `until` (None: it still runs).

    `turn` is the turn's `opened_by`; `promise` tells a promised instant from the first due; `domestic` is the turn's.
    """

    turn: str
    since: datetime
    at: datetime
    until: datetime | None
    promise: bool = False
    domestic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story: what happened at `at`, the rule that it met, and what followed.

    `message` is the key of the mail or decision that it is about. Instants stand as datetimes in the sentences' values
    until `story.localise` writes them for a zone.
    """

    at: datetime
    event: str
    message: str
    rule: Sentence
    effect: Sentence


@dataclass(frozen=True, slots=True)
class Account:
    """What a ledger comes to: its turns by anchor, the story in order, and every deadline that ran."""

    turns: tuple[Turn, ...]
    story: tuple[Line, ...]
    deadlines: tuple[Deadline, ...] = ()
