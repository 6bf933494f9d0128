"""What Outlook packs into winmail.dat (TNEF, [MS-OXTNEF]).

Room: adapters. In: the bytes of an application/ms-tnef part. Out: its files, and the texts of the mail that it carries.
Never raises: reading stops where the stream stops making sense, and what was read until then counts. One pass, bounded.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Packed", "PackedFile", "unpack"]

_SIGNATURE = 0x223E9F78
_ATTRIBUTES_CAP, _FILES_CAP, _PROPERTIES_CAP, _VALUES_CAP = 10_000, 500, 5_000, 1_000
_NAME_CAP, _TEXT_CAP = 500, 1_000_000

# Attributes: the stream's own fields ([MS-OXTNEF] 2.1.3.1).
_RENDER, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _MAIL_PROPERTIES, _CODE_PAGE = 0x800C, 0x9003, 0x9007
# Properties ([MS-OXPROPS]), which two of the attributes are lists of.
_TEXT, _RTF, _HTML, _HTML_PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_CONTENT, _SHORT_NAME, _LONG_NAME, _MEDIA_TYPE, _CONTENT_ID, _SHOWN_NAME = (
    0x3701,
    0x3704,
    0x3707,
    0x370E,
    0x3712,
    0x3001,
)
# Property types ([MS-OXCDATA] 2.11.1).
_MANY, _NAMED = 0x1000, 0x8000
_OBJECT, _STRING8, _UNICODE, _BINARY = 0x000D, 0x001E, 0x001F, 0x0102
_WIDTHS = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip
_OBJECT_ID = 16


@dataclass(slots=True)
class PackedFile:
    """A file in the packet; `content_type` "" where none is told."""

    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class Packed:
    """What a packet holds: files, and the mail's text as plain text, as markup, and as compressed RTF, each where it is there.

    `charset`: the code page of `text`, `html_charset` that of `html`.
    """

    files: list[PackedFile] = field(default_factory=list)
    text: bytes = b""
    html: bytes = b""
    rtf: bytes = b""
    charset: str = ""
    html_charset: str = ""
    sound: bool = False


def unpack(data: bytes) -> Packed:
    """Return what the packet `data` holds; `sound` is False where it is no such packet at all."""
    packed = Packed()
    if len(data) < 6 or int.from_bytes(data[:4], "little") != _SIGNATURE:  # noqa: PLR2004  (signature and key)
        return packed
    packed.sound = True
    for tag, value in _attributes(memoryview(data)):
        _take(packed, tag, value)
    packed.files = [file for file in packed.files if file.content or file.name]
    return packed


def _attributes(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield (tag, value): level, tag, type, length, value, checksum."""
    position = 6
    for _ in range(_ATTRIBUTES_CAP):
        if position + 9 > len(data):
            return
        level, tag, _kind, length = struct.unpack_from("<BHHI", data, position)
        position += 9
        if level not in (1, 2) or position + length > len(data):
            return
        yield tag, data[position : position + length]
        position += length + 2


def _take(packed: Packed, tag: int, value: memoryview) -> None:
    if tag == _RENDER and len(packed.files) < _FILES_CAP:
        packed.files.append(PackedFile())
    elif tag in (_TITLE, _DATA, _FILE_PROPERTIES):
        if not packed.files:  # some programs leave out the attribute that opens a file
            packed.files.append(PackedFile())
        _take_file(packed.files[-1], tag, value, packed.charset)
    elif tag == _CODE_PAGE and len(value) >= 4:  # noqa: PLR2004  (a 32-bit number)
        packed.charset = _charset(int.from_bytes(value[:4], "little"))
    elif tag == _BODY:
        packed.text = bytes(value[:_TEXT_CAP]).rstrip(b"\0")
    elif tag == _MAIL_PROPERTIES:
        _take_texts(packed, value)


def _charset(page: int) -> str:
    return {65001: "utf-8", 20127: "", 936: "gb18030", 950: "big5", 54936: "gb18030", 50220: "iso-2022-jp"}.get(
        page, f"cp{page}"
    )


