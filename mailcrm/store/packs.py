"""Packs: the compressed bytes of mails, in files beside a SQLite database that only ever grow.

Room: store. In: bytes, while the caller holds the database's write lock. Out: places (segment, offset, length), which the
caller commits. What isn't referred to by a committed row doesn't exist: the next writer begins where the last referred byte
ends, so a torn tail, or that of a transaction that was rolled back, is overwritten and needs no repair. The bytes are on the
disk (`sync`) before the transaction that refers to them commits; they go there once, not through the database's log too.
"""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import zstandard

from mailcrm.domain.errors import HomeError
from mailcrm.domain.words import say

__all__ = [
    "PackWriter",
    "PackedMail",
    "Packs",
    "Place",
    "beginning",
    "digest",
    "full_disk",
    "pack",
    "pack_texts",
    "unpack",
    "unpack_texts",
]

_LEVEL = 1
_SEGMENT_OCTETS = 256 * 1024 * 1024
_to_disk = getattr(os, "fdatasync", os.fsync)


class _Zstd(threading.local):
    """What packs and unpacks, for each thread: made anew for each mail it costs a fifth, and two threads at one bring the process down."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd = _Zstd()


class PackedMail(NamedTuple):
    """The bytes of a mail, compressed: `sha256` (hex) and `size` are those of the bytes themselves."""

    sha256: str
    size: int
    packed: bytes


def digest(raw: bytes) -> str:
    """Return the name of the bytes: their sha256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def pack(raw: bytes) -> PackedMail:
    """Return `raw` ready to be kept; needs no database."""
    return PackedMail(digest(raw), len(raw), _zstd.compressor.compress(raw))


def unpack(packed: bytes) -> bytes:
    """Return the bytes that were packed."""
    return _zstd.decompressor.decompress(packed)


def pack_texts(body: str, reply: str, signature: str) -> bytes:
    """Return texts ready to be kept: without NUL, which parts them, and lone surrogates, as `ingest.storable` has them."""
    texts = [text.replace("\0", "") for text in (body, reply, signature)]
    return _zstd.compressor.compress("\0".join(texts).encode("utf-8", "replace"))


def unpack_texts(packed: bytes) -> tuple[str, str, str]:
    """Return body, newest part and signature."""
    body, reply, signature = unpack(packed).decode().split("\0")
    return body, reply, signature


def beginning(packed: bytes, octets: int) -> str:
    """Return the beginning of a packed body, without unpacking all of a long one."""
    short = 0 <= zstandard.frame_content_size(packed) <= octets
    text: bytes = unpack(packed) if short else _zstd.decompressor.stream_reader(packed).read(octets)
    return text.partition(b"\0")[0].decode("utf-8", "ignore")


class Place(NamedTuple):
    """Where bytes lie: the number of the file, the offset in it and the length, both in octets."""

    segment: int
    offset: int
    length: int

    @property
    def end(self) -> int:
        """The offset behind the last octet."""
        return self.offset + self.length


class Packs:
    """The packs of a home; safe to share between threads, since nothing is kept open."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, place: Place) -> bytes:
        """Return the bytes at `place`; HomeError where the file is gone or too short."""
        path = self.path(place.segment)
        try:
            with path.open("rb") as file:
                file.seek(place.offset)
                found = file.read(place.length)
        except OSError as error:
            raise _lost(path) from error
        if len(found) != place.length:
            raise _lost(path)
        return found

    def writer(self, last: Place | None) -> PackWriter:
        """Return what appends behind `last`, the end of what the database refers to (None: nothing yet)."""
        return PackWriter(self, last)

    def path(self, segment: int) -> Path:
        """Return the file of a segment."""
        return self._directory / f"{segment:06d}.pack"

    def free_segment(self) -> int:
        """Return a number above those of all files."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        return max((int(path.stem) for path in self._directory.glob("*.pack") if path.stem.isdigit()), default=0) + 1


class PackWriter:
    """Appends for one transaction; `sync` before it commits, `close` in any case."""

    def __init__(self, packs: Packs, last: Place | None) -> None:
        self._packs = packs
        self._file: BinaryIO | None = None
        self._segment, self._offset = (last.segment, last.end) if last else (0, _SEGMENT_OCTETS)

    def append(self, packed: bytes) -> Place:
        """Write `packed` behind everything else."""
        with _disk_trouble():
            if self._offset >= _SEGMENT_OCTETS or (self._file is None and not self._go_on()):
                self._begin_segment()
            assert self._file is not None  # noqa: S101  (opened just now)
            self._file.write(packed)
        place = Place(self._segment, self._offset, len(packed))
        self._offset = place.end
        return place

    def flush(self) -> None:
        """Let what was written be readable, before it is on the disk: the transaction that wrote it may read it."""
        if self._file is not None:
            with _disk_trouble():
                self._file.flush()

    def sync(self) -> None:
        """Return when everything written is on the disk."""
        if self._file is not None:
            with _disk_trouble():
                self._file.flush()
                _to_disk(self._file.fileno())

    def close(self) -> None:
        """Let go of the file; what isn't on the disk by now belongs to a transaction that failed."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _go_on(self) -> bool:
        """Open the last segment at its end; False where it is shorter than it must be: what is lost isn't written over."""
        path = self._packs.path(self._segment)
        if not path.exists() or path.stat().st_size < self._offset:
            return False
        self._file = path.open("r+b")
        self._file.truncate(self._offset)
        self._file.seek(self._offset)
        return True

    def _begin_segment(self) -> None:
        self.sync()
        self.close()
        self._segment, self._offset = self._packs.free_segment(), 0
        path = self._packs.path(self._segment)
        self._file = path.open("xb")
        path.chmod(0o600)
        _note_in_directory(path.parent)


def _note_in_directory(directory: Path) -> None:
    """Let a new file's name survive a loss of power, where the system can."""
    if os.name == "posix":
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _disk_trouble() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full_disk(reason) from error
        raise HomeError(
            say("The stored mail can't be written: {reason}.", reason=reason),
            say("Check that the home belongs to you and that its disk is well; no mail was lost."),
        ) from error


def full_disk(reason: str) -> HomeError:
    """Return what is told of a full disk; `reason`: the system's words."""
    return HomeError(
        say("The disk is full, so nothing was changed: {reason}.", reason=reason),
        say("Free some space where the home lies and try again; no mail was lost."),
    )


def _lost(path: Path) -> HomeError:
    return HomeError(
        say("A part of the stored mail is missing: {path}.", path=path),
        say("Restore the home from a backup; the mail itself still lies on the server."),
    )
