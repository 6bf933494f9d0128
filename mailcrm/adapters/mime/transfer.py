"""Content-Transfer-Encoding undone, however broken.

Room: adapters. In: the bytes of a part and the name of its encoding (RFC 2045 section 6, and uuencode). Out: the content.
Never raises, linear time: what can't be decoded is handed back as it is.
"""

from __future__ import annotations

import binascii
import re

import pybase64

__all__ = ["undo"]

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_BASE64_RUN = re.compile(rb"([A-Za-z0-9+/\s]*)(=*)")
_UU_BEGIN = re.compile(rb"(?m)^begin [0-7]{3,4} [^\n]*\n")
_UU_NAMES = {"x-uuencode", "uuencode", "x-uue", "uue"}
_LONGEST_WORD = 40


def undo(data: bytes, encoding: str) -> bytes:
    """Return the content of `data`."""
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding in _UU_NAMES:
        return _uuencode(data)
    return data


def _base64(data: bytes) -> bytes:
    """Decode; several encoded pieces in a row are joined, and what a list server wrote below is left out."""
    padding = data.find(b"=")
    if padding < 0 or not data[padding:].strip(b"=\r\n \t"):
        return data if _is_prose(data) else _decoded(data)
    out: list[bytes] = []
    position = 0
    while position < len(data):
        found = _BASE64_RUN.match(data, position)
        if found is None or found.end() == position:
            break
        if position and not found[2] and found.end() < len(data):
            break
        out.append(_pad_and_decode(found[1].translate(None, _NOT_BASE64)))
        position = found.end()
    return b"".join(out) if out else data


def _is_prose(data: bytes) -> bool:
    """Whether something labelled base64 was written as plain text: blanks between words, which base64 never has."""
    return b" " in data and data.count(b" ") > max(len(data) // _LONGEST_WORD, 5)


def _decoded(data: bytes) -> bytes:
    """Decode one encoded piece: the codec passes over line ends and all that is no letter, but wants the letters to come out even."""
    try:
        return pybase64.b64decode(data)
    except binascii.Error:
        return _pad_and_decode(data.translate(None, _NOT_BASE64).rstrip(b"="))


def _pad_and_decode(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _uuencode(data: bytes) -> bytes:
    begin = _UU_BEGIN.search(data)
    if not begin:
        return data
    out: list[bytes] = []
    for line in data[begin.end() :].split(b"\n"):
        line = line.rstrip(b"\r")  # noqa: PLW2901  (the same line, without its end)
        if line == b"end":
            break
        out.append(_uu_line(line))
    return b"".join(out)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders count too many trailing characters: cut the line to what its first byte promises.
        promised = (((line[:1] or b" ")[0] - 32) & 63) * 4 // 3 + 5
        try:
            return binascii.a2b_uu(line[:promised])
        except binascii.Error:
            return b""
