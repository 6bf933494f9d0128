"""A mail as rows: what was read from it, column by column.

Room: ingest. In: what `read_mail` made of a mail. Out: the columns of `Message`, of its text and of its files, but those that
only the database can give. Text goes in as every database takes it. Nothing of a database is imported here: the processes that
read mail don't need one.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple

from mailcrm.domain.forwarding import forwarded_in
from mailcrm.domain.message import (
    Address,
    Authentication,
    Bounce,
    CourierNotice,
    Kind,
    ParsedMail,
    ReadMail,
    Side,
)
from mailcrm.domain.parties import Ours, is_nobody, only_in_copy, registrable
from mailcrm.domain.promises import promise_in
from mailcrm.domain.purpose import COLD_SALE
from mailcrm.domain.threading import base_subject
from mailcrm.domain.waiting.question import question_in
from mailcrm.ingest.storable import storable, storable_address, storable_id
from mailcrm.ingest.writer import origin_of, role_hints_of, writer_of
from mailcrm.store.packs import pack_texts

__all__ = [
    "READ_FROM_BODY",
    "READ_FROM_HEADER",
    "Writer",
    "file_columns",
    "identity_of",
    "mentioned_ids",
    "message_columns",
    "text_columns",
    "writer_of_mail",
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


_MOST_IDS = 500
_BY_HAND = (Kind.HUMAN, Kind.PLATFORM_INQUIRY)


class Writer(NamedTuple):
    """Who wrote a mail of theirs, as columns: `address` in small letters, `written` as it stands in the mail.

    `worth_keeping`: a contact is made for its sake. `away_until`: the day on which its writer is back.
    """

    address: str
    written: str
    name: str
    domain: str
    language: str
    worth_keeping: bool
    away_until: date | None


def identity_of(mail: ParsedMail, sha256: str) -> str:
    """Return the name by which copies of a mail are known to be one; `sha256`: that of its bytes."""
    if not mail.message_id:
        return sha256
    parts = (mail.message_id, mail.from_.key, mail.header("date"), mail.subject)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _answer_to(read: ReadMail) -> tuple[Address, ...]:
    """Return who asked for the answer: Reply-To, else the buyer in a platform's inquiry, never the platform."""
    if read.mail.reply_to or read.inquiry is None or not read.inquiry.buyer_address:
        return read.mail.reply_to
    return (Address(read.inquiry.buyer_name, read.inquiry.buyer_address),)


def message_columns(read: ReadMail, side: Side, at: datetime, ours: Ours) -> dict[str, Any]:
    """Return the columns of `READ_FROM_HEADER` and `READ_FROM_BODY`, and those of side, kind and size, of a mail arrived `at`."""
    parsed = read.mail
    people = {"reply_to": _answer_to(read), "to": parsed.to, "cc": parsed.cc, "bcc": parsed.bcc}
    return {
        "message_id": storable_id(parsed.message_id),
        "in_reply_to": storable_id(parsed.in_reply_to),
        "references": [storable(r) for r in parsed.references],
        "subject": storable(parsed.subject),
        "base_subject": storable(base_subject(parsed.subject)),
        "from_name": storable(parsed.from_.display_name),
        "from_address": storable_address(parsed.from_.addr_spec),
        "from_domain": storable_address(registrable(parsed.from_.domain)),
        "people": {name: [_pair(a) for a in addresses] for name, addresses in people.items()},
        "date_header": parsed.date,
        "date_offset": _offset(parsed.date),
        "side": side.value,
        "kind": read.kind.value,
        "kind_rule": read.kind.value,
        "kind_signals": [storable(s) for s in read.kind_signals],
        "purpose": read.purpose,
        "asks": read.asks,
        "patient": read.patient,
        "low": side is Side.THEIRS and only_in_copy(parsed, read.reply or parsed.body, ours),
        "gist": storable(read.gist),
        "language": read.language,
        "origin": origin_of(read, side, ours),
        "role_hints": role_hints_of(read, side, ours),
        "size": parsed.size,
        "has_attachments": any(not a.inline for a in parsed.attachments),
        "promise": _promise(read, side, at),
        "question": _question(read, side),
        "away_until": read.away_until if side is Side.THEIRS else None,
        "bounce": _fields(read.bounce),
        "forwarded": _forwarded(read, ours),
        "courier": _fields(read.courier),
        "authentication": _fields(read.authentication),
        "warnings": [[code, storable(seen)] for code, seen in read.warnings],
        "defects": list(parsed.defects),
    }


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
    found = promise_in(read.newest, read.language, written.date())
    return {"sentence": storable(found.sentence), "day": found.day.isoformat() if found.day else ""} if found else None


def _question(read: ReadMail, side: Side) -> str:
    """Return what a mail of ours asks the other side, "" where it asks nothing, isn't ours, or no person wrote it."""
    return storable(question_in(read.reply or read.mail.body)) if side is Side.OURS and read.kind is Kind.HUMAN else ""


def _fields(value: Authentication | Bounce | CourierNotice | None) -> dict[str, str | bool] | None:
    if value is None:
        return None
    told = {one.name: getattr(value, one.name) for one in fields(value)}  # `asdict` would copy each of them, deeply
    return {name: storable(field) if isinstance(field, str) else field for name, field in told.items()}


def text_columns(read: ReadMail) -> dict[str, Any]:
    """Return the columns of a mail's `MessageText`."""
    return {"packed": pack_texts(read.mail.body, read.reply, read.signature), "quoted_lines": read.quoted_lines}


def file_columns(read: ReadMail) -> tuple[dict[str, Any], ...]:
    """Return the columns of a mail's `AttachmentFile`s."""
    return tuple(
        {
            "position": position,
            "filename": storable(file.filename),
            "safe_filename": file.safe_filename,
            "content_type": storable(file.content_type),
            "size": file.size,
            "sha256": file.sha256,
            "inline": file.inline,
        }
        for position, file in enumerate(read.mail.attachments)
    )


def mentioned_ids(read: ReadMail) -> tuple[str, ...]:
    """Return every Message-ID that the mail carries or mentions, each once, as they are stored.

    Its own first ("" where it has none), then the nearest relative before the farther ones.
    """
    mail = read.mail
    bounced = read.bounce.original_message_id if read.bounce else ""
    own = storable_id(mail.message_id)
    mentioned = (mail.in_reply_to, mail.original_message_id, bounced, *mail.references[::-1])
    return tuple(dict.fromkeys([own, *(storable_id(i) for i in mentioned if storable(i))]))[:_MOST_IDS]


def writer_of_mail(read: ReadMail, ours: Ours) -> Writer | None:
    """Return who wrote a mail of theirs; None for one of us, and where nobody is behind the address."""
    sender = writer_of(read)
    if ours.owns(sender) or is_nobody(sender):
        return None
    return Writer(
        address=storable_address(sender.key),
        written=storable_address(sender.addr_spec),
        name=storable(sender.display_name),
        domain=storable_address(sender.domain),
        language=read.language,
        worth_keeping=read.kind in _BY_HAND and read.asks and read.purpose != COLD_SALE,
        away_until=read.away_until,
    )
