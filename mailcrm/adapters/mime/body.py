"""What a person reads of a mail, and what hangs on it.

Room: adapters. In: the raw mail and its leaves. Out: the body as text, the text of each readable part, the attachments.
Which text parts make the body follows RFC 8621 section 4.1.4: of alternatives one, in a row all. HTML isn't even
decoded where a text says the same. An attached mail's text never joins the body. Never raises.
"""

from __future__ import annotations

import re
from io import IncrementalNewlineDecoder
from typing import NamedTuple

from mailcrm.adapters.mime.attached import attachments, packed_text
from mailcrm.adapters.mime.charset import decode
from mailcrm.adapters.mime.flowed import unflowed
from mailcrm.adapters.mime.headers import decode_words, read_block
from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.named import ELSEWHERE, MAILS, REPORTS, Named, read_named
from mailcrm.adapters.mime.split import Leaf, split
from mailcrm.adapters.mime.transfer import undo
from mailcrm.domain.message import Attachment, Part

__all__ = ["Reading", "read_leaves", "read_texts"]

_TEXT_CAP, _CUT_TO, _BODY_CAP = 1_000_000, 256 * 1024, 4_000_000
_ORIGINAL_CAP = 65_536
_STUB_LENGTH = 600
_META_CHARSET = re.compile(rb"(?i)<meta[^>]{1,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})")
_REPORT = re.compile(rb"(?im)^content-type:[ \t]{0,9}message/(?:global-)?delivery-status")
_STUB = re.compile(
    r"(?i)html[- ](?:capable|format|e-?mail|version|compatible|enabled)|(?:not|n't) support html|view (?:this|it) (?:e-?mail |message )?(?:in|with|on)"
)


class Reading(NamedTuple):
    """The body, the parts with their text, the attachments, the charset fallback, and short defect codes."""

    body: str
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    fallback: str | None
    defects: tuple[str, ...]


def read_leaves(raw: bytes, leaves: list[Leaf], hints: Hints) -> Reading:
    """Read every leaf of `raw`."""
    named = [read_named(leaf, hints) for leaf in leaves]
    reader = _Reader(raw, hints)
    texts = reader.texts(named)
    body = reader.body(named, texts) or packed_text(raw, named)
    return Reading(
        body=body,
        parts=tuple([_part(one, text) for one, text in zip(named, texts, strict=True)]),
        attachments=attachments(raw, named),
        fallback=reader.fallback,
        defects=tuple(reader.defects),
    )


def read_texts(raw: bytes, leaves: list[Leaf], hints: Hints) -> list[tuple[str, bool]]:
    """Return every text of `raw` that a person reads, of alternatives all, each with whether it is HTML."""
    reader = _Reader(raw, hints)
    bodies = [one for leaf in leaves if (one := read_named(leaf, hints)).is_body]
    return [(text, _is_html(one)) for one in bodies if (text := reader.text(one))]


