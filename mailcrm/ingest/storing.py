"""Storing one mail: raw first, then what was read from it.

Room: ingest. In: the bytes, what `read_mail` made of them (or why it could not), where they lay. Out: rows, and which
threads were touched. Runs inside the caller's transaction. The same bytes are one message; so are mails with the same
Message-ID, From, Date and subject (a server adds headers to a Sent copy); anything else is a message of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mailcrm.domain.arrival import Arrival, arrived_at
from mailcrm.domain.message import Address, Kind, ParsedMail, ReadMail, Side
from mailcrm.domain.parties import Ours, registrable
from mailcrm.domain.words import Sentence
from mailcrm.ingest.people import link_sender
from mailcrm.ingest.storable import storable, storable_address, storable_id
from mailcrm.ingest.threads import assign_thread, mentioned_ids
from mailcrm.records import AttachmentFile, Location, Message, MessageText, QuarantinedMail, Thread
from mailcrm.store.raws import digest, drop_unused, store_raw

__all__ = ["Incoming", "Stored", "complete", "store_mail"]

_OLD_SENT = timedelta(hours=72)
_MILLISECONDS = 1000
_KEYS_A_MILLISECOND = 1024
_READ_FROM_BODY = (
    "kind_signals",
    "purpose",
    "asks",
    "gist",
    "language",
    "size",
    "has_attachments",
    "bounce",
    "courier",
    "parser_version",
    "defects",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail at the door. `read` is None where no parser survived it (`error` says why).

    `whole_size` is the size of the whole mail in octets where `raw` is but its header, None where `raw` is the whole.
    `history`: True or False decide it, None leaves it to arrival and go-live. `account_id` and `go_live` are None for mail
    imported into a home without an account.
    """

    account_id: int | None
    raw: bytes
    read: ReadMail | None
    error: Sentence | None
    parser_version: str
    internaldate: datetime | None
    fetched_at: datetime
    go_live: datetime | None
    history: bool | None = None
    whole_size: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a mail: "new", "duplicate" or "quarantined"; and the threads to recompute."""

    outcome: str
    raw_id: int
    message_id: int | None = None
    touched: frozenset[int] = frozenset()


def store_mail(session: Session, mail: Incoming, ours: Ours) -> Stored:
    """Store one mail and link it to its thread and people."""
    raw_id = store_raw(session, mail.raw)
    if mail.read is None:
        return _quarantine(session, mail, raw_id)
    identity = _identity(mail.read.mail, mail.raw)
    known = session.exec(select(Message).where(col(Message.identity) == identity)).first()
    if known is not None:
        _seen_again(session, mail, mail.read.mail, known, ours)
        if mail.whole_size is None and not known.whole:
            complete(session, known, mail, ours)
        return Stored("duplicate", raw_id, known.id, frozenset({known.thread_id}))
    return _new(session, mail, _with_internal(mail.read, ours), raw_id, identity, ours)


def complete(session: Session, row: Message, mail: Incoming, ours: Ours) -> None:
    """Fill in a message of which only the header was known, now that `mail` is the whole; a person's choices stay.

    The bytes of the header alone go where nothing refers to them any more: they are in the whole.
    """
    assert mail.read is not None  # noqa: S101  (only what could be read completes anything)
    assert row.id is not None  # noqa: S101  (it was read from the table)
    read = _with_internal(mail.read, ours)
    fresh = _row(mail, read, Side(row.side), row.arrived_at)
    for name in _READ_FROM_BODY:
        setattr(row, name, getattr(fresh, name))
    row.kind, row.kind_rule = (fresh.kind if row.kind == row.kind_rule else row.kind), fresh.kind
    header_only, row.raw_id, row.whole = row.raw_id, store_raw(session, mail.raw), True
    if not row.message_id:
        row.identity = _free_identity(session, row, digest(mail.raw))
    session.add(row)
    for table in (MessageText, AttachmentFile):
        session.execute(delete(table).where(col(table.message_id) == row.id))
    _add_text(session, row.id, read)
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
            error=mail.error.to_json(),
            parser_version=mail.parser_version,
        )
    )
    return Stored("quarantined", raw_id)


def _identity(mail: ParsedMail, raw: bytes) -> str:
    """Return the name by which copies of a mail are known to be one."""
    if not mail.message_id:
        return digest(raw)
    parts = (mail.message_id, mail.from_.key, mail.header("date"), mail.subject)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _seen_again(session: Session, mail: Incoming, parsed: ParsedMail, known: Message, ours: Ours) -> None:
    """Let copies of a mail agree, whichever was read first: the earliest arrival counts, and one live copy is enough."""
    if mail.history is True:
        return
    arrival = _arrival(mail, parsed, ours.side(parsed.from_))
    known.history = known.history and _is_history(mail, arrival)
    if arrival.at < known.arrived_at:
        known.arrived_at, known.sort_key = arrival.at, _sort_key(arrival.at, known.raw_id)
    session.add(known)


def _with_internal(read: ReadMail, ours: Ours) -> ReadMail:
    """Return `read` with kind `internal` where an ordinary mail goes from ours to ours only."""
    mail = read.mail
    others = [a for a in (*mail.to, *mail.cc, *mail.bcc) if a.addr_spec and not ours.owns(a)]
    if read.kind is Kind.HUMAN and ours.owns(mail.from_) and not others:
        return replace(read, kind=Kind.INTERNAL, kind_signals=("from and to our own addresses",))
    return read


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


def _sort_key(at: datetime, raw_id: int) -> int:
    return int(at.timestamp() * _MILLISECONDS) * _KEYS_A_MILLISECOND + raw_id % _KEYS_A_MILLISECOND


def _new(session: Session, mail: Incoming, read: ReadMail, raw_id: int, identity: str, ours: Ours) -> Stored:
    parsed = read.mail
    side = ours.side(parsed.from_)
    arrival = _arrival(mail, parsed, side)
    thread_id = assign_thread(session, mail.account_id, mentioned_ids(read), storable(parsed.subject))
    contact, others = None, frozenset[int]()
    if side is Side.THEIRS:
        contact, others = link_sender(session, read, parsed.from_, ours, mail.fetched_at)
    row = _row(mail, read, side, arrival.at)
    row.raw_id, row.thread_id, row.identity, row.history = raw_id, thread_id, identity, _is_history(mail, arrival)
    row.contact_id = contact.id if contact else None
    row.sort_key = _sort_key(arrival.at, raw_id)
    if mail.whole_size is not None:
        row.whole, row.size = False, mail.whole_size
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (flush gave it one)
    _add_text(session, row.id, read)
    thread = session.get_one(Thread, thread_id)
    thread.done = False
    session.add(thread)
    return Stored("new", raw_id, row.id, others | {thread_id})


def _row(mail: Incoming, read: ReadMail, side: Side, at: datetime) -> Message:
    parsed = read.mail
    people = {"reply_to": parsed.reply_to, "to": parsed.to, "cc": parsed.cc, "bcc": parsed.bcc}
    return Message(
        account_id=mail.account_id,
        raw_id=0,
        thread_id=0,
        sort_key=0,
        identity="",
        message_id=storable_id(parsed.message_id),
        in_reply_to=storable_id(parsed.in_reply_to),
        references=[storable(r) for r in parsed.references],
        subject=storable(parsed.subject),
        from_name=storable(parsed.from_.display_name),
        from_address=storable_address(parsed.from_.addr_spec),
        from_domain=storable_address(registrable(parsed.from_.domain)),
        people={name: [_pair(a) for a in addresses] for name, addresses in people.items()},
        date_header=parsed.date,
        date_offset=_offset(parsed.date),
        arrived_at=at,
        fetched_at=mail.fetched_at,
        side=side.value,
        kind=read.kind.value,
        kind_rule=read.kind.value,
        kind_signals=[storable(s) for s in read.kind_signals],
        purpose=read.purpose,
        asks=read.asks,
        gist=storable(read.gist),
        language=read.language,
        size=parsed.size,
        has_attachments=any(not a.inline for a in parsed.attachments),
        bounce=_fields(read.bounce, "recipient", "status", "action", "diagnostic", "original_message_id"),
        courier=_fields(read.courier, "carrier", "tracking_number", "status"),
        parser_version=mail.parser_version,
        defects=list(parsed.defects),
    )


def _offset(date: datetime | None) -> int | None:
    """Return the sender's minutes east of UTC; None where the header says UTC, which programs write for everybody."""
    offset = date.utcoffset() if date is not None else None
    return int(offset.total_seconds() // 60) if offset else None


def _pair(address: Address) -> list[str]:
    return [storable(address.display_name), storable(address.addr_spec)]


def _fields(value: object, *names: str) -> dict[str, str] | None:
    return None if value is None else {name: storable(str(getattr(value, name))) for name in names}


def _add_text(session: Session, message_id: int, read: ReadMail) -> None:
    session.add(
        MessageText(
            message_id=message_id,
            body=storable(read.mail.body),
            reply=storable(read.reply),
            signature=storable(read.signature),
            quoted_lines=read.quoted_lines,
        )
    )
    for position, file in enumerate(read.mail.attachments):
        session.add(
            AttachmentFile(
                message_id=message_id,
                position=position,
                filename=storable(file.filename),
                safe_filename=file.safe_filename,
                content_type=storable(file.content_type),
                size=file.size,
                sha256=file.sha256,
                inline=file.inline,
            )
        )
