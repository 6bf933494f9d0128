r"""The text of a mail that Outlook wrote as RTF.

Room: adapters. In: compressed RTF ([MS-OXRTFCP]) as winmail.dat carries it. Out: the RTF itself, and what can honestly be
read of it: the HTML that Outlook wrapped ([MS-OXRTFEX], `\fromhtml`), or the plain text. Never raises; linear, bounded.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from mailcrm.adapters.mime.charset import decode
from mailcrm.adapters.mime.html import html_to_text

__all__ = ["decompressed", "rtf_to_text"]

_RAW_CAP, _READ_CAP = 4_000_000, 1_000_000
_COMPRESSED, _STORED = 0x75465A4C, 0x414C454D
_RING = 4_096
_SEED = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompressed(data: bytes) -> bytes:
    """Return the RTF of `data`, as far as it can be read; at most 4 MB."""
    if len(data) < 16:  # noqa: PLR2004  (the header)
        return b""
    _, size, kind = struct.unpack_from("<III", data)
    if kind == _STORED:
        return data[16 : 16 + min(size, _RAW_CAP)]
    return _inflated(data, min(size, _RAW_CAP)) if kind == _COMPRESSED else b""


def _inflated(data: bytes, size: int) -> bytes:
    """Undo the LZ77 of [MS-OXRTFCP] 2.2: eight tokens a control byte, references into a ring that starts with `_SEED`."""
    ring = bytearray(_SEED.ljust(_RING, b"\0"))
    write, position = len(_SEED), 16
    out = bytearray()
    while len(out) < size and position < len(data):
        control = data[position]
        position += 1
        for bit in range(8):
            if not control >> bit & 1:
                token, position = data[position : position + 1], position + 1
            else:
                token = data[position : position + 2]
                position += 2
                if len(token) < 2 or (token[0] << 4 | token[1] >> 4) == write:  # noqa: PLR2004  (a reference; to itself: the end)
                    return bytes(out[:size])
                token = _copied(ring, token, write)
            for byte in token:
                ring[write] = byte
                write = (write + 1) % _RING
            out += token
    return bytes(out[:size])


def _copied(ring: bytearray, token: bytes, write: int) -> bytes:
    """Return what a reference stands for; it may run into what it writes itself."""
    start, length = token[0] << 4 | token[1] >> 4, (token[1] & 15) + 2
    distance = (write - start) % _RING or _RING
    seen = bytes(ring[(start + i) % _RING] for i in range(min(length, distance)))
    return (seen * (length // len(seen) + 1))[:length]


_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"generator", b"listtable",
     b"listoverridetable", b"xmlnstbl", b"themedata", b"fldinst", b"mhtmltag", b"nonshppict", b"listtext", b"pntext")
)  # fmt: skip
_BREAKS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"row": "\n", b"cell": "\t", b"sect": "\n", b"page": "\n"}
_MARKS = {
    b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
    b"endash": "\u2013", b"emdash": "\u2014",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\r": "\n", b"\n": "\n"}
_DEPTH_CAP = 1_000


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group: nothing is shown, only markup is, what stands for an unreadable Unicode character."""

    skipped: bool = False
    markup: bool = False
    hidden: bool = False
    stand_ins: int = 1


class _Reader:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.pending = bytearray()
        self.groups = [_Group()]
        self.charset, self.to_skip = "cp1252", 0
        self.from_html = self.starred = False

    @property
    def group(self) -> _Group:
        return self.groups[-1]

    def flush(self) -> None:
        """Decode the 8-bit characters at once: a Chinese one takes two of them."""
        if self.pending:
            self.out.append(decode(bytes(self.pending), self.charset)[0])
            self.pending.clear()

    def say(self, text: str) -> None:
        if not self.group.skipped and not (self.from_html and self.group.hidden):
            self.flush()
            self.out.append(text)

    def brace(self, brace: bytes) -> None:
        if brace == b"{" and len(self.groups) < _DEPTH_CAP:
            self.groups.append(self.group)
        elif brace == b"}" and len(self.groups) > 1:
            self.groups.pop()
        self.starred = False

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif not self.group.skipped and not (self.from_html and self.group.hidden):
            self.pending.append(value)

    def plain(self, text: bytes) -> None:
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        if text[skipped:]:
            self.say(text[skipped:].decode("cp1252", "replace"))

    def word(self, word: bytes, number: int | None) -> None:
        if (self.starred and word != b"htmltag") or word in _SKIPPED:
            self.groups[-1] = replace(self.group, skipped=True)
        elif word == b"htmltag":
            self.groups[-1] = replace(self.group, markup=True, skipped=not self.from_html)
        elif word == b"htmlrtf":
            self.groups[-1] = replace(self.group, hidden=number != 0)
        else:
            self._text_word(word, number)
        self.starred = False

    def _text_word(self, word: bytes, number: int | None) -> None:
        if word in _BREAKS or word in _MARKS:
            self.say(_MARKS.get(word) or _BREAKS[word])
        elif word == b"u" and number is not None:
            self.say(chr(number % 65_536))
            self.to_skip = self.group.stand_ins
        elif word == b"uc" and number is not None:
            self.groups[-1] = replace(self.group, stand_ins=max(0, min(number, 10)))
        elif word == b"ansicpg" and number:
            self.charset = f"cp{number}"
        elif word == b"fromhtml":
            self.from_html = True


def rtf_to_text(rtf: bytes) -> str:
    """Return the readable text of an RTF document, "" where it is none."""
    if rtf.lstrip()[:5] != b"{\\rtf":
        return ""
    reader = _Reader()
    for token in _TOKEN.finditer(rtf[:_READ_CAP]):
        word, number, code, sign, brace, text = token.groups()
        if code:
            reader.byte(int(code, 16))
            continue
        if word:
            reader.word(word, int(number) if number else None)
        elif brace:
            reader.brace(brace)
        elif sign == b"*":
            reader.starred = True
        elif sign:
            reader.say(_SIGNS.get(sign, ""))
        elif text:
            reader.plain(text)
    reader.flush()
    # \u speaks UTF-16: two of them make one character beyond its first plane.
    said = "".join(reader.out).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    return html_to_text(said) if reader.from_html else said.strip()
