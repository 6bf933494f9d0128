"""Header blocks and their values.

Room: adapters. In: the raw mail and where a header block begins. Out: its fields as text: unfolded, raw 8-bit bytes read by
evidence; and encoded words (RFC 2047) decoded with neighbours joined as bytes first, so that a character split over two words
survives. Never raises, linear time, caps of safety.md.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from mailcrm.adapters.mime.charset import decode
from mailcrm.adapters.mime.hints import Hints

__all__ = ["HEADER_CAP", "Block", "decode_words", "message_ids", "read_block"]

HEADER_CAP = 1_000_000
_WORDS_CAP = 500
_BROKEN_CAP, _LOOK_AHEAD = 20, 8_192

_BLANK = re.compile(rb"\n\r*\n")
_FIELD = re.compile(rb"([!-9;-~]++)[ \t]*+(?:\r?\n[ \t]++)?+:([^\n]*+(?:\n[ \t][^\n]*+)*+)\n?")
_LINE = re.compile(rb"[^\n]*\n?")
_PLAIN_FOLD = re.compile(r"\n[ \t]++")
_PLAIN_FIELD = re.compile(r"(?m)^([!-9;-~]++):(.*)")
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-[a-z-]+|reply-to|sender"
    rb"|in-reply-to|references|x-[a-z0-9-]+|delivered-to|list-[a-z-]+|dkim-signature)[ \t]*:"
)
_FOLD = re.compile(r"\r*+\n[ \t]*+|[\r\n]++")
_WORD_PIECES = 4  # and question marks
_PLAIN_WORD = re.compile(r"=\?([!-<>@-~][!->@-~]{0,59})\?([bBqQ])\?([^?]*+)\?=")
_WORD_START = re.compile(r"=\?([!->@-~]{1,60})\?([bBqQ])\?")
_GOES_ON = re.compile(r"[0-9A-Fa-f]{2}[^\s?]{0,200}\?=")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_QP = re.compile(rb"=([0-9A-Fa-f]{2})")
_SOUND_QP = re.compile(rb"(?:[^=]++|=[0-9A-Fa-f]{2})*+")
_BRACKETED_ID = re.compile(r"<([^<>]+)>")


class Block(NamedTuple):
    """A header block: (lower-case name, text) in order, the offset where the body begins, and short defect codes.

    The text is unfolded, its encoded words are undecoded: an address list and a parameter are cut before they are decoded.
    """

    fields: tuple[tuple[str, str], ...]
    body: int
    defects: tuple[str, ...] = ()

    def first(self, name: str) -> str:
        """Return the first field `name` that isn't blank."""
        for key, text in self.fields:
            if key == name and text:
                return text
        return ""


def read_block(raw: bytes, start: int, end: int, hints: Hints, wanted: str = "") -> Block:
    """Read the header block of `raw[start:end]`; fields whose name doesn't begin with `wanted` may be left out."""
    if start >= end or raw[start] in b"\r\n":
        first = raw.find(b"\n", start, end) + 1 or end
        if not raw[start:first].strip(b"\r\n"):
            return Block((), first)
    stop, body, defects = _block_end(raw, start, end)
    fields = _plain_fields(raw[start:stop])
    if fields is not None:
        return Block(fields, body, defects)
    values, body, defects = _any_fields(raw, start, stop, body, defects)
    # Evidence is dear: a hostile mail may fill a thousand parts with 8-bit fields that nobody asks for.
    said = tuple((name, _text(value, hints)) for name, value in values if name.startswith(wanted))
    return Block(said, body, defects)


