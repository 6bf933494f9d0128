"""The record of a folder: found again by its name, or under a new one, and its numbers trusted or not.

Room: ingest. In: a folder as the server lists and opens it. Out: the id of its `Mailbox` row and the UIDVALIDITY under which
its mails are known from now on. Where that is another one than before, the watermark starts anew (and `rebinding` recognises
what is known). Network first, then one short transaction.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from mailcrm.domain.mailboxes import role
from mailcrm.domain.watermark import Watermark
from mailcrm.ingest.rebinding import numbers_hold
from mailcrm.ports import MailboxState, MailSource, RemoteMailbox
from mailcrm.records import Location, Mailbox
from mailcrm.store.bulk import rows, table_of
from mailcrm.store.engine import Store

__all__ = ["open_folder", "watermarks"]

_mailbox = table_of(Mailbox).c
_WATERMARKS = columns(
    _mailbox.raw_name,
    _mailbox.name,
    _mailbox.special_use,
    _mailbox.uidvalidity,
    _mailbox.low_uid,
    _mailbox.high_uid,
    _mailbox.skipped,
).where(_mailbox.account_id == bindparam("account"))


def watermarks(store: Store, account_id: int) -> dict[bytes, Watermark]:
    """Return how far each folder of the account was read, by its raw name."""
    with store.read() as session:
        found = rows(session, _WATERMARKS, account=account_id)
    return {raw_name: Watermark(*told) for raw_name, *told in found}


def open_folder(
    store: Store,
    source: MailSource,
    *,
    account_id: int,
    folder: RemoteMailbox,
    state: MailboxState,
    listed: Collection[bytes],
) -> tuple[int, int]:
    """Return (id of the record, UIDVALIDITY); `folder` is examined, `listed` are the raw names of all folders.

    A server that tells no UIDVALIDITY, or 0, may renumber at any time: the newest known mails are compared, and the count
    goes down by one where they are others.
    """
    told = None if state.uidvalidity in (None, 0) else state.uidvalidity
    with store.read() as session:
        known = _named(session, account_id, folder.raw_name)
        gone = [] if known or told is None else _gone(session, account_id, told, listed)
    if known is None:
        known = next((row for row in gone if numbers_hold(store, source, row.id or 0, row.uidvalidity or 0)), None)
    trusted = known is not None and known.uidvalidity is not None and told in (None, known.uidvalidity)
    if known is not None and told is None:
        trusted = trusted and numbers_hold(store, source, known.id or 0, known.uidvalidity or 0)
    if known is not None and trusted and _is(known, folder):
        return known.id or 0, known.uidvalidity or 0  # as it was: a poll that finds nothing writes nothing
    with store.begin() as session:
        row = session.get_one(Mailbox, known.id) if known else Mailbox(account_id=account_id, raw_name=b"", name="")
        row.raw_name, row.name, row.special_use = folder.raw_name, folder.name, role(folder)
        session.add(row)
        session.flush()
        assert row.id is not None  # noqa: S101  (flush gave it one)
        if not trusted:
            _renumber(session, row, told)
        return row.id, row.uidvalidity or 0


def _is(row: Mailbox, folder: RemoteMailbox) -> bool:
    return (row.raw_name, row.name, row.special_use) == (folder.raw_name, folder.name, role(folder))


def _named(session: Session, account_id: int, raw_name: bytes) -> Mailbox | None:
    here = select(Mailbox).where(col(Mailbox.account_id) == account_id, col(Mailbox.raw_name) == raw_name)
    return session.exec(here).first()


def _gone(session: Session, account_id: int, uidvalidity: int, listed: Collection[bytes]) -> list[Mailbox]:
    """Return records of folders that are listed no more and had this UIDVALIDITY: one may have been renamed."""
    here = select(Mailbox).where(col(Mailbox.account_id) == account_id, col(Mailbox.uidvalidity) == uidvalidity)
    filled = select(Location.id).where(col(Location.mailbox_id) == col(Mailbox.id), Location.uidvalidity == uidvalidity)
    return [row for row in session.exec(here.where(filled.exists())) if row.raw_name not in listed]


def _renumber(session: Session, row: Mailbox, told: int | None) -> None:
    """Start the watermark anew; a number that was used before is freed of what it meant then."""
    lowest = session.exec(select(func.min(Location.uidvalidity)).where(col(Location.mailbox_id) == row.id)).one()
    unused = 0 if lowest is None else min(lowest, 1) - 1
    if told is not None:
        again = update(Location).where(col(Location.mailbox_id) == row.id, col(Location.uidvalidity) == told)
        session.execute(again.values(uidvalidity=unused))
    row.uidvalidity = unused if told is None else told
    row.low_uid, row.high_uid, row.skipped = None, None, []
    session.add(row)
