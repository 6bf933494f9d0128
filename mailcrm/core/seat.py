"""The engine's seat: who in this process works under the engine's lock.

Room: core. The background engine *keeps* the seat; a command that polls or sends *borrows* it for its own length. The lock
is taken once for all of them and let go when nobody here needs it any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mailcrm.store.lock import EngineLock

__all__ = ["Seat"]


class Seat:
    """`on_taken` runs whenever the lock has just been taken, before anybody works under it."""

    def __init__(self, lock: EngineLock, on_taken: Callable[[], object]) -> None:
        self._lock = lock
        self._on_taken = on_taken
        self._mutex = threading.Lock()
        self._borrowers = 0
        self._kept = False

    @contextmanager
    def borrow(self) -> Iterator[None]:
        """Work under the lock for the length of a block; Busy where another process holds it."""
        with self._mutex:
            if not self._lock.held:
                self._lock.__enter__()
                self._on_taken()
            self._borrowers += 1
        try:
            yield
        finally:
            with self._mutex:
                self._borrowers -= 1
                self._let_go()

    def keep(self) -> bool:
        """Take the seat for good; False where another process has it."""
        with self._mutex:
            if not self._lock.held:
                if not self._lock.acquire():
                    return False
                self._on_taken()
            self._kept = True
            return True

    def leave(self) -> None:
        """Give the seat up; whoever borrows it still ends first."""
        with self._mutex:
            self._kept = False
            self._let_go()

    def _let_go(self) -> None:
        if not self._kept and not self._borrowers:
            self._lock.release()
