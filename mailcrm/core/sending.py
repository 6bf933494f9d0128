"""Sending: the outbox is worked off, doubts are looked into, Sent copies are filed.

Room: core. Only the holder of the engine's lock calls this. One connection per account serves all of its mails that may leave
now; an account whose server is away or refuses the login waits, the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mailcrm.core.pipeline import resting, store_sent
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.mailboxes import sent_folder
from mailcrm.domain.outbox import Status
from mailcrm.domain.sending_queue import free_slots, rests
from mailcrm.outbox.copies import file_copy, missing_copies
from mailcrm.outbox.doubt import doubt_orphans, due_looks, looked, mark_found
from mailcrm.outbox.drain import OnSent, deliver, due_rows
from mailcrm.ports import MailSource, RemoteMailbox
from mailcrm.records import MailAccount, Outgoing
from mailcrm.store.dispatches import queue_of

__all__ = ["adopt_orphans", "file_copies", "held_back", "look_into_doubts", "send_due"]

_INBOX = b"INBOX"
_RATED = timedelta(minutes=2)


def adopt_orphans(world: World) -> int:
    """Put mails in doubt whose sender died while handing them over; return how many."""
    with world.store.begin() as session:
        return doubt_orphans(session, world.clock.now())


def send_due(world: World, only: Collection[int] | None = None) -> list[int]:
    """Send what is due; return the ids that were tried.

    `only`: the rows that a person sends by hand. They wait neither for the rate nor for a server that lately let nobody in:
    what was wrong may just have been mended.
    """
    with world.store.read() as session:
        due = [(i, a) for i, a in due_rows(session, world.clock.now()) if only is None or i in only]
    tried: list[int] = []
    for account_id, rows in _by_account(due).items():
        account = _account(world, account_id)
        if only is not None:
            tried += _send_account(world, account, rows)
        elif not rests(queue_of(account), world.clock.now()):
            tried += _send_account(world, account, rows[: _free(world, account)])
    if tried:
        file_copies(world)
    return tried


def held_back(world: World) -> int:
    """Return how many mails are due and wait for the rate, or for a server that is left alone for a while."""
    with world.store.read() as session:
        return len(due_rows(session, world.clock.now()))


def _by_account(rows: list[tuple[int, int]]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for row_id, account_id in rows:
        grouped[account_id].append(row_id)
    return grouped


def _account(world: World, account_id: int) -> MailAccount:
    with world.store.read() as session:
        return session.get_one(MailAccount, account_id)


def _send_account(world: World, account: MailAccount, rows: list[int]) -> list[int]:
    if not rows:
        return []
    transport = world.open_transport(account)
    tried: list[int] = []
    try:
        for row_id in rows:
            tried.append(row_id)
            if deliver(world.store, row_id, transport, world.clock, _on_sent(world)) is not None:
                break
    finally:
        transport.close()
    return tried


def _free(world: World, account: MailAccount) -> int | None:
    """Return how many mails may leave the account in this run, the others wait for the ticks to come; None: all.

    What counts stands in the rows, whoever sent them and when.
    """
    rate, now = world.settings.send.rate_per_minute, world.clock.now()
    if not rate:
        return None
    with world.store.read() as session:
        left = select(Outgoing.sending_at).where(
            col(Outgoing.account_id) == account.id, col(Outgoing.sending_at) > now - _RATED
        )
        return free_slots([at for at in session.exec(left) if at is not None], rate, now)


def _on_sent(world: World) -> OnSent:
    def stored(session: Session, row: Outgoing) -> None:
        store_sent(world, session, row)

    return stored


def file_copies(world: World) -> None:
    """File the Sent copies that are missing; what fails is tried at the next tick."""
    with world.store.read() as session:
        missing = missing_copies(session)
    for account_id, rows in _by_account(missing).items():
        _file_account(world, _account(world, account_id), rows)


def _file_account(world: World, account: MailAccount, rows: list[int]) -> None:
    def work(source: MailSource) -> None:
        folder = _sent(source, account)
        if folder is not None:
            for row_id in rows:
                file_copy(
                    world.store, row_id, source, folder.raw_name, server_files_it=world.files_sent_itself(account)
                )

    _at_the_server(world, account, work)


def _at_the_server(world: World, account: MailAccount, work: Callable[[MailSource], None]) -> None:
    """Do `work` at the account's server; what fails is tried at the next tick, and the account's poll tells of it."""
    if resting(world, account):
        return
    try:
        source = world.open_source(account)
    except MailcrmError:
        return
    try:
        work(source)
    except MailcrmError:
        return
    finally:
        source.close()


def _sent(source: MailSource, account: MailAccount) -> RemoteMailbox | None:
    return sent_folder(source.mailboxes(), account.sent_folder or None)


def look_into_doubts(world: World) -> None:
    """Look for the mails in doubt whose time to look has come; one connection for all of an account."""
    now = world.clock.now()
    with world.store.read() as session:
        due = due_looks(session, now)
    by_account: dict[int, list[Outgoing]] = defaultdict(list)
    for row in due:
        by_account[row.account_id].append(row)
    for account_id, rows in by_account.items():
        _look_for(world, _account(world, account_id), rows, now)


def _look_for(world: World, account: MailAccount, rows: list[Outgoing], now: datetime) -> None:
    """Look for mails of one account; where nobody can look, that isn't a look."""

    def work(source: MailSource) -> None:
        folder = _sent(source, account)
        places = [_INBOX] if folder is None else [folder.raw_name, _INBOX]
        for row in rows:
            here = any(source.has_message(place, row.message_id, row.reference) for place in places)
            _settle(world, row.id or 0, here=here, now=now)

    _at_the_server(world, account, work)


def _settle(world: World, row_id: int, *, here: bool, now: datetime) -> None:
    with world.store.begin() as session:
        row = session.get_one(Outgoing, row_id)
        if row.state != Status.IN_DOUBT:
            return  # a person was quicker
        if here:
            mark_found(session, row, _on_sent(world))
        else:
            looked(session, row, now)
