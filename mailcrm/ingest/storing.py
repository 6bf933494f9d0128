"""Storing one mail: raw first, then what was read from it.

Room: ingest. In: the bytes, what `read_mail` made of them (or why it could not), where they lay. Out: rows, and which
threads were touched. Runs inside the caller's transaction. The same bytes are one message; so are mails with the same
Message-ID, From, Date and subject (a server adds headers to a Sent copy); anything else is a message of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mailcrm.domain.arrival import Arrival, arrived_at, seen_late
from mailcrm.domain.message import ParsedMail, ReadMail, Side
from mailcrm.domain.parties import Ours
from mailcrm.ingest.message_rows import (
    READ_FROM_BODY,
    Incoming,
    add_text,
    identity_of,
    message_row,
    replace_text,
    take_over,
    with_internal,
)
from mailcrm.ingest.people import link_sender
from mailcrm.ingest.storable import storable
from mailcrm.ingest.threads import assign_thread, mentioned_ids
from mailcrm.ingest.writer import side_of
from mailcrm.records import Judgement, Location, Message, QuarantinedMail, Thread
from mailcrm.store.indexed import index_text, listed, reindex
from mailcrm.store.raws import digest, drop_unused, store_raw
from mailcrm.store.search_index import index_mails
from mailcrm.store.sort_keys import free_sort_keys

__all__ = ["Stored", "complete", "store_mail"]

_OLD_SENT = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a mail: "new", "duplicate" or "quarantined"; the threads to recompute; `old`: it is old mail, and new here."""

    outcome: str
    raw_id: int
    message_id: int | None = None
    touched: frozenset[int] = frozenset()
    old: bool = False


def store_mail(session: Session, mail: Incoming, ours: Ours) -> Stored:
    """Store one mail and link it to its thread and people."""
    raw_id = store_raw(session, mail.raw)
    if mail.read is None:
        return _quarantine(session, mail, raw_id)
    identity = identity_of(mail.read.mail, mail.raw)
    known = session.exec(select(Message).where(col(Message.identity) == identity)).first()
    if known is not None:
        _seen_again(session, mail, mail.read.mail, known)
        if mail.whole_size is None and not known.whole:
            complete(session, known, mail, ours)
        return Stored("duplicate", raw_id, known.id, frozenset({known.thread_id}))
    return _new(session, mail, with_internal(mail.read, ours), raw_id, identity, ours)


def complete(session: Session, row: Message, mail: Incoming, ours: Ours) -> None:
    """Fill in a message of which only the header was known, now that `mail` is the whole; a person's choices stay.

    The bytes of the header alone go where nothing refers to them any more: they are in the whole.
    """
    assert mail.read is not None  # noqa: S101  (only what could be read completes anything)
    assert row.id is not None  # noqa: S101  (it was read from the table)
    read, before = with_internal(mail.read, ours), listed(session, [row.id])
    fresh = message_row(mail, read, Side(row.side), row.arrived_at, ours)
    take_over(row, fresh, READ_FROM_BODY)
    header_only, row.raw_id, row.whole = row.raw_id, store_raw(session, mail.raw), True
    if not row.message_id:
        row.identity = _free_identity(session, row, digest(mail.raw))
    session.add(row)
    replace_text(session, row.id, read)
    reindex(session, before)
    here = (col(Location.message_id) == row.id, col(Location.raw_id) == header_only)
    session.execute(update(Location).where(*here).values(raw_id=row.raw_id))
    session.flush()
    drop_unused(session, header_only)


def _free_identity(session: Session, row: Message, identity: str) -> str:
    taken = session.exec(select(Message.id).where(col(Message.identity) == identity)).first()
    return row.identity if taken is not None else identity


def _quarantine(session: Session, mail: Incoming, raw_id: int) -> Stored:
    known = session.exec(select(QuarantinedMail).where(col(QuarantinedMail.raw_id) == raw_id)).first()
    if known is not None:
        return Stored("duplicate", raw_id)
    assert mail.error is not None  # noqa: S101  (a mail without reading has a reason)
    session.add(
        QuarantinedMail(
            account_id=mail.account_id,
            raw_id=raw_id,
            arrived_at=mail.internaldate or mail.fetched_at,
            fetched_at=mail.fetched_at,
            error=mail.error.to_json(),
            parser_version=mail.parser_version,
            history=mail.history,
            whole_size=mail.whole_size,
        )
    )
    return Stored("quarantined", raw_id)


def _seen_again(session: Session, mail: Incoming, parsed: ParsedMail, known: Message) -> None:
    """Let copies of a mail agree, whichever was read first: the earliest arrival counts, and one live copy is enough."""
    if mail.history is True:
        return
    arrival = _arrival(mail, parsed, Side(known.side))
    known.history = known.history and _is_history(mail, arrival)
    if arrival.at < known.arrived_at:
        if known.seen_late:
            known.seen_late += int((known.arrived_at - arrival.at).total_seconds())
        before = listed(session, [known.id or 0])
        known.arrived_at, known.sort_key = arrival.at, free_sort_keys(session, [arrival.at])[0]
        reindex(session, before)
        # A turn that was judged by the later arrival is judged anew, as if this copy had been read first.
        session.execute(delete(Judgement).where(col(Judgement.opened_by) == known.id))
    session.add(known)


def _arrival(mail: Incoming, parsed: ParsedMail, side: Side) -> Arrival:
    if side is Side.THEIRS:
        return arrived_at(mail.internaldate, parsed.received_at, parsed.date, mail.fetched_at)
    # Our own mail left when its Sent copy was filed; a copy filed days later was moved there and is history.
    at = min(mail.internaldate or parsed.date or mail.fetched_at, mail.fetched_at)
    old = parsed.date is not None and at - parsed.date > _OLD_SENT
    return Arrival(at=parsed.date if old and parsed.date else at, old_mail=old, date_in_future=False)


def _is_history(mail: Incoming, arrival: Arrival) -> bool:
    if mail.history is not None:
        return mail.history
    return arrival.old_mail or mail.go_live is None or arrival.at < mail.go_live


def _new(session: Session, mail: Incoming, read: ReadMail, raw_id: int, identity: str, ours: Ours) -> Stored:
    parsed = read.mail
    side = side_of(read, ours)
    arrival = _arrival(mail, parsed, side)
    thread_id = assign_thread(session, mail.account_id, mentioned_ids(read), storable(parsed.subject))
    contact, others = None, frozenset[int]()
    if side is Side.THEIRS:
        contact, others = link_sender(session, read, ours, mail.fetched_at)
    row = message_row(mail, read, side, arrival.at, ours)
    row.raw_id, row.thread_id, row.identity, row.history = raw_id, thread_id, identity, _is_history(mail, arrival)
    row.old_mail = arrival.old_mail and mail.history is None
    if side is Side.THEIRS and not row.history:
        row.seen_late = seen_late(arrival.at, mail.internaldate, mail.last_look, mail.fetched_at)
    row.contact_id = contact.id if contact else None
    row.sort_key = free_sort_keys(session, [arrival.at])[0]
    if mail.whole_size is not None:
        row.whole, row.size = False, mail.whole_size
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (flush gave it one)
    add_text(session, row.id, read)
    files = [storable(file.filename) for file in parsed.attachments]
    index_mails(session, [(row.sort_key, index_text(row, storable(parsed.body), files))])
    thread = session.get_one(Thread, thread_id)
    thread.done, thread.snoozed_until = False, None
    session.add(thread)
    return Stored("new", raw_id, row.id, others | {thread_id}, old=row.old_mail and side is Side.THEIRS)
