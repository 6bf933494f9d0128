"""Who reads mail: this process, or others beside it where there is much to read.

Room: ingest. In: mails in the order of their fetching. Out: the same, ready to be stored, in that order.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Protocol, Self, TypeVar

from mailcrm.ingest.preparing import Arriving, Door, Ready

__all__ = ["ReadBeside", "ReadHere", "Readers"]

_WORKERS = 2
_AHEAD = 4

K = TypeVar("K")


class Readers(Protocol):
    """Read mails."""

    def through(self, door: Door, hauls: Iterable[tuple[K, Sequence[Arriving]]]) -> Iterator[tuple[K, list[Ready]]]:
        """Yield each haul with its mails read, in the same order."""
        ...


class ReadHere:
    """Reads in this process, each haul when it is asked for."""

    def through(self, door: Door, hauls: Iterable[tuple[K, Sequence[Arriving]]]) -> Iterator[tuple[K, list[Ready]]]:
        """Yield each haul with its mails read."""
        for haul, mails in hauls:
            yield haul, [door.ready(mail) for mail in mails]


class ReadBeside:
    """Reads in two other processes, some hauls ahead of the one that is asked for. They end with the context."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def through(self, door: Door, hauls: Iterable[tuple[K, Sequence[Arriving]]]) -> Iterator[tuple[K, list[Ready]]]:
        """Yield each haul with its mails read."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(_WORKERS, mp_context=multiprocessing.get_context("spawn"))
        waiting: deque[tuple[K, Future[list[Ready]]]] = deque()
        for haul, mails in hauls:
            waiting.append((haul, self._pool.submit(_read, door, mails)))
            if len(waiting) > _AHEAD:
                first, read = waiting.popleft()
                yield first, read.result()
        for haul_, read in waiting:
            yield haul_, read.result()


def _read(door: Door, mails: Sequence[Arriving]) -> list[Ready]:
    return [door.ready(mail) for mail in mails]
