"""A whole mail read: headers, addresses, dates, body, attachments.

Room: adapters. In: raw bytes. Out: `ParsedMail` (domain/message.py), with a short code in `defects` for all that was off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from mailcrm.adapters.mime.addresses import ADDRESS_CAP, read_addresses
from mailcrm.adapters.mime.attached import content
from mailcrm.adapters.mime.body import Reading, read_leaves
from mailcrm.adapters.mime.charset import Hints
from mailcrm.adapters.mime.dates import read_date, received_at
from mailcrm.adapters.mime.headers import decode_words, message_ids, raw_text
from mailcrm.adapters.mime.named import read_named
from mailcrm.adapters.mime.split import Tree, split
from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import Address, ParsedMail
from mailcrm.domain.words import say

__all__ = ["Mime"]

MESSAGE_CAP = 50 * 1024 * 1024
_ONCE = ("subject", "from", "message-id", "date")
_DOMAIN = re.compile(rb"@([A-Za-z0-9.-]+)")
_CHARSET = re.compile(rb"charset\s*=\s*\"?([a-z0-9_.:-]{2,40})")
_WORD_CHARSET = re.compile(rb"=\?([a-z0-9_.-]{2,40})\?[bq]\?")
_HINTS_READ, _WORDS_READ = 65_536, 16_384


@dataclass(frozen=True, slots=True)
class _Head:
    """The decoded header: every field in order, and each name's first value, both decoded and as raw text."""

    fields: tuple[tuple[str, str], ...]
    undecoded: dict[str, str]
    decoded: dict[str, str]


class Mime:
    """Reads mails; fulfils `ports.MailParser`. Holds no state: one instance serves every thread."""

    version: ClassVar[str] = "1"

    def parse(self, raw: bytes) -> ParsedMail:
        """Return what can be read of `raw`; ParseError only where there is nothing at all."""
        if not raw.strip(b"\r\n\t \x00"):
            raise ParseError(
                say("The mail is empty."), say("Nothing can be done about it; ask the sender to send it again.")
            )
        data = _line_ends(raw[:MESSAGE_CAP])
        hints = _hints(data)
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
        hints = _hints(data)
        return content(data, [read_named(leaf, hints) for leaf in split(data, hints).leaves], index)


def _line_ends(raw: bytes) -> bytes:
    """Mails of old Macs end their lines in CR alone; the length stays."""
    return raw.replace(b"\r", b"\n") if b"\n" not in raw else raw


def _hints(raw: bytes) -> Hints:
    """Return the sender's domain and the charsets that the mail names, for bytes that say nothing themselves."""
    start = 0 if raw[:5].lower() == b"from:" else raw.find(b"\nFrom:") + 1
    domain = _DOMAIN.search(raw, start, start + 1_000) if start or raw[:5].lower() == b"from:" else None
    lower = raw[:_HINTS_READ].lower()
    charsets = [found.decode("ascii") for found in _CHARSET.findall(lower)[:5]]
    charsets += [found.decode("ascii") for found in _WORD_CHARSET.findall(lower, 0, _WORDS_READ)[:3]]
    return Hints(domain[1].decode("ascii").lower() if domain else "", tuple(dict.fromkeys(charsets)))


def _head(tree: Tree, hints: Hints) -> _Head:
    fields: list[tuple[str, str]] = []
    undecoded: dict[str, str] = {}
    decoded: dict[str, str] = {}
    for name, value in tree.block.fields:
        plain = raw_text(value, hints)
        text = decode_words(plain, hints)
        fields.append((name, text))
        if name in undecoded and name in _ONCE:
            tree.defects[f"duplicate_{name.replace('-', '_')}"] = None
        if not undecoded.get(name):
            undecoded[name] = plain
            decoded[name] = text
    return _Head(tuple(fields), undecoded, decoded)


def _assemble(size: int, tree: Tree, head: _Head, reading: Reading, hints: Hints) -> ParsedMail:
    def ids(name: str) -> tuple[str, ...]:
        return message_ids(head.undecoded.get(name, ""))

    def people(name: str) -> tuple[Address, ...]:
        found = read_addresses(head.undecoded.get(name, ""), hints)
        if len(found) >= ADDRESS_CAP:
            tree.defects["address_cap"] = None
        return found

    def one(name: str) -> Address:
        return next(iter(people(name)), Address("", ""))

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
        subject=head.decoded.get("subject", ""),
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
