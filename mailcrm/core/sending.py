"""Sending: the outbox is worked off, doubts are looked into, Sent copies are filed.

Room: core. Only the holder of the engine's lock calls this. One connection per account serves all of its mails; an account
whose server is away or refuses the login waits, the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from mailcrm.core.pipeline import resting, store_sent
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.mailboxes import sent_folder
from mailcrm.outbox.copies import file_copy, missing_copies
from mailcrm.outbox.doubt import doubt_orphans, due_looks, looked, mark_found
from mailcrm.outbox.drain import OnSent, deliver, due_rows
from mailcrm.ports import MailSource, RemoteMailbox
from mailcrm.records import MailAccount, Outgoing

__all__ = ["adopt_orphans", "file_copies", "look_into_doubts", "send_due"]


def adopt_orphans(world: World) -> int:
    """Put mails in doubt whose sender died while handing them over; return how many."""
    with world.store.begin() as session:
        return doubt_orphans(session, world.clock.now())


def send_due(world: World, only: Collection[int] | None = None) -> list[int]:
    """Send what is due (only the rows of `only` where given); return the ids that were tried."""
    with world.store.read() as session:
        due = [(i, a) for i, a in due_rows(session, world.clock.now()) if only is None or i in only]
    tried: list[int] = []
    for account_id, rows in _by_account(due).items():
        tried += _send_account(world, account_id, rows)
    if tried:
        file_copies(world)
    return tried


def _by_account(rows: list[tuple[int, int]]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for row_id, account_id in rows:
        grouped[account_id].append(row_id)
    return grouped


def _account(world: World, account_id: int) -> MailAccount:
    with world.store.read() as session:
        return session.get_one(MailAccount, account_id)


def _send_account(world: World, account_id: int, rows: list[int]) -> list[int]:
    transport = world.open_transport(_account(world, account_id))
    tried: list[int] = []
    try:
        for row_id in rows:
            tried.append(row_id)
            if deliver(world.store, row_id, transport, world.clock, _on_sent(world)) is not None:
                break
    finally:
        transport.close()
    return tried


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
    if resting(world, account):
        return
    try:
        source = world.open_source(account)
    except MailcrmError:
        return  # the poll of the account tells of it
    try:
        folder = _sent(source, account)
        if folder is not None:
            for row_id in rows:
                file_copy(
                    world.store, row_id, source, folder.raw_name, server_files_it=world.files_sent_itself(account)
                )
    except MailcrmError:
        return  # tried again at the next tick
    finally:
        source.close()


def _sent(source: MailSource, account: MailAccount) -> RemoteMailbox | None:
    return sent_folder(source.mailboxes(), account.sent_folder or None)


def look_into_doubts(world: World) -> None:
    """Look in Sent for the mails in doubt whose time to look has come."""
    with world.store.read() as session:
        due = due_looks(session, world.clock.now())
    for row_id, account_id, message_id in due:
        found = _is_in_sent(world, _account(world, account_id), message_id)
        if found is None:
            continue
        with world.store.begin() as session:
            row = session.get_one(Outgoing, row_id)
            if found and row.state == "in_doubt":
                row.copy_state = "found"
                mark_found(session, row, _on_sent(world))
            elif row.state == "in_doubt":
                looked(session, row_id, world.clock.now())


def _is_in_sent(world: World, account: MailAccount, message_id: str) -> bool | None:
    """Return whether Sent holds the mail; None where nobody could look."""
    try:
        source = world.open_source(account)
    except MailcrmError:
        return None
    try:
        folder = _sent(source, account)
        return None if folder is None else source.has_message(folder.raw_name, message_id)
    except MailcrmError:
        return None
    finally:
        source.close()
