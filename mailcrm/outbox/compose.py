"""A mail in bytes, ready for SMTP, from values: pure, no database, no clock, no chance.

Room: outbox. In: a `Draft` of decided values (addresses, text, files, the instant, a token from an adapter). Out: the frozen
bytes with their Message-ID, reference and envelope. Format: RFC 5322 and 2045 in 7-bit ASCII, CRLF, lines of at most 78
characters (998 where one identifier alone is longer). Bcc is in the envelope only.

The bytes are parsed back before they are handed out: header names and recipients must be what was meant.
"""

from __future__ import annotations

import base64
import quopri
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime, getaddresses

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.message import Address
from mailcrm.domain.outbox import REFERENCE_HEADER
from mailcrm.domain.words import say
from mailcrm.outbox.headers import (
    address_list,
    envelope_address,
    identifiers,
    is_identifier,
    is_safe,
    parameter,
    text_field,
)
from mailcrm.outbox.replying import (
    attribution,
    clean_text,
    quoted,
    reference_chain,
    reply_recipients,
    reply_subject,
)

__all__ = [
    "Composed",
    "Draft",
    "OutgoingFile",
    "attribution",
    "compose",
    "quoted",
    "reference_chain",
    "reply_recipients",
    "reply_subject",
]

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{7,80}")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,80}")
_NAMELESS = "attachment"
_LONGEST_PLAIN_LINE = 78
_LONGEST_FILENAME = 200


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to be attached, as bytes that no longer change."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a mail is made of. `date` is aware, in the zone of the account.

    `token`: 8 to 81 letters, digits, dots and dashes that no other mail has; it becomes Message-ID and reference.
    `quoted` is what `quoted()` returned; `signature` has no "-- " line yet. Message-IDs are without angle brackets;
    one that can't stand in a header (the customer's program made it up) is left out. `automatic`: it was sent without a person's
    looking at it, and says so (RFC 3834 5), so that no machine answers it.
    """

    from_: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    date: datetime
    token: str
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    signature: str = ""
    quoted: str = ""
    attachments: tuple[OutgoingFile, ...] = ()
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """The frozen mail: `raw` with CRLF, `message_id` without angle brackets, and the envelope of RFC 5321."""

    raw: bytes
    message_id: str
    reference: str
    sender: str
    recipients: tuple[str, ...]


def compose(draft: Draft) -> Composed:
    """Return the bytes of `draft`; ComposeError names the field that can't leave as it is."""
    sender = envelope_address(draft.from_)
    recipients = tuple(dict.fromkeys(envelope_address(a) for a in (*draft.to, *draft.cc, *draft.bcc)))
    _refuse_incomplete(draft, recipients)
    message_id = f"{draft.token}@{sender.rpartition('@')[2]}"
    fields = _fields(draft, message_id)
    content_fields, content = _content(draft)
    raw = "\r\n".join([*fields, *content_fields, "", ""]).encode("ascii") + content
    _parse_back(raw, [line.partition(":")[0] for line in (*fields, *content_fields)], draft, sender)
    return Composed(raw, message_id, draft.token, sender, recipients)


def _refuse_incomplete(draft: Draft, recipients: tuple[str, ...]) -> None:
    if not recipients:
        raise ComposeError(say("The mail has no recipient."), say("Add an address in To."))
    if draft.date.tzinfo is None:
        raise ValueError("Draft.date must be aware")
    if not _TOKEN.fullmatch(draft.token):
        raise ValueError("Draft.token: 8 to 81 letters, digits, dots and dashes")


def _fields(draft: Draft, message_id: str) -> list[str]:
    answered = [known for known in (draft.in_reply_to,) if is_identifier(known)]
    chain = [known for known in draft.references if is_identifier(known)]
    return [
        f"Date: {format_datetime(draft.date)}",
        address_list("From", (draft.from_,)),
        address_list("To", draft.to) if draft.to else "To: undisclosed-recipients:;",
        *([address_list("Cc", draft.cc)] if draft.cc else []),
        text_field("Subject", draft.subject),
        identifiers("Message-ID", (message_id,)),
        *([identifiers("In-Reply-To", answered)] if answered else []),
        *([identifiers("References", chain)] if chain else []),
        text_field(REFERENCE_HEADER, draft.token),
        *(["Auto-Submitted: auto-generated"] if draft.automatic else []),
        "MIME-Version: 1.0",
    ]


def _content(draft: Draft) -> tuple[list[str], bytes]:
    """Return the Content-* fields of the whole mail and its body."""
    text_fields, text = _text_part(_whole_text(draft), may_be_plain=not draft.attachments)
    if not draft.attachments:
        return text_fields, text
    boundary = f"=_{draft.token}"  # "=_" can't occur in quoted-printable or base64
    parts = [(text_fields, text), *(_file_part(file) for file in draft.attachments)]
    body = b"".join(
        f"--{boundary}\r\n".encode() + "\r\n".join([*fields, "", ""]).encode("ascii") + content + b"\r\n"
        for fields, content in parts
    )
    return [f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"'], body + f"--{boundary}--\r\n".encode()


def _whole_text(draft: Draft) -> str:
    blocks = [clean_text(draft.body).strip("\n")]
    if draft.signature.strip():
        blocks.append("-- \n" + clean_text(draft.signature).strip("\n"))
    if draft.quoted:
        blocks.append(clean_text(draft.quoted).strip("\n"))
    return "\n\n".join(blocks) + "\n"


def _text_part(text: str, *, may_be_plain: bool) -> tuple[list[str], bytes]:
    octets = text.encode()
    if may_be_plain and text.isascii() and all(len(line) <= _LONGEST_PLAIN_LINE for line in text.split("\n")):
        return ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit"], _crlf(octets)
    printable = quopri.encodestring(octets)
    encoded = base64.encodebytes(_crlf(octets))
    name, shorter = ("quoted-printable", printable) if len(printable) <= len(encoded) else ("base64", encoded)
    return ["Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {name}"], _crlf(shorter)


def _crlf(octets: bytes) -> bytes:
    return octets.replace(b"\n", b"\r\n")


def _file_part(file: OutgoingFile) -> tuple[list[str], bytes]:
    media = file.content_type if _MEDIA_TYPE.fullmatch(file.content_type) else "application/octet-stream"
    if media.lower().startswith(("message/", "multipart/")):  # RFC 2046 5.2.1 forbids base64 for these
        media = "application/octet-stream"
    name = file.filename.replace("\\", "/").rpartition("/")[2].strip()[-_LONGEST_FILENAME:] or _NAMELESS
    fields = [
        f"Content-Type: {media}",
        "Content-Disposition: attachment" + parameter("filename", name),
        "Content-Transfer-Encoding: base64",
    ]
    return fields, _crlf(base64.encodebytes(file.content))


def _parse_back(raw: bytes, names: list[str], draft: Draft, sender: str) -> None:
    """Read the bytes as a stranger would: header names and addresses must be those that were meant."""
    parsed = message_from_bytes(raw)
    meant = [[sender], [envelope_address(a) for a in draft.to], [envelope_address(a) for a in draft.cc]]
    read = [[spec for _name, spec in getaddresses([str(parsed.get(f, ""))]) if spec] for f in ("From", "To", "Cc")]
    values_are_safe = all(is_safe(re.sub(r"\r\n(?=[ \t])", "", str(value))) for value in parsed.values())
    if list(parsed.keys()) != names or read != meant or not values_are_safe:
        raise ComposeError(
            say("The finished mail doesn't say what was meant: a name or the subject would be read as another field."),
            say("Type the subject and the recipients' names again, in plain letters."),
        )
