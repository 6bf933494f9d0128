"""The rep's desk: accounts, checks, what was done, how things stand.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["AccountRow", "ActionRow", "DoctorRow", "Health"]


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
    """The status bar: accounts, outbox, next deadline, who holds the engine ("here", "elsewhere", "nobody").

    `notices`: the digests that whoever asks has not read; `newest_notice` is the last one's id.
    """

    accounts: tuple[AccountRow, ...]
    outbox: Mapping[str, int]
    quarantine: int
    next_due: datetime | None
    engine: str
    zone: str
    notices: int = 0
    newest_notice: str | None = None
