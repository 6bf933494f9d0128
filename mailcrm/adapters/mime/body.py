"""What a person reads of a mail, and what hangs on it.

Room: adapters. In: the raw mail and its leaves. Out: the body as text, the text of each readable part, the attachments.
Which text parts make the body follows RFC 8621 section 4.1.4: of alternatives one, in a row all. HTML is read where no
text says the same. An attached mail's text never joins the body. Never raises.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from mailcrm.adapters.mime.charset import Hints, decode
from mailcrm.adapters.mime.headers import decode_words, raw_text, read_block
from mailcrm.adapters.mime.html import html_to_text
from mailcrm.adapters.mime.params import read_params
from mailcrm.adapters.mime.split import Leaf
from mailcrm.adapters.mime.transfer import undo
from mailcrm.domain.message import Attachment, Part
from mailcrm.domain.text import safe_filename

__all__ = ["Reading", "attached_leaves", "encoding_of", "read_leaves"]

_TEXT_CAP, _CUT_TO, _BODY_CAP = 1_000_000, 256 * 1024, 4_000_000
_ORIGINAL_CAP = 65_536
_STUB_LENGTH = 600
_NO_BODY = frozenset(
    f"text/{kind}" for kind in
    ("calendar", "csv", "vcard", "x-vcard", "directory", "rtf", "css", "javascript", "xml", "rfc822-headers", "x-amp-html",
     "tab-separated-values", "x-patch", "x-diff", "x-log")
)  # fmt: skip
_REPORTS = frozenset(
    ("message/delivery-status", "message/global-delivery-status", "message/disposition-notification", "text/rfc822-headers",
     "message/feedback-report", "message/global-headers", "message/global-disposition-notification")
)  # fmt: skip
_MAILS = frozenset(("message/rfc822", "message/global"))
_META_CHARSET = re.compile(rb"(?i)<meta[^>]{1,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})")
_STUB = re.compile(
    r"(?i)html[- ](?:capable|format|e-?mail|version|compatible|enabled)|(?:not|n't) support html|view (?:this|it) (?:e-?mail |message )?(?:in|with|on)"
)
_NAMES = {"message/rfc822": "message.eml", "message/global": "message.eml", "text/calendar": "invite.ics"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The body, the parts with their text, the attachments, the charset fallback, and short defect codes."""

    body: str
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    fallback: str | None
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """A leaf with what its own header says."""

    leaf: Leaf
    disposition: str
    filename: str
    content_id: str
    encoding: str

    @property
    def in_report(self) -> bool:
        return any(parent == "multipart/report" for parent, _ in self.leaf.parents)

    @property
    def alternative(self) -> int | None:
        """The number of the innermost multipart/alternative it stands in."""
        return next(
            (number for parent, number in reversed(self.leaf.parents) if parent == "multipart/alternative"), None
        )

    @property
    def is_body(self) -> bool:
        """Whether it may be a piece of the body."""
        kind = self.leaf.content_type
        if not kind.startswith("text/") or kind in _NO_BODY or self.disposition == "attachment":
            return False
        return not self.filename or self.leaf.index == 0

    @property
    def is_attachment(self) -> bool:
        kind = self.leaf.content_type
        if self.is_body or kind in _REPORTS or (self.in_report and kind in _MAILS):
            return False
        return bool(self.filename) or not (
            kind in ("text/calendar", "text/x-amp-html") and self.alternative is not None
        )


def encoding_of(leaf: Leaf) -> str:
    """Return the Content-Transfer-Encoding in lower case."""
    value = leaf.block.first("content-transfer-encoding")
    return value.decode("ascii", "replace").partition(";")[0].strip(" \t\r\n\"'").lower()


def attached_leaves(leaves: list[Leaf], hints: Hints) -> list[Leaf]:
    """Return the leaves that are attachments, in the order of `Reading.attachments`."""
    return [named.leaf for named in (_named(leaf, hints) for leaf in leaves) if named.is_attachment]


def read_leaves(raw: bytes, leaves: list[Leaf], hints: Hints) -> Reading:
    """Read every leaf of `raw`."""
    named = [_named(leaf, hints) for leaf in leaves]
    reader = _Reader(raw, hints)
    texts = [reader.text(one) for one in named]
    body = reader.body(named, texts)
    return Reading(
        body=body,
        parts=tuple(_part(one, text) for one, text in zip(named, texts, strict=True)),
        attachments=tuple(_attachment(raw, one) for one in named if one.is_attachment),
        fallback=reader.fallback,
        defects=tuple(reader.defects),
    )


