"""What a file really is, and whether opening it can do more than show it.

Room: domain. In: a file's name and its bytes. Out: a `FileLook`. A name proves nothing: the bytes tell. Only what is shown by
everybody's viewer and runs nothing is harmless; whatever isn't known is not. Never raises; the look at a zip is bounded.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from mailcrm.domain.words import Sentence, say

__all__ = ["FileLook", "is_picture", "look_at"]

_MEMBERS = 5_000
_TEXT_LOOKED_AT = 4_096
_CARRIERS = re.compile(
    r"(?i)vbaproject|vbadata|/activex/|/embeddings/|macrosheets|/externallinks/|/customui|\.(?:bin|exe|vbs|js)$"
)
_MARKUP = re.compile(rb"(?i)<(?:!doctype|html|head|body|script|svg|\?xml)")


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file is; `refusal` tells why it isn't opened, None where it is harmless."""

    kind: Sentence
    refusal: Sentence | None = None


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its words, the extensions of a harmless one (() where it isn't), how its bytes begin."""

    title: Sentence
    extensions: tuple[str, ...]
    begins: tuple[bytes, ...] = ()


_PROGRAM = _Kind(
    say("a program"),
    (),
    (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
)
_SHORTCUT = _Kind(
    say("a shortcut, which starts what it likes"),
    (),
    (b"L\x00\x00\x00\x01\x14\x02\x00", b"[InternetShortcut]", b"[Desktop Entry]"),
)
_SCRIPT = _Kind(say("a script"), (), (b"#!",))
_OLD_OFFICE = _Kind(say("an old Office file, which may carry macros"), (), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",))
_RICH_TEXT = _Kind(say("a rich text file, which may carry other files"), (), (b"{\\rt",))
_ARCHIVE = _Kind(say("an archive"), (), (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF"))
_KNOWN = (
    _Kind(say("a PDF document"), ("pdf",), (b"%PDF-",)),
    _Kind(say("a picture"), ("png",), (b"\x89PNG\r\n\x1a\n",)),
    _Kind(say("a picture"), ("jpg", "jpeg", "jfif"), (b"\xff\xd8\xff",)),
    _Kind(say("a picture"), ("gif",), (b"GIF87a", b"GIF89a")),
    _Kind(say("a picture"), ("bmp",), (b"BM",)),
    _Kind(say("a picture"), ("tif", "tiff"), (b"II*\x00", b"MM\x00*")),
    _PROGRAM, _SHORTCUT, _SCRIPT, _OLD_OFFICE, _RICH_TEXT, _ARCHIVE,
)  # fmt: skip
_WEBP = _Kind(say("a picture"), ("webp",))
_PICTURES = tuple(begin for kind in _KNOWN[1:6] for begin in kind.begins)
_PHONE_BRANDS = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif")
_OFFICE = {
    "word/": _Kind(say("a Word document"), ("docx",)),
    "xl/": _Kind(say("an Excel workbook"), ("xlsx",)),
    "ppt/": _Kind(say("a PowerPoint presentation"), ("pptx",)),
}
_MACROS = _Kind(say("an Office file that carries macros or other files"), ())
_PAGE = _Kind(say("a web page"), ())
_TABLE = _Kind(say("a table in plain text, in which a spreadsheet would run formulas"), ())
_TEXT = _Kind(say("a plain text"), ("txt", "log"))
_UNKNOWN = _Kind(say("a file of a kind that mailcrm doesn't know"), ())


def look_at(name: str, data: bytes) -> FileLook:
    """Return what the file `name` is."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _kind(data, extension)
    if not kind.extensions:
        return FileLook(kind.title, say("{name} is {kind}: mailcrm doesn't open it.", name=name, kind=kind.title))
    if extension not in kind.extensions:
        told = say(
            "{name} is {kind}, and its name says something else: mailcrm doesn't open it.", name=name, kind=kind.title
        )
        return FileLook(kind.title, told)
    return FileLook(kind.title)


def is_picture(data: bytes) -> bool:
    """Whether bytes are a picture's, those of telephones (HEIF, AVIF) too, which not everybody's viewer shows."""
    if data[4:8] == b"ftyp" and data[8:12] in _PHONE_BRANDS:
        return True
    return data.startswith(_PICTURES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")


def _kind(data: bytes, extension: str) -> _Kind:
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _WEBP
    found = next((kind for kind in _KNOWN if data.startswith(kind.begins)), None)
    return found or _written(data, extension)


def _zipped(data: bytes) -> _Kind:
    """Return what a zip is, by its table of contents alone: nothing is unpacked."""
    import zipfile  # its compressors are a large import, and few files are ever looked at

    try:
        names = [entry.filename for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()[:_MEMBERS]]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return _UNKNOWN
    office = next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), None)
    if office is None or "[Content_Types].xml" not in names:
        return _ARCHIVE
    return _MACROS if len(names) == _MEMBERS or any(_CARRIERS.search(name) for name in names) else office


def _written(data: bytes, extension: str) -> _Kind:
    """Return what a file of letters is, `_UNKNOWN` where it is none."""
    if _MARKUP.search(data, 0, _TEXT_LOOKED_AT):
        return _PAGE
    if b"\x00" in data or not data.strip():
        return _UNKNOWN
    return _TABLE if extension in ("csv", "tsv") else _TEXT
