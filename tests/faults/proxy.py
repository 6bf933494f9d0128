"""A proxy in front of an IMAP server that sees each step of a sync and calls back at the one it was told of.

    with Proxy(dovecot.port) as proxy:
        proxy.trap = Trap("fetch", after=600, then=process.kill)
        ... the client connects to proxy.port; when it asks for its 600th mail, it is killed in the middle of the answer ...

Plain text only. The steps, in the order of a sync: connect, login, list, examine, search, heads, fetch (within the answer),
store (the answer was passed on whole: the client reads and stores now), commit (the client's log file grows).
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from servers.loopback import HOST

__all__ = ["STEPS", "Proxy", "Trap"]

STEPS = ("connect", "login", "list", "examine", "search", "heads", "fetch", "store", "commit")
_WORDS = (
    ("login", re.compile(rb"^\S+ (?:LOGIN|AUTHENTICATE)\b", re.IGNORECASE)),
    ("list", re.compile(rb"^\S+ LIST\b", re.IGNORECASE)),
    ("examine", re.compile(rb"^\S+ EXAMINE\b", re.IGNORECASE)),
    ("search", re.compile(rb"^\S+ UID SEARCH\b", re.IGNORECASE)),
    ("heads", re.compile(rb"^\S+ UID FETCH \S+ \(RFC822\.SIZE", re.IGNORECASE)),
    ("fetch", re.compile(rb"^\S+ UID FETCH \S+ \(BODY\.PEEK\[\]", re.IGNORECASE)),
)
_UIDS = re.compile(rb"UID FETCH (\S+)")


@dataclass
class Trap:
    """Call `then` once, at `step`; where mails are fetched, at the request that names the `after`th mail of this run.

    `octets`: how much of the answer passes before (fetch). `pause`: seconds after the answer (store). `log`: the file
    whose growth is the commit.
    """

    step: str
    then: Callable[[], None]
    after: int = 1
    octets: int = 0
    pause: float = 0.0
    log: Path | None = None
    sprung: threading.Event = field(default_factory=threading.Event)

    def spring(self) -> None:
        if not self.sprung.is_set():
            self.sprung.set()
            self.then()


class Proxy:
    """Listens on `port`; a context manager. `asked` counts the mails that were asked for since the trap was set."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._trap: Trap | None = None
        self.asked = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def trap(self) -> Trap | None:
        """What to wait for."""
        return self._trap

    @trap.setter
    def trap(self, trap: Trap | None) -> None:
        self.asked = 0
        self._trap = trap

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for one in self._open:
            one.close()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection((HOST, self._server_port))
            self._open += [client, server]
            self._reached("connect")
            conversation = _Conversation(self, client, server)
            self._start(conversation.commands)
            self._start(conversation.answers)

    def _reached(self, step: str) -> None:
        if self._trap is not None and self._trap.step == step:
            self._trap.spring()


class _Conversation:
    """One connection, pumped both ways; what is asked for is known when the answer comes."""

    def __init__(self, owner: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._owner = owner
        self._client = client
        self._server = server
        self._tag = b""  # of the body FETCH that the trap waits for
        self._passed = 0
        self._tail = b""

    def commands(self) -> None:
        """Pump what the client says; a command is one line here."""
        with suppress(OSError):
            while said := self._client.recv(65_536):
                for line in said.split(b"\r\n"):
                    self._read(line)
                self._server.sendall(said)
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)

    def _read(self, line: bytes) -> None:
        step = next((name for name, word in _WORDS if word.match(line)), "")
        if step == "fetch":
            self._owner.asked += _count(line)
            trap = self._owner.trap
            if trap is not None and trap.step in ("fetch", "store", "commit") and self._owner.asked >= trap.after:
                self._tag, self._passed, self._tail = line.partition(b" ")[0], 0, b""
        elif step:
            self._owner._reached(step)  # noqa: SLF001  (its own conversation)

    def answers(self) -> None:
        """Pump what the server says."""
        with suppress(OSError):
            while said := self._server.recv(16_384):
                self._client.sendall(said)
                if self._tag:
                    self._watch(said)
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)

    def _watch(self, said: bytes) -> None:
        trap = self._owner.trap
        if trap is None:
            return
        self._passed += len(said)
        whole = b"\r\n" + self._tag + b" OK" in self._tail + said
        self._tail = said[-40:]
        if trap.step == "fetch" and (whole or self._passed > trap.octets):
            trap.spring()
        elif whole:
            self._tag = b""
            self._owner._start(_after_answer, trap)  # noqa: SLF001  (its own conversation)


def _after_answer(trap: Trap) -> None:
    """Spring a trap that lies behind the answer: a moment later, or when the log grows."""
    pause = threading.Event()
    if trap.step == "store":
        pause.wait(trap.pause)
    elif trap.log is not None:
        before = _size(trap.log)
        while _size(trap.log) == before and not trap.sprung.is_set():
            pause.wait(0.0005)
    trap.spring()


def _size(file: Path) -> int:
    # SQLite begins its log anew without making the file shorter: the time tells of that.
    return file.stat().st_mtime_ns if file.exists() else 0


def _count(line: bytes) -> int:
    found = _UIDS.search(line)
    ranges = found[1].split(b",") if found else []
    ends = [[int(end) for end in one.split(b":")] for one in ranges]
    return sum(one[-1] - one[0] + 1 for one in ends)