def _named(leaf: Leaf, hints: Hints) -> _Named:
    value = leaf.block.first("content-disposition")
    disposition, params = read_params(raw_text(value, hints), hints) if value else ("", {})
    filename = (
        params.get("filename") or params.get("name") or leaf.params.get("name") or leaf.params.get("filename") or ""
    )
    content_id = raw_text(leaf.block.first("content-id"), hints).strip("<> ")
    return _Named(leaf, disposition, " ".join(filename.split()), content_id, encoding_of(leaf))


class _Reader:
    """Decodes the parts of one mail, within its caps."""

    def __init__(self, raw: bytes, hints: Hints) -> None:
        self.raw, self.hints = raw, hints
        self.fallback: str | None = None
        self.defects: dict[str, None] = {}
        self.budget = _BODY_CAP

    def text(self, one: _Named) -> str | None:
        """Return the text of a readable part, None for any other."""
        kind = one.leaf.content_type
        if kind in _MAILS:
            return self._original(one)
        if not (one.is_body or kind in _REPORTS or kind == "text/calendar"):
            return None
        if self.budget <= 0:
            self.defects["text_cut"] = None
            return ""
        data = self._content(one)
        self.budget -= len(data)
        label = one.leaf.params.get("charset", "")
        if not label and kind == "text/html":
            meta = _META_CHARSET.search(data, 0, 4_096)
            label = meta[1].decode("ascii") if meta else ""
        text, fallback = decode(data, label, self.hints)
        self.fallback = self.fallback or fallback
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\x00" in text:
            self.defects["nul"] = None
            text = text.replace("\x00", "")
        return text.removeprefix("\ufeff")

    def _content(self, one: _Named) -> bytes:
        start, end = one.leaf.start, one.leaf.end
        if end - start > _TEXT_CAP:
            self.defects["text_cut"] = None
            end = start + _CUT_TO
        return undo(self.raw[start:end], one.encoding)

    def _original(self, one: _Named) -> str:
        """Return the header of an attached mail, decoded: what it is about, not what it says."""
        data = undo(self.raw[one.leaf.start : min(one.leaf.end, one.leaf.start + _ORIGINAL_CAP)], one.encoding)
        block = read_block(data, 0, len(data))
        return "\n".join(
            f"{name}: {decode_words(raw_text(value, self.hints), self.hints)}" for name, value in block.fields
        )

    def body(self, named: list[_Named], texts: list[str | None]) -> str:
        """Join what a person reads: of alternatives the plain text, unless it is empty or only points to the HTML."""
        rich = {
            one.alternative: len(text or "")
            for one, text in zip(named, texts, strict=True)
            if one.is_body and one.leaf.content_type == "text/html"
        }
        answered: set[int] = set()
        for one, text in zip(named, texts, strict=True):
            plain = one.is_body and one.leaf.content_type != "text/html"
            if plain and one.alternative is not None and text and _says_something(text, rich.get(one.alternative, 0)):
                answered.add(one.alternative)
        pieces: list[str] = []
        for one, text in zip(named, texts, strict=True):
            if not one.is_body or not text:
                continue
            html = one.leaf.content_type == "text/html"
            if (
                one.alternative is not None
                and html == (one.alternative in answered)
                and (html or one.alternative in rich)
            ):
                continue
            piece = html_to_text(text) if html else text
            if piece.strip():
                pieces.append(piece.strip("\n"))
        return "\n\n".join(pieces)


def _says_something(text: str, markup: int) -> bool:
    """Whether a plain alternative stands for itself; some only say that there is HTML, and then the HTML is long."""
    text = text.strip()
    return bool(text) and not (len(text) < _STUB_LENGTH and len(text) * 8 < markup and _STUB.search(text))


def _part(one: _Named, text: str | None) -> Part:
    return Part(
        content_type=one.leaf.content_type,
        disposition=one.disposition,
        filename=one.filename,
        content_id=one.content_id,
        charset=one.leaf.params.get("charset", ""),
        encoding=one.encoding,
        start=one.leaf.start,
        end=one.leaf.end,
        text=text,
        parameters=tuple(one.leaf.params.items()),
    )


def _attachment(raw: bytes, one: _Named) -> Attachment:
    content = undo(raw[one.leaf.start : one.leaf.end], one.encoding)
    return Attachment(
        filename=one.filename,
        safe_filename=safe_filename(one.filename or _NAMES.get(one.leaf.content_type, "")),
        content_type=one.leaf.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        inline=one.disposition == "inline" or bool(one.content_id and one.disposition != "attachment"),
    )