class _Reader:
    """Decodes the parts of one mail, within its caps."""

    def __init__(self, raw: bytes, hints: Hints) -> None:
        self.raw, self.hints = raw, hints
        self.fallback: str | None = None
        self.defects: dict[str, None] = {}
        self.budget = _BODY_CAP

    def texts(self, named: list[Named]) -> list[str | None]:
        """Return the text of each part, None for those that aren't read: files, and HTML where a plain text says the same."""
        texts = [None if _is_other_form(one) else self.text(one) for one in named]
        said = {
            one.alternative
            for one, text in zip(named, texts, strict=True)
            if one.alternative is not None and one.is_body and text and _says_something(text)
        }
        for place, one in enumerate(named):
            if _is_other_form(one) and one.alternative not in said:
                texts[place] = self.text(one)
        return texts

    def text(self, one: Named) -> str | None:
        """Return the text of a readable part, None for any other."""
        kind = one.leaf.content_type
        if kind in MAILS:
            return self._original(one)
        if kind == ELSEWHERE:
            return self._elsewhere(one)
        if not (one.is_body or kind in REPORTS or kind == "text/calendar"):
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
        if "\r" in text:  # CRLF and a lone CR become LF in one pass: a third of what replacing them costs
            text = IncrementalNewlineDecoder(None, translate=True).decode(text, final=True)
        if "\x00" in text:
            self.defects["nul"] = (
                None  # what is judged, shown and stored goes without (ingest.reading, ingest.storable)
            )
        text = text.removeprefix("\ufeff")
        params = one.leaf.params
        if kind == "text/plain" and params.get("format", "").lower() == "flowed":
            return unflowed(text, delsp=params.get("delsp", "").lower() == "yes")
        return text

    def _content(self, one: Named) -> bytes:
        start, end = one.leaf.start, one.leaf.end
        if end - start > _TEXT_CAP:
            self.defects["text_cut"] = None
            end = start + _CUT_TO
        return undo(self.raw[start:end], one.encoding)

    def _original(self, one: Named) -> str:
        """Return the header of an attached mail, decoded: what it is about, not what it says.

        A gateway may wrap a delivery report in a notice of its own: of such a mail, what it reports and the header of the
        mail that came back.
        """
        data = undo(self.raw[one.leaf.start : min(one.leaf.end, one.leaf.start + _ORIGINAL_CAP)], one.encoding)
        leaves = split(data, self.hints).leaves if _REPORT.search(data) else []
        if not any(leaf.content_type in REPORTS for leaf in leaves):
            return self._header(data, 0, len(data))
        pieces = []
        for leaf in leaves:
            if leaf.content_type in REPORTS:
                pieces.append(decode(data[leaf.start : leaf.end], "", self.hints)[0].replace("\r\n", "\n"))
            elif leaf.content_type in MAILS:
                pieces.append(self._header(data, leaf.start, leaf.end))
        return "\n\n".join(pieces)

    def _header(self, data: bytes, start: int, end: int) -> str:
        fields = read_block(data, start, end, self.hints).fields
        return "\n".join(f"{name}: {decode_words(text, self.hints)}" for name, text in fields)

    def _elsewhere(self, one: Named) -> str:
        """Return where a file lies that the mail only points to (RFC 2046 5.2.3), and what its sender wrote about it."""
        data = self.raw[one.leaf.start : min(one.leaf.end, one.leaf.start + _ORIGINAL_CAP)]
        note = (
            decode(data[read_block(data, 0, len(data), self.hints).body :], "", self.hints)[0]
            .replace("\x00", "")
            .strip()
        )
        where = "; ".join(f"{name}={value}" for name, value in one.leaf.params.items())
        return "\n".join(filter(None, (where, note.replace("\r\n", "\n"))))

    def body(self, named: list[Named], texts: list[str | None]) -> str:
        """Join what a person reads: of alternatives the plain text, unless it is empty or only points to the HTML."""
        read = [(one, text) for one, text in zip(named, texts, strict=True) if one.is_body and text]
        rich = {one.alternative: len(text) for one, text in read if _is_html(one)}
        answered = {
            one.alternative
            for one, text in read
            if one.alternative is not None and not _is_html(one) and _says_something(text, rich.get(one.alternative, 0))
        }
        pieces: list[str] = []
        for one, text in read:
            html = _is_html(one)
            if (
                one.alternative is not None
                and html == (one.alternative in answered)
                and (html or one.alternative in rich)
            ):
                continue
            piece = (_page_text(text) if html else text).strip("\n")
            if piece and not piece.isspace():
                pieces.append(piece)
        return "\n\n".join(pieces)


def _page_text(markup: str) -> str:
    from mailcrm.adapters.mime.html import (
        html_to_text,  # few mails are HTML alone, and the HTML parser is a large import
    )

    return html_to_text(markup)


def _is_html(one: Named) -> bool:
    return one.leaf.content_type == "text/html"


def _is_other_form(one: Named) -> bool:
    """Whether it is the HTML of a multipart/alternative."""
    return one.alternative is not None and _is_html(one)


def _says_something(text: str, markup: int | None = None) -> bool:
    """Whether a plain alternative stands for itself; some only say that there is HTML, and then the HTML is long.

    `markup`: how long it is, None where that isn't known.
    """
    text = text.strip()
    short = len(text) < _STUB_LENGTH and (markup is None or len(text) * 8 < markup)
    return bool(text) and not (short and _STUB.search(text))


def _part(one: Named, text: str | None) -> Part:
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
