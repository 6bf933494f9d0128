"""The rep's desk: accounts, checks, what was done, how things stand.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["AccountRow", "ActionRow", "DoctorRow", "Health", "ProviderRow"]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A mail account; no secret, only where it comes from ("none": there is none yet).

    `trouble` is about reading, `send_trouble` about sending, each with its mend. Until `next_try` its failing servers are left
    alone. `authserv_ids`: whose stamps about senders are believed. `oauth`: one
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
    send_trouble: Sentence | None = None

    @property
    def awaits_sign_in(self) -> bool:
        """Whether one signs in in the browser, and nobody has."""
        return self.oauth and self.secret == "none"  # noqa: S105  (a kind of secret)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider of mailboxes, as one address of it would be set up.

    `login`: what a program proves itself with: "password", "code" (made in the web mail) or "browser". `hint`: what to make,
    and where to click. `sign_in`: one can sign in in the browser; `registered` tells whether the settings know mailcrm's id
    there, [oauth.`section`]. `fits`: the address is one of its; `guessed`: nobody knows its servers, most call theirs so.
    """

    id: str
    name: Sentence
    domains: tuple[str, ...]
    imap: str
    smtp: str
    login: str
    hint: Sentence | None
    sign_in: bool
    registered: bool
    section: str
    fits: bool
    guessed: bool


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

    `holder` is the process that holds it, None where nobody does. `notices`: the digests that whoever asks has not read; `newest_notice` is the last one's id.
    """

    accounts: tuple[AccountRow, ...]
    outbox: Mapping[str, int]
    quarantine: int
    next_due: datetime | None
    engine: str
    zone: str
    notices: int = 0
    newest_notice: str | None = None
    holder: int | None = None
