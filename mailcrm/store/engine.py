"""The database: one `Store` per process, a transaction per command.

Room: store. In: a URL (SQLite file or PostgreSQL). Out: sessions. `begin` is for writers (SQLite: BEGIN IMMEDIATE, so
that two processes queue up instead of failing half-way), `read` for queries. Sessions never cross threads, and nobody
talks to the network while one is open. Errors that a person can mend leave as domain errors.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import Session

from mailcrm.domain.errors import Busy, ConfigError, HomeError, MailcrmError
from mailcrm.domain.words import say
from mailcrm.store.packs import Packs, PackWriter, Place, full_disk

__all__ = ["Store", "pack_writer", "packs_of"]

_BUSY_MS = 5000
_JSON = json.JSONEncoder(separators=(",", ":"))
_PACKS, _WRITER = "mailcrm_packs", "mailcrm_pack_writer"


class Store:
    """The database of a home."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
        except ArgumentError as error:
            raise ConfigError(
                say("The database URL {url} can't be read.", url=url),
                say("Write sqlite:////path/to/mailcrm.db or postgresql+psycopg://user@host/database."),
            ) from error
        self.engine = create_engine(self.url, hide_parameters=True, json_serializer=_as_json)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        database = self.url.database if self.is_sqlite else None
        self._packs = Packs(Path(database).parent / "packs") if database else None
        self._watching = threading.Lock()
        self._watcher: PoolProxiedConnection | None = None
        self._writer = self.engine.execution_options(mailcrm_writes=True)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a write transaction; it commits when the block ends well, else nothing of it stays."""
        with _for_people(), self._session(self._writer) as session, _packing(session), session.begin():
            yield session
            _sync_packs(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a snapshot to read from."""
        with _for_people(), self._session(self.engine, autoflush=False) as session:
            yield session

    def _session(self, engine: Engine, *, autoflush: bool = True) -> Session:
        return Session(engine, expire_on_commit=False, autoflush=autoflush, info={_PACKS: self._packs})

    def data_version(self) -> int:
        """Return a number that changes when another connection has written (SQLite); 0 on PostgreSQL."""
        if not self.is_sqlite:
            return 0
        with self._watching:
            # The number only moves as seen from one and the same connection, outside of any transaction.
            if self._watcher is None:
                self._watcher = self.engine.raw_connection()
            found = self._watcher.cursor().execute("PRAGMA data_version").fetchone()
            return int(found[0])

    def close(self) -> None:
        """Let go of every connection."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()


def _as_json(value: object) -> str:
    """Return a value as JSON; most of what a mail keeps so is nothing, and the encoder needs a microsecond to say that."""
    if value is None:
        return "null"
    return "[]" if value == [] else _JSON.encode(value)


def packs_of(session: Session) -> Packs:
    """Return the packs beside the session's database."""
    packs = session.info[_PACKS]
    if packs is None:
        raise _damaged()  # only a row of another kind of database refers to a pack that isn't there
    if session.info.get(_WRITER) is not None:
        session.info[_WRITER].flush()
    return cast("Packs", packs)


def pack_writer(session: Session, last: Callable[[], Place | None]) -> PackWriter | None:
    """Return what appends to the packs in this write transaction; None where the bytes belong into the database.

    `last` tells the end of what is referred to; it is asked once, before the transaction changed anything of that.
    """
    packs = session.info[_PACKS]
    if packs is not None and _WRITER not in session.info:
        session.info[_WRITER] = packs.writer(last())
    return session.info.get(_WRITER)


def _sync_packs(session: Session) -> None:
    if _WRITER in session.info:
        session.flush()
        session.info[_WRITER].sync()


@contextmanager
def _packing(session: Session) -> Iterator[None]:
    try:
        yield
    finally:
        writer = session.info.pop(_WRITER, None)
        if writer is not None:
            writer.close()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own connection)
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"busy_timeout={_BUSY_MS}",
            "foreign_keys=ON",
            "synchronous=FULL",
            "cache_size=-8000",
            # Pages that several transactions change are written back once (32 MB of log at most).
            "wal_autocheckpoint=8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("mailcrm_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _for_people() -> Iterator[None]:
    """Turn what a person can mend into a domain error."""
    try:
        yield
    except OperationalError as error:
        raise _translated(error) from error
    except DBAPIError as error:
        if "disk image is malformed" in str(error.orig):
            raise _damaged() from error
        raise


def _translated(error: OperationalError) -> MailcrmError:
    reason = str(error.orig)
    if "locked" in reason:
        return Busy(
            say("Another program is writing to the database and did not finish in time."),
            say("Wait a moment and try again; close programs that keep the database open."),
        )
    if "full" in reason or "I/O error" in reason:
        return full_disk(reason)
    if "malformed" in reason:
        return _damaged()
    if "readonly" in reason or "unable to open" in reason:
        return HomeError(
            say("The database can't be opened for writing: {reason}.", reason=reason),
            say("Check that the home belongs to you, or make one with `mailcrm init`."),
        )
    return HomeError(
        say("The database answered: {reason}.", reason=reason.strip().splitlines()[0] if reason.strip() else reason),
        say("Check `[database] url` in mailcrm.toml and that the database server is running."),
    )


def _damaged() -> HomeError:
    return HomeError(
        say("The database file is damaged."),
        say("Restore it from a backup; the mail itself still lies on the server and is read again."),
    )
