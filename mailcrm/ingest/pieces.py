"""Pieces of memory that processes share, used again and again.

Room: ingest. In: how many octets. Out: a piece with room for them, to be given back; OSError where the system has no room. To make
a piece and touch each of its pages for the first time costs ten times what writing to it does.
"""

from __future__ import annotations

import os
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

__all__ = ["USED_AGAIN", "Pieces", "octets_of"]

USED_AGAIN = 5 * 1024 * 1024  # a haul, and what reading it comes to; larger ones are made for their occasion
_SYSTEM = Path("/dev/shm")  # noqa: S108  (where Linux keeps them)


class Pieces:
    """Lends pieces; `close` lets go of those that were given back."""

    def __init__(self) -> None:
        self._free: list[SharedMemory] = []

    def take(self, octets: int) -> SharedMemory:
        """Return a piece of which the first `octets` can be written to."""
        if octets > USED_AGAIN:
            piece = SharedMemory(create=True, size=octets)
        else:
            piece = self._free.pop() if self._free else SharedMemory(create=True, size=USED_AGAIN)
        try:
            _set_aside(piece, octets)
        except OSError:
            _free(piece)
            raise
        return piece

    def give_back(self, piece: SharedMemory) -> None:
        """Let others have `piece`; nobody writes to it any more."""
        if piece.size > USED_AGAIN:
            _free(piece)
        else:
            self._free.append(piece)

    def close(self) -> None:
        """Let go of all of them."""
        while self._free:
            _free(self._free.pop())


def octets_of(piece: SharedMemory) -> memoryview:
    """Return what lies in `piece`."""
    assert piece.buf is not None  # noqa: S101  (it is open)
    return piece.buf


def _set_aside(piece: SharedMemory, octets: int) -> None:
    """Take the room now, where that can be refused: Linux promises more than there is, and ends who writes to it."""
    place = _SYSTEM / piece.name
    if place.exists():
        with place.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, octets)


def _free(piece: SharedMemory) -> None:
    piece.close()
    piece.unlink()
