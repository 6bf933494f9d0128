"""What a sync, an import and another reading came to.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["AccountReport", "FolderRow", "ImportReport", "QuarantineRow", "RebuildReport", "RereadReport", "SyncReport"]


@dataclass(frozen=True, slots=True)
class FolderRow:
    """What a poll found in one folder: mails `fetched`, of them `new`, `duplicate` and `quarantined`.

    `old`: new ones that had been delivered elsewhere long before (a migration); they are history and open nothing.
    """

    name: str
    fetched: int
    new: int
    duplicate: int
    quarantined: int
    old: int = 0


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
class RebuildReport:
    """What making the turns anew came to: how many there are, and how many rows are others than before."""

    turns: int
    changed: int


@dataclass(frozen=True, slots=True)
class RereadReport:
    """What reading again came to: mails renewed, mails that left quarantine or stay, and what could not be read."""

    messages: int
    recovered: int
    still_unreadable: int
    errors: tuple[tuple[str, Sentence], ...]
