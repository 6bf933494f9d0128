"""Who reads mail: this process, or others beside it where there is much to read (`beside`).

Room: ingest. In: mails in the order of their fetching. Out: the same, ready to be stored, in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from mailcrm.ingest.preparing import Arriving, Door, Ready

__all__ = ["ReadHere", "Readers"]

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
