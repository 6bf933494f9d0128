"""Mails and threads: what they hold, where they came from, what ran on them.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.message import Authentication, Hop
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.people import ThereRow

__all__ = [
    "AlsoRow",
    "AttachmentRow",
    "ExplainRow",
    "LinkRow",
    "MessageRow",
    "NoteRow",
    "Person",
    "ProbableRow",
    "SavedRow",
    "SearchRow",
    "SuggestionRow",
    "ThreadRow",
    "TrustRow",
    "WarningRow",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a header."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class WarningRow:
    """Something about a mail that should make its reader careful; codes: ingest.warning_signs."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class TrustRow:
    """Where a mail came from: its route (the last hop first), who handed it to our server, verdicts, warnings, defects.

    `date` is what its sender's clock said, None where that can't be read; `arrived_at` what our server's did.
    """

    id: str
    from_: Person
    sender_host: str
    sender_ip: str
    hops: tuple[Hop, ...]
    authentication: Authentication | None
    warnings: tuple[WarningRow, ...]
    defects: tuple[str, ...]
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    reply_to: tuple[Person, ...] = ()
    subject: str = ""
    message_id: str = ""
    date: datetime | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of a mail: its words, where it leads, the host there.

    `misleads`: its words name another house; `foreign`: the host is written in letters that may look like others (it is shown as the
    network knows it); `opens`: a browser may be asked for it.
    """

    number: int
    shown: str
    url: str
    host: str
    misleads: bool
    foreign: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A file of a mail, or a kept one, that was written to `path`; `kind` is what it really is (domain.file_kinds)."""

    id: str
    path: str
    size: int
    sha256: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file in a stored mail; `index` is its place in the mail."""

    id: str
    filename: str
    safe_filename: str
    content_type: str
    size: int
    sha256: str
    inline: bool


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A mail of a thread; `body`, `reply`, `signature` and `attachments` are filled by `show` and the thread screen.

    `size` is in octets; `whole` is False where only the header was fetched of a mail that is too large. `outbox` is the outbox id and `delivery` the outbox state of a mail of ours that mailcrm sent ("" otherwise); "bounced" also where another program sent it and it came back. `waiting`: nobody has answered it yet, a clock runs for it. `channel`: no mail, but what was logged of a call, a chat or a visit.
    """

    id: str
    message_id: str
    from_: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    subject: str
    arrived_at: datetime
    side: str
    kind: str
    purpose: str
    gist: str
    history: bool
    kind_signals: tuple[str, ...] = ()
    body: str | None = None
    reply: str | None = None
    signature: str | None = None
    quoted_lines: int = 0
    attachments: tuple[AttachmentRow, ...] | None = None
    outbox: str = ""
    delivery: str = ""
    size: int = 0
    whole: bool = True
    warnings: tuple[WarningRow, ...] = ()
    channel: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class ProbableRow:
    """A thread that another one probably belongs to, by subject, party and time; no header says so."""

    thread_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What a person wrote down about a thread: a note, or (`channel`) that the customer was spoken with elsewhere."""

    id: str
    at: datetime
    by: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class AlsoRow:
    """Another open thread of the same customer; `shown` is the newest mail there, which `reply(also=…)` takes."""

    thread_id: str
    subject: str
    gist: str
    contact: str
    due: datetime
    shown: str


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with its mails in order of arrival, and the state of its most urgent turn.

    `leaves_at`: when a mail of ours that waits for that turn is handed over, `in_time` whether that is before its deadline.
    `there`: where the customer is ; None where nothing tells it, and where it was not asked.
    """

    id: str
    subject: str
    company: str | None
    company_id: str | None
    contact_id: str | None
    role: str
    participants: tuple[Person, ...]
    state: str
    result: str | None
    first_touch: str | None
    answered_at: datetime | None
    answered_by: str | None
    external: bool
    due: datetime | None
    reply_due: datetime | None
    account_id: str | None
    zone: str
    messages: tuple[MessageRow, ...]
    probable: tuple[ProbableRow, ...] = ()
    leaves_at: datetime | None = None
    in_time: bool | None = None
    notes: tuple[NoteRow, ...] = ()
    there: ThereRow | None = None


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """What a mail suggests to do, "j5", and why; `decide` answers it. `begins`: a sample, quote or order would be made."""

    id: str
    why: Sentence
    begins: bool


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """A line of the ledger behind a deadline."""

    at: datetime
    event: str
    message_id: str | None
    rule: Sentence
    effect: Sentence


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A hit: the mail `id`, in its thread."""

    id: str
    thread_id: str
    message_id: str
    subject: str
    from_: Person
    arrived_at: datetime
    snippet: str