def _take_file(file: PackedFile, tag: int, value: memoryview, charset: str) -> None:
    if tag == _TITLE:
        file.name = file.name or _string(bytes(value[:_NAME_CAP]), charset)
    elif tag == _DATA:
        file.content = bytes(value)
    else:
        names: dict[int, str] = {}
        for number, kind, raw in _properties(value):
            if number == _CONTENT and kind in (_BINARY, _OBJECT):
                file.content = bytes(raw[_OBJECT_ID:] if kind == _OBJECT else raw)
            elif kind in (_STRING8, _UNICODE):
                text = bytes(raw[: 2 * _NAME_CAP])
                names.setdefault(number, _string(text, "utf-16-le" if kind == _UNICODE else charset))
        file.name = names.get(_LONG_NAME) or names.get(_SHORT_NAME) or file.name or names.get(_SHOWN_NAME, "")
        file.content_type = names.get(_MEDIA_TYPE, "").lower()
        file.content_id = names.get(_CONTENT_ID, "").strip("<> ")


def _take_texts(packed: Packed, value: memoryview) -> None:
    for number, kind, raw in _properties(value):
        if number == _RTF:
            packed.rtf = bytes(raw)
        elif number == _HTML:
            packed.html = _unicode_as_utf8(bytes(raw[:_TEXT_CAP]), kind)
            packed.html_charset = "utf-8" if kind == _UNICODE else packed.html_charset
        elif number == _TEXT and not packed.text:
            packed.text = _unicode_as_utf8(bytes(raw[:_TEXT_CAP]), kind).rstrip(b"\0")
            packed.charset = "utf-8" if kind == _UNICODE else packed.charset
        elif number == _HTML_PAGE and len(raw) >= 4:  # noqa: PLR2004  (a 32-bit number)
            packed.html_charset = packed.html_charset or _charset(int.from_bytes(raw[:4], "little"))


def _unicode_as_utf8(data: bytes, kind: int) -> bytes:
    return data.decode("utf-16-le", "replace").rstrip("\0").encode("utf-8", "replace") if kind == _UNICODE else data


def _string(data: bytes, charset: str) -> str:
    """Return a name: it ends at its first zero; a code page that is wrong gives way to UTF-8, then to cp1252."""
    for codec in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(codec or "utf-8").partition("\0")[0].strip()
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1").partition("\0")[0].strip()


def _properties(data: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield (number, type, value) of a property list, the first value of each; stops where the list breaks off."""
    try:
        count = min(struct.unpack_from("<I", data)[0], _PROPERTIES_CAP)
        position = 4
        for _ in range(count):
            kind, number = struct.unpack_from("<HH", data, position)
            position = _behind_name(data, position + 4) if number >= _NAMED else position + 4
            first, position = _value(data, position, kind)
            if first is not None:
                yield number, kind & ~_MANY, first
    except struct.error:
        return


def _behind_name(data: memoryview, position: int) -> int:
    """Return where the value of a named property begins: behind a GUID and a number or a padded name."""
    by_name, size = struct.unpack_from("<II", data, position + _OBJECT_ID)
    return position + _OBJECT_ID + 8 + (_padded(size) if by_name else 0)


def _padded(size: int) -> int:
    return (size + 3) & ~3


def _value(data: memoryview, position: int, kind: int) -> tuple[memoryview | None, int]:
    """Return the first value of a property and the position behind all of them."""
    plain = kind & ~_MANY
    width = _WIDTHS.get(plain)
    count = 1
    if kind & _MANY or width is None:
        count = struct.unpack_from("<I", data, position)[0]
        position += 4
    if count > _VALUES_CAP or (width is None and plain not in (_OBJECT, _STRING8, _UNICODE, _BINARY)):
        raise struct.error("no property list")
    first: memoryview | None = None
    for _ in range(count):
        size = width
        if size is None:
            size = struct.unpack_from("<I", data, position)[0]
            position += 4
        if position + size > len(data):
            raise struct.error("the value goes beyond its list")
        first = data[position : position + size] if first is None else first
        position += _padded(size)
    return first, position
