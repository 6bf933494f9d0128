"""A whole mail read: headers, addresses, dates, body, attachments.

Room: adapters. In: raw bytes. Out: `ParsedMail` (domain/message.py), with a short code in `defects` for all that was off.
"""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from mailcrm.adapters.mime.addresses import ADDRESS_CAP, read_addresses
from mailcrm.adapters.mime.attached import content
from mailcrm.adapters.mime.body import Reading, read_leaves
from mailcrm.adapters.mime.dates import read_date, received_at
from mailcrm.adapters.mime.headers import decode_words, message_ids
from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.linked import read_links
from mailcrm.adapters.mime.named import read_named
from mailcrm.adapters.mime.split import Tree, split
from mailcrm.domain.errors import ParseError
from mailcrm.domain.links import Link
from mailcrm.domain.message import Address, ParsedMail
from mailcrm.domain.words import say

__all__ = ["Mime"]

MESSAGE_CAP = 50 * 1024 * 1024
_NOBODY = Address("", "")
_ONCE = frozenset(("subject", "from", "message-id", "date"))
_SOMETHING = re.compile(rb"[^\r\n\t \x00]")


class _Head(NamedTuple):
    """The header: every field in order, decoded; the first value of each name with its encoded words; the subject."""

    fields: tuple[tuple[str, str], ...]
    undecoded: dict[str, str]
    subject: str


class Mime:
    """Reads mails; fulfils `ports.MailParser`. Holds no state: one instance serves every thread."""

    version: ClassVar[str] = "1"

    def parse(self, raw: bytes) -> ParsedMail:
        """Return what can be read of `raw`; ParseError only where there is nothing at all."""
        if not _SOMETHING.search(raw):
            raise ParseError(
                say("The mail is empty."), say("Nothing can be done about it; ask the sender to send it again.")
            )
        data = _line_ends(raw[:MESSAGE_CAP])
        hints = Hints(data)
        tree = split(data, hints)
        if len(raw) > MESSAGE_CAP:
            tree.defects["message_cap"] = None
        head = _head(tree, hints)
        reading = read_leaves(data, tree.leaves, hints)
        tree.defects.update(dict.fromkeys(reading.defects))
        return _assemble(len(raw), tree, head, reading, hints)

    def part_bytes(self, raw: bytes, index: int) -> bytes:
        """Return the content of attachment `index`; IndexError where there is none."""
        data = _line_ends(raw[:MESSAGE_CAP])
        hints = Hints(data)
        return content(data, [read_named(leaf, hints) for leaf in split(data, hints).leaves], index)

    def links(self, raw: bytes) -> tuple[Link, ...]:
        """Return the links of the mail's texts, of HTML too that isn't shown because a plain text says the same."""
        data = _line_ends(raw[:MESSAGE_CAP])
        hints = Hints(data)
        return read_links(data, split(data, hints).leaves, hints)


def _line_ends(raw: bytes) -> bytes:
    """Mails of old Macs end their lines in CR alone; the length stays."""
    return raw.replace(b"\r", b"\n") if b"\n" not in raw else raw


def _head(tree: Tree, hints: Hints) -> _Head:
    raw = tree.block.fields
    fields = tuple([(field[0], decode_words(field[1], hints)) if "=?" in field[1] else field for field in raw])
    _note_duplicates([name for name, _ in raw if name in _ONCE], tree.defects)
    # Of a field that stands there twice the first counts, unless it is empty.
    undecoded = dict([field for field in reversed(raw) if field[1]])
    said = undecoded.get("subject", "")
    subject = fields[raw.index(("subject", said))][1] if said else ""
    return _Head(fields, undecoded, subject)


def _note_duplicates(names: list[str], defects: dict[str, None]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            defects[f"duplicate_{name.replace('-', '_')}"] = None
        seen.add(name)


def _assemble(size: int, tree: Tree, head: _Head, reading: Reading, hints: Hints) -> ParsedMail:
    def ids(name: str) -> tuple[str, ...]:
        return message_ids(head.undecoded.get(name, ""))

    def people(name: str) -> tuple[Address, ...]:
        if name not in head.undecoded:
            return ()
        found = read_addresses(head.undecoded[name], hints)
        if len(found) >= ADDRESS_CAP:
            tree.defects["address_cap"] = None
        return found

    def one(name: str) -> Address:
        return next(iter(people(name)), _NOBODY)

    received = next((value for name, value in head.fields if name == "received"), "")
    date = read_date(head.undecoded.get("date", ""))
    if date is None:
        tree.defects["bad_date" if head.undecoded.get("date") else "no_date"] = None
    if not head.undecoded.get("from"):
        tree.defects["no_from"] = None
    message_id = next(iter(ids("message-id")), "")
    if not message_id:
        message_id = head.undecoded.get("message-id", "").strip(" <>")
    if not message_id:
        tree.defects["no_message_id"] = None
    return ParsedMail(
        size=size,
        headers=head.fields,
        message_id=message_id,
        in_reply_to=next(iter(ids("in-reply-to")), ""),
        references=ids("references"),
        original_message_id=next(iter(ids("x-microsoft-original-message-id")), ""),
        subject=head.subject,
        from_=one("from"),
        sender=one("sender"),
        reply_to=people("reply-to"),
        to=people("to"),
        cc=people("cc"),
        bcc=people("bcc"),
        date=date,
        received_at=received_at(received) if received else None,
        content_type=tree.content_type,
        parts=reading.parts,
        attachments=reading.attachments,
        body=reading.body,
        charset_fallback=reading.fallback,
        defects=tuple(tree.defects),
    )
