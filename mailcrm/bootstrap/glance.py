"""A glance whether there is new mail at all: most calls of `mailcrm sync` find none, and cost no more than to see that.

Room: bootstrap. In: a home on SQLite. Out: the report of a sync that found nothing, or None where anything is new, unusual or in
trouble: then the whole sync looks, with everything that it has to say. Beside the first paint this is the other place that reads
plain DB-API rows: loading the records costs more than the mailbox does. It writes what such a sync writes: when it looked.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mailcrm.bootstrap.homes import check_home, database_url
from mailcrm.bootstrap.places import packaged
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.mailboxes import junk_folders, to_read
from mailcrm.domain.watermark import Watermark

if TYPE_CHECKING:
    from mailcrm.core.settings import Settings
    from mailcrm.queries.rows import FolderRow, SyncReport

__all__ = ["nothing_new"]

_ACCOUNTS = """
    SELECT id, name, imap_url, smtp_url, user, secret_kind, secret_ref, oauth, only_folders, skip_folders FROM account
    WHERE removed_at IS NULL ORDER BY id
"""
_FOLDERS = (
    "SELECT raw_name, name, special_use, uidvalidity, low_uid, high_uid, skipped FROM mailbox WHERE account_id = ?"
)
_UNDECIDED = "SELECT 1 FROM outgoing WHERE state IN ('sending', 'in_doubt') LIMIT 1"
_LOOKED = """
    UPDATE account SET last_good_poll = ?, trouble = NULL, trouble_since = NULL, failures = 0, next_try = NULL WHERE id = ?
"""


@dataclass(frozen=True, slots=True)
class _Account:
    """An account's row, as the columns of `_ACCOUNTS`."""

    id: int
    name: str
    imap_url: str
    smtp_url: str
    user: str
    secret_kind: str
    secret_ref: str
    oauth: bool
    only_folders: str
    skip_folders: str


class _Unusual(Exception):
    """Something that the whole sync has to look at."""


def nothing_new(home: Path, account: str | None) -> SyncReport | None:
    """Return the report of a sync of `account` (None: of all) that found nothing; None where that isn't so for certain."""
    from mailcrm.adapters.calendar import public_days
    from mailcrm.adapters.calendar_file import own_days
    from mailcrm.adapters.clock import system_zone
    from mailcrm.core.settings import load_settings
    from mailcrm.store.filelock import lock_file, take

    check_home(home)
    settings = load_settings(packaged("config") / "mailcrm.toml", home / "mailcrm.toml", os.environ)
    settings.policy(settings.office_hours(system_zone(), public_days, partial(own_days, home)))  # a mistake is told
    database = Path(database_url(home).removeprefix("sqlite:///"))
    if settings.database.url or not database.exists():
        return None
    try:
        with (
            lock_file(home).open("a+", encoding="ascii") as lock,
            closing(sqlite3.connect(database, timeout=5)) as records,
        ):
            return _look(home, settings, records, account) if take(lock) else None
    except (_Unusual, MailcrmError, sqlite3.Error, OSError):
        return None


def _look(home: Path, settings: Settings, records: sqlite3.Connection, name: str | None) -> SyncReport:
    from mailcrm.adapters.clock import SystemClock
    from mailcrm.queries.rows import AccountReport, SyncReport
    from mailcrm.store import HEAD

    (schema,) = records.execute("SELECT version_num FROM alembic_version").fetchone()
    chosen = [one for row in records.execute(_ACCOUNTS) if (one := _Account(*row)) and name in (None, one.name)]
    # A sign-in in the browser is renewed by whoever connects: once is enough.
    if schema != HEAD or not chosen or any(one.oauth for one in chosen) or records.execute(_UNDECIDED).fetchone():
        raise _Unusual
    reports = []
    for one in chosen:
        began = time.monotonic()
        folders = _folders_without_news(home, settings, records, one)
        reports.append(AccountReport(one.name, folders, time.monotonic() - began, None, 0))
        with records:
            records.execute(_LOOKED, (_stored(SystemClock().now()), one.id))
    return SyncReport(tuple(reports), 0, ())


def _folders_without_news(
    home: Path, settings: Settings, records: sqlite3.Connection, account: _Account
) -> tuple[FolderRow, ...]:
    """Return the folders that are read, each with nothing in it that isn't stored."""
    from mailcrm.adapters.secrets.store import SecretStore
    from mailcrm.bootstrap.world import Servers
    from mailcrm.ports import AccountLogin
    from mailcrm.queries.rows import FolderRow

    login = AccountLogin(
        name=account.name,
        imap_url=account.imap_url,
        smtp_url=account.smtp_url,
        user=account.user,
        secret_kind=account.secret_kind,
        secret_ref=account.secret_ref,
        oauth=bool(account.oauth),
    )
    known = {
        raw_name: Watermark(name, special_use, uidvalidity, low, high, json.loads(skipped))
        for raw_name, name, special_use, uidvalidity, low, high, skipped in records.execute(_FOLDERS, (account.id,))
    }
    chosen = (json.loads(account.only_folders), json.loads(account.skip_folders))
    with closing(Servers(SecretStore(home), settings).source_of(login)) as source:
        listing = source.mailboxes()
        folders = [*to_read(listing, *chosen), *junk_folders(listing, *chosen)]
        for folder in folders:
            uidvalidity, stored = source.examine(folder.raw_name).uidvalidity, known.get(folder.raw_name)
            top = stored.top(folder, uidvalidity) if stored else None
            if top is None or source.uids(top + 1):
                raise _Unusual
    return tuple(FolderRow(folder.name, 0, 0, 0, 0, 0) for folder in folders)


def _stored(at: datetime) -> str:
    """Return an instant as `records.columns` keeps it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"
