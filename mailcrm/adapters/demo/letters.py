"""From a `Letter` to the octets of a mail, in the charset and transfer encoding that its writer's program would use.

Room: adapters. In: letters, now. Out: raw mails with CRLF line ends (RFC 5322, 2045–2047, 2231). A letter labelled gb2312
holds GB18030 octets, as mail from China does. Boundaries come from the Message-ID: the same letter gives the same mail.
"""

from __future__ import annotations

import base64
import hashlib
import html
import quopri
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import encode_rfc2231, format_datetime, quote
from zoneinfo import ZoneInfo

from mailcrm.adapters.demo.moments import fill
from mailcrm.adapters.demo.papers import paper
from mailcrm.adapters.demo.talks import Letter

__all__ = ["build"]

_CODECS = {"gb2312": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}
_SERVER = "mx1.brightport.example"
_TRAVEL = timedelta(seconds=4)
_WORD_COLUMNS = 60

_MARKED = {
    "en": "On {at:%d/%m/%Y %H:%M}, {name} wrote:",
    "de": "Am {at:%d.%m.%Y um %H:%M} schrieb {name}:",
    "es": "El {at:%d/%m/%Y a las %H:%M}, {name} escribió:",
    "fr": "Le {at:%d/%m/%Y à %H:%M}, {name} a écrit :",
    "pt": "Em {at:%d/%m/%Y às %H:%M}, {name} escreveu:",
    "it": "Il {at:%d/%m/%Y %H:%M}, {name} ha scritto:",
    "nl": "Op {at:%d-%m-%Y %H:%M} schreef {name}:",
    "pl": "W dniu {at:%d.%m.%Y o %H:%M}, {name} pisze:",
    "ar": "في {at:%Y/%m/%d %H:%M} كتب {name}:",
}
_BLOCKS = {
    "outlook": ("-----Original Message-----", "From", "Sent", "To", "Subject"),
    "outlook-zh": ("-----邮件原件-----", "发件人", "发送时间", "收件人", "主题"),
}


def build(letter: Letter, known: Mapping[str, Letter], now: datetime) -> bytes:
    """Return the mail; `known` holds every letter by Message-ID, for references and quotes."""
    text = _text(letter, known, now)
    lines = list(_head(letter, known, now))
    content = _content(letter, text)
    if letter.attach:
        files = [_file(name, words) for name, words in letter.attach]
        content = _multipart("mixed", letter.message_id, [content, *files])
    return b"\r\n".join([*(line.encode("ascii") for line in lines), content])


def _text(letter: Letter, known: Mapping[str, Letter], now: datetime) -> str:
    """Return the whole text, the answered mail quoted below."""
    text = fill(letter.body, now, letter.zone)
    if not letter.quote:
        return text
    parent = known[letter.answers]
    original = _text(parent, known, now)
    at = (now + parent.age).astimezone(ZoneInfo(letter.zone))
    name = parent.sender[0] or parent.sender[1]
    if letter.quote in _MARKED:
        marked = "".join(f"> {line}".rstrip() + "\n" for line in original.splitlines())
        return f"{text}\n{_MARKED[letter.quote].format(at=at, name=name)}\n{marked}"
    rule, *labels = _BLOCKS[letter.quote]
    values = (
        f"{name} <{parent.sender[1]}>",
        f"{at:%Y-%m-%d %H:%M}",
        _readable(parent.to),
        fill(parent.subject, now, letter.zone),
    )
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    return f"{text}\n{rule}\n{block}\n\n{original}"


def _readable(people: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} <{address}>" if name else address for name, address in people)


def _head(letter: Letter, known: Mapping[str, Letter], now: datetime) -> Iterable[str]:
    arrived = now + letter.age
    domain = letter.sender[1].rpartition("@")[2]
    if letter.folder != "Sent":
        stamp = format_datetime(arrived.astimezone(ZoneInfo("Asia/Shanghai")))
        yield f"Received: from mail.{domain} (mail.{domain} [192.0.2.25])"
        yield f"\tby {_SERVER} with ESMTPS; {stamp}"
    written = (arrived - (timedelta() if letter.folder == "Sent" else _TRAVEL)).astimezone(ZoneInfo(letter.zone))
    yield f"Date: {format_datetime(written)}"
    yield f"From: {_addresses([letter.sender], letter.charset)}"
    yield f"To: {_addresses(letter.to, letter.charset)}"
    if letter.cc:
        yield f"Cc: {_addresses(letter.cc, letter.charset)}"
    yield f"Subject: {_words(fill(letter.subject, now, letter.zone), letter.charset)}"
    yield f"Message-ID: <{letter.message_id}>"
    if letter.answers:
        yield f"In-Reply-To: <{letter.answers}>"
        yield "References: " + "\r\n ".join(f"<{each}>" for each in _ancestors(letter, known))
    for name, value in letter.headers:
        yield f"{name}: {fill(value, now, letter.zone)}"
    yield "MIME-Version: 1.0"


