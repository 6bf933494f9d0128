"""A private PostgreSQL on a free loopback port, with fresh databases on demand.

    with Postgres(root) as postgres:
        url = postgres.database()          # postgresql+psycopg://postgres@127.0.0.1:…/d1

As root it runs as the system user `postgres`, since initdb refuses uid 0. Nothing is synced to disk: it is thrown away.
"""

from __future__ import annotations

import itertools
import os
import pwd
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from servers.loopback import HOST, Guard, free_ports, reachable
from servers.require import program

__all__ = ["Postgres"]


class Postgres:
    """One private cluster; a context manager."""

    host = HOST

    def __init__(self, root: Path) -> None:
        self.root = root
        self._data = root / "data"
        self._count = itertools.count(1)
        self._guard: Guard | None = None
        (self.port,) = free_ports(1)

    def start(self) -> Self:
        """Make the cluster where there is none, and start it; returns when it answers."""
        reachable(self.root)
        if not self._data.exists():
            self._data.mkdir(mode=0o700)
            if os.geteuid() == 0:
                owner = pwd.getpwnam("postgres")
                os.chown(self._data, owner.pw_uid, owner.pw_gid)
            initdb = ["initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust"]
            self._run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        options = f"-p {self.port} -c listen_addresses={HOST} -c unix_socket_directories={self._data}"
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        log = str(self._data / "server.log")
        self._run(["pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", options, "start"])
        self._guard = Guard(self._as_owner(["pg_ctl", *self._ending]))
        return self

    def stop(self) -> None:
        """Cut every session and end."""
        if self._guard is not None:
            self._guard.dismiss()
        if (self._data / "postmaster.pid").exists():
            self._run(["pg_ctl", *self._ending])

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def database(self, template: str = "template0") -> str:
        """Make a database and return its URL; `template` names one to copy (the last part of an earlier URL)."""
        name = f"d{next(self._count)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(host=HOST, port=self.port, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(statement)
        return f"postgresql+psycopg://postgres@{HOST}:{self.port}/{name}"

    @property
    def _ending(self) -> list[str]:
        return ["-D", str(self._data), "-w", "-m", "immediate", "stop"]

    @staticmethod
    def _as_owner(command: list[str]) -> list[str]:
        path = program(command[0])
        if path is None:
            raise FileNotFoundError("PostgreSQL is not installed: python tests/servers/require.py --install")
        return [*(["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []), path, *command[1:]]

    def _run(self, command: list[str]) -> None:
        output = self.root / f"{command[0]}.log"
        # A file, not a pipe: the server would keep a pipe open, and reading to its end would never return.
        with output.open("ab") as log:
            done = subprocess.run(
                self._as_owner(command), check=False, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
            )
        if done.returncode:
            raise RuntimeError(
                f"{command[0]} ended with {done.returncode}: {output.read_text(errors='replace')[-3000:]}"
            )
