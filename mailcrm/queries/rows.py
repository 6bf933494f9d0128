"""The rows that screens and `--json` show: the vocabulary between the core and people.

Room: queries. Plain frozen values with the field names of the JSON output; ids are the stable strings "t12" (thread),
"m340" (message), "c7" (contact), "o5" (company), "x3" (outbox), "a1" (account), "q2" (quarantine), "l9" (action log).
Instants are aware UTC: the sink shows them in the account's zone. Text in these rows is untrusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.message import Authentication, Hop
from mailcrm.domain.words import Sentence

__all__ = [
    "AccountReport",
    "AccountRow",
    "ActionRow",
    "AttachmentRow",
    "CompanyRow",
    "ContactRow",
    "DoctorRow",
    "ExplainRow",
    "FolderRow",
    "Health",
    "ImportReport",
    "MessageRow",
    "OutboxRow",
    "Person",
    "Preview",
    "ProbableRow",
    "QuarantineRow",
    "RereadReport",
    "SearchRow",
    "SyncReport",
    "TemplateRow",
    "ThreadRow",
    "TrustRow",
    "WarningRow",
    "Worklist",
    "WorklistRow",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a header."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One thing to do (cli.md, "Worklist rows"); `id` is stable while the thing stands."""

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


@dataclass(frozen=True, slots=True)
class Worklist:
    """The rows of a view in order, and the head line's counts.

    `counts` has `needs_you broken chased complaints looks_finished unknown others handled_silently`.
    """

    view: str
    rows: tuple[WorklistRow, ...]
    counts: Mapping[str, int]
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class WarningRow:
    """Something about a mail that should make its reader careful; codes: ingest.warning_signs."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class TrustRow:
    """Where a mail came from: its route (the last hop first), who handed it to our server, verdicts, warnings, defects."""

    id: str
    from_: Person
    sender_host: str
    sender_ip: str
    hops: tuple[Hop, ...]
    authentication: Authentication | None
    warnings: tuple[WarningRow, ...]
    defects: tuple[str, ...]


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

    `size` is in octets; `whole` is False where only the header was fetched of a mail that is too large. `outbox` is the outbox id and `delivery` the outbox state of a mail of ours that mailcrm sent ("" otherwise).
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


@dataclass(frozen=True, slots=True)
class ProbableRow:
    """A thread that another one probably belongs to, by subject, party and time; no header says so."""

    thread_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with its mails in order of arrival, and the state of its most urgent turn."""

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
    """A hit."""

    thread_id: str
    message_id: str
    subject: str
    from_: Person
    arrived_at: datetime
    snippet: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An outgoing mail. `last_error` is for people; `held_until` ends the undo window or is the time to send."""

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
    body: str | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A mail account; no secret, only where it comes from ("none": there is none yet).

    Until `next_try` its failing servers are left alone. `authserv_ids`: whose stamps about senders are believed. `oauth`: one
    signs in in the browser instead of with a password.
    """

    id: str
    name: str
    imap: str
    smtp: str
    user: str
    secret: str
    own_addresses: tuple[str, ...]
    own_domains: tuple[str, ...]
    zone: str
    go_live: datetime
    folders: tuple[str, ...]
    skip_folders: tuple[str, ...]
    last_good_poll: datetime | None
    trouble: Sentence | None
    next_try: datetime | None = None
    authserv_ids: tuple[str, ...] = ()
    oauth: bool = False


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company and its people; the reasons tell from what mail, or by whom, role and country are known."""

    id: str
    name: str
    role: str
    country: str | None
    grade: str | None
    domains: tuple[str, ...]
    contacts: tuple[str, ...]
    open_turns: int
    role_reason: Sentence | None = None
    country_reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person we write with; role and country are the company's where it has any."""

    id: str
    name: str
    address: str
    company: str | None
    company_id: str | None
    role: str
    language: str
    away_until: datetime | None
    country: str | None = None
    country_reason: Sentence | None = None
    role_reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A mail template in one language; `variables` maps each to the question that asks the rep for it."""

    name: str
    language: str
    title: str
    purpose: str
    variables: Mapping[str, str]
    reasons: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail as it would leave: empty `missing` means that every variable is known."""

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


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """One check of the health page; `fix` is the mend where it failed."""

    check: str
    ok: bool
    detail: Sentence
    fix: Sentence | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An entry of the action log: who did what, and whether it was undone."""

    id: str
    at: datetime
    actor: str
    verb: str
    thread_id: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Health:
    """The status bar: accounts, outbox, next deadline, who holds the engine ("here", "elsewhere", "nobody")."""

    accounts: tuple[AccountRow, ...]
    outbox: Mapping[str, int]
    quarantine: int
    next_due: datetime | None
    engine: str
    zone: str


@dataclass(frozen=True, slots=True)
class FolderRow:
    """What a poll found in one folder: mails `fetched`, of them `new`, `duplicate` and `quarantined`."""

    name: str
    fetched: int
    new: int
    duplicate: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class AccountReport:
    """One account's poll; `error` says why it stopped (folders read before stand), `error_code` is its exit code or 0."""

    name: str
    folders: tuple[FolderRow, ...]
    seconds: float
    error: Sentence | None
    error_code: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """A poll of all accounts: one failing doesn't stop the others; `errors` are the accounts' ones again."""

    accounts: tuple[AccountReport, ...]
    new_messages: int
    errors: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Mails read from files; `errors` are pairs (file, why it couldn't be read)."""

    files: int
    new: int
    duplicate: int
    quarantined: int
    errors: tuple[tuple[str, Sentence], ...]


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A mail in quarantine. `state`: "open" or "ignored"; `raw`: how it begins, None in lists."""

    id: str
    arrived_at: datetime
    account: str | None
    size: int
    error: Sentence
    parser_version: str
    state: str
    zone: str
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class RereadReport:
    """What reading again came to: mails renewed, mails that left quarantine or stay, and what could not be read."""

    messages: int
    recovered: int
    still_unreadable: int
    errors: tuple[tuple[str, Sentence], ...]
