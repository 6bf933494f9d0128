"""Fetching the whole of a mail of which only the header was read, because it is larger than `[sync] oversize_mb`.

Room: core. In: a message. Out: its thread, with text and files filled in. Any process may do it: no engine's lock is needed.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.core.pipeline import after_batch
from mailcrm.core.world import World
from mailcrm.domain.errors import NotFound, ParseError
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.preparing import Arriving, Door
from mailcrm.ingest.receivers import own_servers
from mailcrm.ingest.taking_over import complete
from mailcrm.ports import FetchedMail
from mailcrm.queries.rows import ThreadRow
from mailcrm.queries.threads import thread
from mailcrm.records import Location, MailAccount, Mailbox, Message
from mailcrm.store.finding import number

__all__ = ["fetch_whole"]


def fetch_whole(world: World, *, message: str) -> tuple[Sentence, ThreadRow]:
    """Fetch the whole of message "m12"; NotFound where the server has it no more. One that is whole stays as it is."""
    message_id = number(message, "m", "message")
    with world.store.read() as session:
        row = session.get_one(Message, message_id)
        places = [] if row.whole else _places(session, message_id)
    if row.whole:
        return say("The mail is here whole."), _shown(world, row.thread_id)
    for account, mailbox, uid in places:
        mail = _fetched(world, account, mailbox, uid)
        if mail is not None:
            _fill_in(world, message_id, account, mail)
            return say("The whole mail was fetched."), _shown(world, row.thread_id)
    raise NotFound(
        say("The mail lies where it was on the server no more."),
        say("Run `mailcrm sync`, then try again: it may have been moved to another folder."),
    )


def _places(session: Session, message_id: int) -> list[tuple[MailAccount, Mailbox, int]]:
    """Return where copies of the mail lie under numbers that still hold."""
    found = session.exec(
        select(MailAccount, Mailbox, Location.uid)
        .join(Mailbox, col(Mailbox.account_id) == col(MailAccount.id))
        .join(Location, col(Location.mailbox_id) == col(Mailbox.id))
        .where(
            col(Location.message_id) == message_id,
            col(Location.uidvalidity) == col(Mailbox.uidvalidity),
            col(MailAccount.removed_at).is_(None),
        )
    )
    return list(found)


def _fetched(world: World, account: MailAccount, mailbox: Mailbox, uid: int) -> FetchedMail | None:
    source = world.open_source(account)
    try:
        told = source.examine(mailbox.raw_name).uidvalidity
        if mailbox.uidvalidity is not None and mailbox.uidvalidity > 0 and told != mailbox.uidvalidity:
            return None  # renumbered: the next poll finds out what lies where
        return source.whole(uid)
    finally:
        source.close()


def _fill_in(world: World, message_id: int, account: MailAccount, mail: FetchedMail) -> None:
    with world.store.read() as session:
        door = Door(world.parser, world.ours(session), account.id, account.go_live, own_servers(account))
    ready = door.ready(Arriving(mail.raw, mail.internaldate, world.clock.now()))
    if ready.error is not None:
        raise ParseError(ready.error)
    with world.store.begin() as session:
        row = session.get_one(Message, message_id)
        complete(session, row, ready)
        after_batch(world, session, frozenset({row.thread_id}))


def _shown(world: World, thread_id: int) -> ThreadRow:
    with world.store.read() as session:
        return thread(session, world.outlook(session), id=f"t{thread_id}")
