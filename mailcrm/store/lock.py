"""The engine's lock: one process polls and sends, the others look on.

Room: store. On SQLite an OS lock on a file in the home: the kernel frees it when the holder dies, so there is no clock
and no expiry in it. On PostgreSQL a session advisory lock of the database, which does the same across machines.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from mailcrm.domain.errors import Busy
from mailcrm.domain.words import say
from mailcrm.store.engine import Store
from mailcrm.store.filelock import lock_file, take

__all__ = ["EngineLock"]

_ADVISORY_KEY = 0x6D61696C  # "mail"


class EngineLock:
    """Take with `acquire` or as a context manager (Busy when held elsewhere); `held` tells about this process."""

    def __init__(self, home: Path, store: Store) -> None:
        self._path = lock_file(home)
        self._store = store
        self._file: IO[str] | None = None
        self._connection: Connection | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self) -> bool:
        """Try once; False where another process (or another object of this one) holds it."""
        if self.held:
            return True
        file = self._path.open("a+", encoding="ascii")
        if not take(file):
            file.close()
            return False
        if not self._store.is_sqlite and not self._advisory():
            file.close()
            return False
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        """Let go; harmless when not held."""
        if self._connection is not None:
            _unlock(self._connection)
            self._connection = None
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def holder(self) -> int | None:
        """Return the process that holds it, None where nobody does (for display only)."""
        if self.held:
            return os.getpid()
        try:
            pid = int(self._path.read_text("ascii") or "0")
            if pid:
                os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid or None

    def __enter__(self) -> Self:
        if not self.acquire():
            raise Busy(
                say("Another mailcrm is at work on this home (process {pid}).", pid=self.holder() or "?"),
                say("It polls and sends for you; or stop it and try again."),
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _advisory(self) -> bool:
        connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        taken = bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY_KEY}).scalar_one())
        if taken:
            self._connection = connection
        else:
            connection.close()
        return taken


def _unlock(connection: Connection) -> None:
    """Let go before the session goes back to the pool, where it would go on holding the lock."""
    try:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_KEY})
    except DBAPIError:  # the connection is gone, and the lock with it
        connection.invalidate()
    connection.close()