def _plain_fields(head: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the fields of a block that is as RFC 5322 wants it, read at once; None for any other.

    The many calls for each field of `_any_fields` are most of what reading a mail would cost.
    """
    if not head.isascii() or b"\x1b" in head or b"\x00" in head:
        return None
    text = head.decode("ascii")
    if "\r" in text:
        if text.count("\r") != text.count("\r\n"):
            return None
        text = text.replace("\r", "")
    text = _PLAIN_FOLD.sub(" ", text)
    fields = _PLAIN_FIELD.findall(text)
    if len(fields) != text.count("\n") + (not text.endswith("\n")):
        return None  # a line is no field
    return tuple([(name.lower(), value.strip()) for name, value in fields])


def _any_fields(
    raw: bytes, start: int, stop: int, body: int, defects: tuple[str, ...]
) -> tuple[list[tuple[str, bytes]], int, tuple[str, ...]]:
    """Read the fields one by one, up to `stop`: (name, raw value) each, and `body` and `defects` as they turn out.

    A line that is no field ends the block, unless fields with well-known names follow it: then it is a broken fold, and
    belongs to the field before it. An mbox "From " line in front is passed over.
    """
    fields: list[tuple[str, bytes]] = []
    position, broken = start, 0
    while position < stop:
        found = _FIELD.match(raw, position, stop)
        if found:
            fields.append((found[1].decode("ascii").lower(), found[2]))
            position = found.end()
            continue
        line = _LINE.match(raw, position, stop)
        assert line is not None  # noqa: S101  (narrowing; the pattern matches the empty string)
        if position == start and line[0].lstrip(b">").startswith(b"From "):
            position = line.end()
            continue
        broken += 1
        if broken > _BROKEN_CAP or not _KNOWN.search(raw, line.end(), min(stop, line.end() + _LOOK_AHEAD)):
            body, defects = position, (*defects, "missing_header_end")
            break
        defects = ("broken_header_line",)
        if fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + b"\n " + line[0].rstrip(b"\r\n"))
        position = line.end()
    return fields, body, defects


def _block_end(raw: bytes, start: int, end: int) -> tuple[int, int, tuple[str, ...]]:
    """Return (end of the fields, begin of the body, defects)."""
    limit = min(end, start + HEADER_CAP)
    blank = _BLANK.search(raw, start, limit)
    if blank:
        return blank.start() + 1, blank.end(), ()
    if limit < end:
        rest = _BLANK.search(raw, limit, end)
        return limit, rest.end() if rest else end, ("header_cap",)
    return end, end, ()


def _text(value: bytes, hints: Hints) -> str:
    """Return a header value as text: unfolded, raw 8-bit or ISO-2022 bytes read, encoded words untouched."""
    plain = value.isascii() and b"\x1b" not in value
    text = value.decode("ascii") if plain else decode(value, "", hints)[0]
    if "\n" in text or "\r" in text:
        text = _FOLD.sub(" ", text.rstrip("\r\n"))
    return text.replace("\x00", "").strip()


def decode_words(text: str, hints: Hints) -> str:
    """Return `text` with its encoded words decoded; what can't be one stays as it is written.

    Space between two of them goes, and those of one charset are joined as bytes before they are decoded.
    """
    if "=?" not in text:
        return text
    pieces = _words(text)
    out = [pieces[0]]
    run: list[tuple[str, str]] = []
    charset = ""
    for place in range(1, len(pieces), _WORD_PIECES):
        label, encoding, payload, behind = pieces[place : place + _WORD_PIECES]
        name = label.partition("*")[0].lower()
        if run and name != charset:
            out.append(decode(_joined(run), charset, hints)[0])
            run = []
        charset = name
        run.append((encoding, payload))
        if place + _WORD_PIECES == len(pieces) or (behind and not behind.isspace()):
            out += (decode(_joined(run), charset, hints)[0], behind)
            run = []
    decoded = "".join(out)
    return decoded if decoded.isprintable() else _FOLD.sub(" ", decoded).replace("\x00", "")


def _words(text: str) -> list[str]:
    """Cut `text`: what stands before the first encoded word, then of each its charset, encoding, payload, and what stands behind."""
    pieces = _PLAIN_WORD.split(text)
    # No question mark but theirs: no other cut is possible.
    if text.count("?") == len(pieces) - 1 <= _WORD_PIECES * _WORDS_CAP:
        return pieces
    pieces, position = [], 0
    while len(pieces) < _WORD_PIECES * _WORDS_CAP:
        start = _WORD_START.search(text, position)
        finish = _word_end(text, start) if start else -1
        if start is None or finish < 0:
            break
        pieces += (text[position : start.start()], start[1], start[2], text[start.end() : finish])
        position = finish + 2
    return [*pieces, text[position:]]


def _word_end(text: str, start: re.Match[str]) -> int:
    """Return where the closing mark of an encoded word stands, -1 where it has none."""
    finish = text.find("?=", start.end())
    # A raw question mark inside a Q word, followed by an encoded byte, looks like the end of the word.
    while finish >= 0 and start[2] in "qQ" and _GOES_ON.match(text, finish + 2, finish + 220):
        finish = text.find("?=", finish + 2)
    return finish


def _joined(words: list[tuple[str, str]]) -> bytes:
    data = b""
    pending = ""
    for encoding, payload in words:
        if encoding in "qQ":
            data, pending = data + (_base64(pending) if pending else b"") + _quoted(payload), ""
            continue
        pending += payload.strip()
        if len(pending) % 4 == 0 or pending.endswith("="):
            data, pending = data + _base64(pending), ""
    return data + _base64(pending) if pending else data


def _quoted(payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if _SOUND_QP.fullmatch(data):
        return binascii.a2b_qp(data, header=True)
    return _QP.sub(lambda found: bytes((int(found[1], 16),)), data.replace(b"_", b" "))


def _base64(payload: str) -> bytes:
    if len(payload) % 4 == 0 and "=" not in payload[:-2]:
        try:
            return binascii.a2b_base64(payload)
        except ValueError:  # other letters than ASCII, or too few of them
            pass
    letters = _NOT_BASE64.sub("", payload)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))


def message_ids(value: str) -> tuple[str, ...]:
    """Return the ids of a Message-ID, In-Reply-To or References value, without angle brackets, in order."""
    if not value:
        return ()
    found = ["".join(text.split()) for text in _BRACKETED_ID.findall(value)]
    if not found:
        found = [word.strip("<>\"',;") for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(filter(None, found)))
