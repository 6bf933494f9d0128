"""What there is to do.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["TaskRow", "Worklist", "WorklistRow"]


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One thing to do (cli.md, "Worklist rows"); `id` is stable while the thing stands.

    `snoozed_until`: out of every view but "all" until then. `leaves_at`: when a mail of ours that waits is next handed over,
    and `in_time` whether that is before the deadline. `seen_late_seconds`: so long after it arrived it was first seen.
    `routed_late_seconds`: how long it lay with a colleague. `overdue_office_seconds`: how much of `overdue_seconds` lies in our
    office hours. `newest_at`: when the newest mail of the turn arrived.
    """

    id: str
    ref: str
    band: str
    kind: str
    state: str
    why: Sentence
    rank: int = 0
    thread_id: str | None = None
    company: str | None = None
    contact: str | None = None
    country: str | None = None
    grade: str | None = None
    role: str = "unknown"
    purpose: str = "other"
    gist: str = ""
    subject: str = ""
    due: datetime | None = None
    reply_due: datetime | None = None
    overdue_seconds: int = 0
    arrived_at: datetime | None = None
    count: int = 1
    flags: tuple[str, ...] = ()
    suggested_template: str | None = None
    owner: str = ""
    snoozed_until: datetime | None = None
    leaves_at: datetime | None = None
    in_time: bool | None = None
    seen_late_seconds: int = 0
    routed_late_seconds: int = 0
    overdue_office_seconds: int = 0
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Something that somebody is to do; `source` names the line of a ledger that a rule made it of, "" for a person's own."""

    id: str
    title: Sentence
    thread_id: str | None
    contact_id: str | None
    contact: str | None
    due: datetime | None
    owner: str
    source: str
    created_at: datetime
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """The rows of a view in order, and the head line's counts; `folded` are the rows of the folded bands where a view shows none.

    `counts` has `needs_you broken chased complaints looks_finished unknown others handled_silently`.
    """

    view: str
    rows: tuple[WorklistRow, ...]
    counts: Mapping[str, int]
    next_due: datetime | None
    folded: tuple[WorklistRow, ...] = ()
