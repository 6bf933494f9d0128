"""A mail as rows: what was read from it, column by column.

Room: ingest. In: a mail at the door with what `read_mail` made of it. Out: a `Message` that is not yet stored, its text and
its files. Text goes in as every database takes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.forwarding import forwarded_in
from mailcrm.domain.message import (
    Address,
    Attachment,
    Authentication,
    CourierNotice,
    Kind,
    ParsedMail,
    ReadMail,
    Side,
)
from mailcrm.domain.parties import Ours, is_nobody, only_in_copy, registrable
from mailcrm.domain.promises import spoken_promise
from mailcrm.domain.threading import base_subject
from mailcrm.domain.waiting.question import question_in
from mailcrm.domain.words import Sentence
from mailcrm.ingest.storable import storable, storable_address, storable_id
from mailcrm.ingest.writer import origin_of, role_hints_of
from mailcrm.records import AttachmentFile, Message, MessageText
from mailcrm.store.raws import digest

__all__ = [
    "READ_FROM_BODY",
    "READ_FROM_HEADER",
    "Incoming",
    "add_text",
    "identity_of",
    "message_row",
    "replace_text",
    "take_over",
    "with_internal",
]

READ_FROM_HEADER = (
    "message_id",
    "in_reply_to",
    "references",
    "subject",
    "base_subject",
    "from_name",
    "from_address",
    "from_domain",
    "people",
    "date_header",
    "date_offset",
    "side",
)
READ_FROM_BODY = (
    "kind_signals",
    "purpose",
    "asks",
    "patient",
    "low",
    "gist",
    "language",
    "origin",
    "role_hints",
    "size",
    "has_attachments",
    "promise",
    "question",
    "away_until",
    "bounce",
    "forwarded",
    "courier",
    "authentication",
    "warnings",
    "parser_version",
    "defects",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail at the door. `read` is None where no parser survived it (`error` says why).

    `whole_size` is the size of the whole mail in octets where `raw` is but its header, None where `raw` is the whole.
    `history`: True or False decide it, None leaves it to arrival and go-live. `account_id` and `go_live` are None for mail
    imported into a home without an account. `last_look`: when the server was last asked before this, None where it is the first
    time.
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
    last_look: datetime | None = None


def identity_of(mail: ParsedMail, raw: bytes) -> str:
    """Return the name by which copies of a mail are known to be one."""
    if not mail.message_id:
        return digest(raw)
    parts = (mail.message_id, mail.from_.key, mail.header("date"), mail.subject)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def with_internal(read: ReadMail, ours: Ours) -> ReadMail:
    """Return `read` with kind `internal` where an ordinary mail goes from ours to ours only."""
    mail = read.mail
    others = [a for a in (*mail.to, *mail.cc, *mail.bcc) if a.addr_spec and not ours.owns(a)]
    if read.kind is Kind.HUMAN and ours.owns(mail.from_) and not others:
        return replace(read, kind=Kind.INTERNAL, kind_signals=("from and to our own addresses",))
    return read


def _answer_to(read: ReadMail) -> tuple[Address, ...]:
    """Return who asked for the answer: Reply-To, else the buyer in a platform's inquiry, never the platform."""
    if read.mail.reply_to or read.inquiry is None or not read.inquiry.buyer_address:
        return read.mail.reply_to
    return (Address(read.inquiry.buyer_name, read.inquiry.buyer_address),)


def message_row(mail: Incoming, read: ReadMail, side: Side, at: datetime, ours: Ours) -> Message:
    """Return the row of `mail`, arrived `at`; its thread, bytes and place in the order are the caller's to fill in."""
    parsed = read.mail
    people = {"reply_to": _answer_to(read), "to": parsed.to, "cc": parsed.cc, "bcc": parsed.bcc}
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
        base_subject=storable(base_subject(parsed.subject)),
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
        patient=read.patient,
        low=side is Side.THEIRS and only_in_copy(parsed, read.reply or parsed.body, ours),
        gist=storable(read.gist),
        language=read.language,
        origin=origin_of(read, side, ours),
        role_hints=role_hints_of(read, side, ours),
        size=parsed.size,
        has_attachments=any(not a.inline for a in parsed.attachments),
        promise=_promise(read, side, at),
        question=_question(read, side),
        away_until=read.away_until if side is Side.THEIRS else None,
        bounce={name: storable(value) for name, value in asdict(read.bounce).items()} if read.bounce else None,
        forwarded=_forwarded(read, ours),
        courier=_fields(read.courier),
        authentication=_fields(read.authentication),
        warnings=[[code, storable(seen)] for code, seen in read.warnings],
        parser_version=mail.parser_version,
        defects=list(parsed.defects),
    )


