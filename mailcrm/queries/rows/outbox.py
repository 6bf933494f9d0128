"""What leaves, and what it is made of.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailcrm.domain.checks import Check, Question
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.mail import Person

__all__ = ["DraftRow", "HoldRow", "LeavingRow", "OutboxRow", "Preview", "TemplateRow"]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An outgoing mail. `last_error` is for people; `held_until` ends the undo window or is the time to send.

    `leaves_at`: when it is next handed over, as far as is known, `leaves_there` the same by the customer's clock (ISO 8601) and
    `in_time` whether that is before the deadline. `unless_reply`: taken back where the customer writes first. `answered_by`: who
    answered the customer since it was written.
    `also` are the other threads that it answers, or the newest mails shown there. `attachments` are the paths that its author
    named; `checks` and `questions` are told by the command that wrote it, None elsewhere.
    """

    id: str
    message_id: str
    thread_id: str | None
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    state: str
    attempts: int
    held_until: datetime | None
    next_attempt: datetime | None
    last_error: Sentence | None
    sent_at: datetime | None
    estimate: datetime | None
    leaves_at: datetime | None = None
    leaves_there: str | None = None
    customer_zone: str | None = None
    customer_zone_reason: Sentence | None = None
    in_time: bool | None = None
    unless_reply: bool = False
    answered_by: str | None = None
    body: str | None = None
    attachments: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    checks: tuple[Check, ...] | None = None
    questions: tuple[Question, ...] | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A mail as far as it was written, to write on.

    `hold` is the estimate as it was typed, `estimate` what it meant then. `ticks`: the customer's questions that were ticked by
    hand (or not). `also` and `attachments` as in `OutboxRow`. `answered_by`: who answered the customer since it was begun.
    """

    id: str
    thread_id: str | None
    state: str
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    subject: str
    body: str
    template: str | None
    language: str | None
    variables: Mapping[str, str]
    attachments: tuple[str, ...]
    hold: str | None
    estimate: datetime | None
    also: tuple[str, ...]
    ticks: Mapping[str, bool]
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A mail template in one language; `variables` maps each to the question that asks the rep for it.

    `kinds`: "text", "number", "date" or "moment" of each; those in `optional` may stay empty.
    """

    name: str
    language: str
    title: str
    purpose: str
    variables: Mapping[str, str]
    reasons: tuple[str, ...]
    path: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would leave: empty `missing` means that every variable is known.

    `promised`: until when its text promises an answer, where it does so without being a holding reply. `defaults`: what is likely to
    be answered to what is missing.
    """

    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    from_: Person
    subject: str
    body: str
    quoted: str
    signature: str
    language: str
    missing: Mapping[str, str]
    seen_until: datetime | None
    checks: tuple[Check, ...] = ()
    questions: tuple[Question, ...] = ()
    promised: datetime | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """The mail that a verb would send, read out of its bytes. `files`: name and octets of each."""

    from_: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    subject: str
    body: str
    files: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One of many holding replies under review: the mail as it would leave until `estimate`, or the `problem` with it."""

    thread_id: str
    preview: Preview | None = None
    estimate: datetime | None = None
    problem: Sentence | None = None
