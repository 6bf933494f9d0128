"""The files that hang on a mail.

Room: adapters. In: the raw mail and its leaves. Out: its attachments in order: a leaf is one, and a winmail.dat is all that it
holds. The text that Outlook packs beside the mail's own is kept as a file too, inline, so that nothing is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailcrm.adapters.mime.charset import decode
from mailcrm.adapters.mime.named import Named
from mailcrm.adapters.mime.transfer import undo
from mailcrm.domain.message import Attachment
from mailcrm.domain.text import safe_filename

if TYPE_CHECKING:
    from mimetypes import MimeTypes

    from mailcrm.adapters.mime.tnef import Packed

__all__ = ["attachments", "content", "packed_text"]

_NAMES = {"message/rfc822": "message.eml", "message/global": "message.eml", "text/calendar": "invite.ics"}
_PACKET_TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_PACKET_NAMES = frozenset(("winmail.dat", "win.dat"))
_UNKNOWN = "application/octet-stream"


class _File(NamedTuple):
    name: str
    content_type: str
    content: bytes
    inline: bool = True


def attachments(raw: bytes, leaves: Sequence[Named]) -> tuple[Attachment, ...]:
    """Return what hangs on the mail."""
    return tuple(_attachment(file) for one in leaves if one.is_attachment for file in _files(raw, one))


def content(raw: bytes, leaves: Sequence[Named], index: int) -> bytes:
    """Return the bytes of attachment `index`, in the order of `attachments`; IndexError where there is none."""
    for one in leaves:
        if not one.is_attachment:
            continue
        files = [] if index and not _may_be_packet(one) else list(_files(raw, one))
        if index < len(files):
            return files[index].content
        index -= len(files) or 1
    raise IndexError(index)


def packed_text(raw: bytes, leaves: Sequence[Named]) -> str:
    """Return the text that the first winmail.dat carries, "" where there is none: for a mail that has no other."""
    packet = next((one for one in leaves if _may_be_packet(one)), None)
    if packet is None:
        return ""
    from mailcrm.adapters.mime.html import html_to_text  # rare, and their tables take milliseconds
    from mailcrm.adapters.mime.rtf import decompressed, rtf_to_text
    from mailcrm.adapters.mime.tnef import unpack

    packed = unpack(undo(raw[packet.leaf.start : packet.leaf.end], packet.encoding))
    if packed.text.strip():
        return decode(packed.text, packed.charset)[0].replace("\r\n", "\n").replace("\0", "").strip()
    if packed.html:
        return html_to_text(decode(packed.html, packed.html_charset)[0])
    return rtf_to_text(decompressed(packed.rtf))


def _may_be_packet(one: Named) -> bool:
    return one.leaf.content_type in _PACKET_TYPES or one.filename.lower() in _PACKET_NAMES


def _files(raw: bytes, one: Named) -> Iterator[_File]:
    data = undo(raw[one.leaf.start : one.leaf.end], one.encoding)
    if _may_be_packet(one):
        from mailcrm.adapters.mime.tnef import unpack

        inside = list(_unpacked(unpack(data)))
        if inside:
            yield from inside
            return
    inline = one.disposition == "inline" or bool(one.content_id and one.disposition != "attachment")
    yield _File(one.filename, one.leaf.content_type, data, inline=inline)


def _unpacked(packed: Packed) -> Iterator[_File]:
    from mailcrm.adapters.mime.rtf import decompressed

    for file in packed.files:
        kind = file.content_type or _types().guess_type(file.name)[0] or _UNKNOWN
        yield _File(" ".join(file.name.split()), kind, file.content, inline=bool(file.content_id))
    if packed.html:
        yield _File("body.html", "text/html", packed.html)
    rtf = decompressed(packed.rtf)
    if rtf:
        yield _File("body.rtf", "application/rtf", rtf)


@cache
def _types() -> MimeTypes:
    """Return the types of file names that the language knows, and not those of this machine."""
    from mimetypes import MimeTypes

    return MimeTypes()


def _attachment(file: _File) -> Attachment:
    return Attachment(
        filename=file.name,
        safe_filename=safe_filename(file.name or _NAMES.get(file.content_type, "")),
        content_type=file.content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        inline=file.inline,
    )