def _offset(date: datetime | None) -> int | None:
    """Return the sender's minutes east of UTC; None where the header says UTC, which programs write for everybody."""
    offset = date.utcoffset() if date is not None else None
    return int(offset.total_seconds() // 60) if offset else None


def _pair(address: Address) -> list[str]:
    return [storable(address.display_name), storable(address.addr_spec)]


def _forwarded(read: ReadMail, ours: Ours) -> dict[str, str] | None:
    """Return the customer's mail that a colleague's passes on, None where there is none, or one of ours is inside."""
    if read.kind is not Kind.INTERNAL:
        return None
    found = forwarded_in(read.mail)
    if found is None or ours.owns(Address("", found.address)) or is_nobody(Address("", found.address)):
        return None
    return {name: storable(value) for name, value in found.stored().items()}


def _promise(read: ReadMail, side: Side, at: datetime) -> dict[str, str] | None:
    """Return what a mail of ours promises, None where it answers or isn't ours."""
    if side is not Side.OURS or read.kind is not Kind.HUMAN:
        return None
    written = read.mail.date or at
    found = spoken_promise(read.reply or read.mail.body, read.language, written.date())
    return {"sentence": storable(found.sentence), "day": found.day.isoformat() if found.day else ""} if found else None


def _question(read: ReadMail, side: Side) -> str:
    """Return what a mail of ours asks the other side, "" where it asks nothing, isn't ours, or no person wrote it."""
    return storable(question_in(read.reply or read.mail.body)) if side is Side.OURS and read.kind is Kind.HUMAN else ""


def _fields(value: Authentication | CourierNotice | None) -> dict[str, str | bool] | None:
    if value is None:
        return None
    return {name: storable(field) if isinstance(field, str) else field for name, field in asdict(value).items()}


def take_over(row: Message, fresh: Message, names: Sequence[str]) -> None:
    """Let `row` say what `fresh` says in these columns and of the kind; a kind that a person set stays."""
    for name in names:
        setattr(row, name, getattr(fresh, name))
    if row.reclassified_at is None:
        row.kind = fresh.kind
    row.kind_rule = fresh.kind


def replace_text(session: Session, message_id: int, read: ReadMail) -> None:
    """Keep the text and the files of another reading instead of those of the last one; a file's id stays."""
    text = session.get(MessageText, message_id) or MessageText(message_id=message_id)
    _fill_text(text, read)
    session.add(text)
    known = session.exec(select(AttachmentFile).where(col(AttachmentFile.message_id) == message_id))
    rows = {row.position: row for row in known}
    for position, file in enumerate(read.mail.attachments):
        row = rows.pop(position, None) or AttachmentFile(message_id=message_id, position=position)
        _fill_file(row, file)
        session.add(row)
    for gone in rows.values():
        session.delete(gone)


def add_text(session: Session, message_id: int, read: ReadMail) -> None:
    """Keep the text and the files of a mail that is read for the first time."""
    text = MessageText(message_id=message_id)
    _fill_text(text, read)
    session.add(text)
    for position, file in enumerate(read.mail.attachments):
        row = AttachmentFile(message_id=message_id, position=position)
        _fill_file(row, file)
        session.add(row)


def _fill_text(row: MessageText, read: ReadMail) -> None:
    row.body = storable(read.mail.body)
    row.reply = storable(read.reply)
    row.signature = storable(read.signature)
    row.quoted_lines = read.quoted_lines


def _fill_file(row: AttachmentFile, file: Attachment) -> None:
    row.filename = storable(file.filename)
    row.safe_filename = file.safe_filename
    row.content_type = storable(file.content_type)
    row.size = file.size
    row.sha256 = file.sha256
    row.inline = file.inline