def _ancestors(letter: Letter, known: Mapping[str, Letter]) -> list[str]:
    parent = known[letter.answers]
    return [*(_ancestors(parent, known) if parent.answers else ()), parent.message_id]


def _addresses(people: Iterable[tuple[str, str]], charset: str) -> str:
    return ",\r\n ".join(_address(name, address, charset) for name, address in people)


def _address(name: str, address: str, charset: str) -> str:
    if not name:
        return address
    shown = f'"{quote(name)}"' if name.isascii() else _words(name, charset)
    return f"{shown} <{address}>"


def _words(text: str, charset: str) -> str:
    """Return `text` fit for a header: as it is, or in encoded words of RFC 2047 (whole characters in each)."""
    if text.isascii() and text.isprintable():
        return text
    label = charset if _holds(charset, text) else "utf-8"
    codec = _CODECS.get(label, label)
    chunks = [""]
    for character in text:
        grown = chunks[-1] + character
        if len(base64.b64encode(grown.encode(codec))) > _WORD_COLUMNS - len(f"=?{label}?B??="):
            chunks.append(character)
        else:
            chunks[-1] = grown
    return "\r\n ".join(f"=?{label}?B?{base64.b64encode(chunk.encode(codec)).decode()}?=" for chunk in chunks)


def _holds(charset: str, text: str) -> bool:
    try:
        text.encode(_CODECS.get(charset, charset))
    except UnicodeEncodeError:
        return False
    return True


def _content(letter: Letter, text: str) -> bytes:
    plain = _leaf("plain", text, letter)
    if not letter.html:
        return plain
    page = _leaf("html", _page(text), letter)
    return page if letter.html == "only" else _multipart("alternative", f"alt {letter.message_id}", [plain, page])


def _leaf(subtype: str, text: str, letter: Letter) -> bytes:
    octets = text.replace("\n", "\r\n").encode(_CODECS.get(letter.charset, letter.charset))
    head = f"Content-Type: text/{subtype}; charset={letter.charset}\r\nContent-Transfer-Encoding: {letter.encoding}\r\n\r\n"
    return head.encode("ascii") + _transfer(octets, letter.encoding)


def _transfer(octets: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(octets).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        unix = octets.replace(b"\r\n", b"\n")
        return quopri.encodestring(unix).replace(b"\n", b"\r\n")
    return octets


def _page(text: str) -> str:
    """Return the text as a mail program's HTML: paragraphs, and marked lines in a blockquote."""
    own: list[str] = []
    quoted: list[str] = []
    for line in text.splitlines():
        (quoted if line.startswith(">") else own).append(html.escape(line.removeprefix(">").removeprefix(" ")))
    paragraphs = "".join(
        f"<p>{block.replace(chr(10), '<br>')}</p>\n" for block in "\n".join(own).split("\n\n") if block
    )
    quotation = f'<blockquote type="cite">{"<br>".join(quoted)}</blockquote>\n' if quoted else ""
    return f"<html><body>\n{paragraphs}{quotation}</body></html>\n"


def _file(name: str, words: str) -> bytes:
    media_type, octets = paper(name, words)
    parameter = f'filename="{name}"' if name.isascii() else f"filename*={encode_rfc2231(name, 'utf-8')}"
    head = f"Content-Type: {media_type}\r\nContent-Disposition: attachment; {parameter}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + _transfer(octets, "base64")


def _multipart(subtype: str, seed: str, parts: Iterable[bytes]) -> bytes:
    boundary = "=_" + hashlib.sha256(seed.encode()).hexdigest()[:24]
    fence = f"--{boundary}".encode()
    inner = b"".join(fence + b"\r\n" + part.rstrip(b"\r\n") + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + inner + fence + b"--\r\n"
