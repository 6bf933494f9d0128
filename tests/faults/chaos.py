"""A proxy in front of an SMTP server that reads along, under STARTTLS too, and does harm at the point it was told of.

    with ChaosSmtp(postfix.port, postfix.certificates) as proxy:
        proxy.harm = Harm(Point("dot", "answered"), "cut")      # the server took the mail, and nobody hears of it
        ... a client sends through proxy.port ...
        proxy.taken                                             # Message-IDs that the server answered with 250

A point is a step of the conversation and a moment of it: "asked" (the command is here, the server hasn't got it),
"answered" (the server's answer is here, the client hasn't got it), "passed" (the client has got it). The conversation is
in lock-step, so all of it is one thread, and what each side has got is certain. Pipelining isn't offered.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from servers.loopback import HOST, Certificates

__all__ = ["POINTS", "ChaosSmtp", "Harm", "Point"]

_END = b"\r\n.\r\n"
_SIZE = re.compile(rb"\bSIZE=(\d+)", re.IGNORECASE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_WAIT = 60.0


class Point(NamedTuple):
    """Where in a conversation."""

    step: str
    moment: str = "asked"

    def __str__(self) -> str:
        return f"{self.step} {self.moment}"


def _points() -> Iterator[Point]:
    """Yield every point in the order of a conversation; the second mail of a connection begins with RSET."""
    yield from (Point("connect", moment) for moment in ("asked", "answered", "passed"))
    for step in ("ehlo", "starttls", "handshake", "ehlo again", "auth", "rset", "mail", "rcpt", "data"):
        yield from (Point(step, m) for m in ("asked", "answered", "passed") if step != "handshake" or m == "asked")
    yield from (Point(f"body {third}/3") for third in (1, 2, 3))
    yield from (Point(step, moment) for step in ("dot", "quit") for moment in ("asked", "answered", "passed"))


POINTS = tuple(_points())


@dataclass
class Harm:
    """What is done, once, when `point` is reached for the `nth` time.

    `kind`: "cut" and "reset" end both connections, "stall" says no more to the client until it leaves, "late" gives the
    server what was held back when the client has left, "torn" passes half of the answer and cuts, "garbled" passes an
    answer that nobody understands, "drip" passes the answer octet by octet; a reply ("451 4.3.0 Later") is given in the
    server's place, which doesn't get the command. "" only calls `then`, which is called before anything else is done.
    """

    point: Point
    kind: str
    nth: int = 1
    then: Callable[[], object] = lambda: None
    done: threading.Event = field(default_factory=threading.Event)


class _OverError(Exception):
    """The conversation is over."""


class ChaosSmtp:
    """Listens on `port`; a context manager. With `certificates` (the server's own) it reads along after STARTTLS.

    `said_data`: how often a client said DATA. `taken` holds the Message-ID of every mail that the server answered with 250,
    heard or not; `on_taken` is called with it before anybody hears.
    """

    def __init__(self, behind: int, certificates: Certificates | None = None) -> None:
        self.behind = behind
        self.harm: Harm | None = None
        self.said_data = 0
        self.taken: list[str] = []
        self.on_taken: Callable[[str], object] = lambda _message_id: None
        self.inside = self.outside = None
        if certificates is not None:
            self.inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.inside.load_cert_chain(certificates.chain)
            self.outside = ssl.create_default_context(cafile=str(certificates.authority))
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._conversations: list[tuple[_Conversation, threading.Thread]] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(10)
        self.quiet()

    def quiet(self) -> None:
        """Return when every conversation has ended; whoever is still connected is cut off after a while."""
        while self._conversations:
            conversation, thread = self._conversations.pop(0)
            thread.join(_WAIT)
            conversation.end()
            assert not thread.is_alive()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            conversation = _Conversation(self, client)
            thread = threading.Thread(target=conversation.run, daemon=True)
            self._conversations.append((conversation, thread))
            thread.start()


class _Side:
    """One of the two connections, read by lines."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(_WAIT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection = connection
        self._kept = b""

    def some(self) -> bytes:
        """Return what is here, waiting for the first octet."""
        kept, self._kept = self._kept, b""
        octets = kept or self.connection.recv(65_536)
        if not octets:
            raise _OverError
        return octets

    def line(self) -> bytes:
        """Return one line with its end."""
        octets = b""
        while b"\n" not in octets:
            octets += self.some()
        line, end, self._kept = octets.partition(b"\n")
        return line + end

    def reply(self) -> bytes:
        """Return a whole reply of a server, which may have several lines."""
        lines = [self.line()]
        while lines[-1][3:4] == b"-":
            lines.append(self.line())
        return b"".join(lines)

    def say(self, octets: bytes) -> None:
        self.connection.sendall(octets)

    def await_end(self) -> list[bytes]:
        """Wait until the other side has left; return what it still said."""
        said = []
        with suppress(OSError, _OverError):
            while True:
                said.append(self.some())
        return said

    def close(self, *, reset: bool = False) -> None:
        with suppress(OSError):
            if reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()


class _Conversation:
    """One client's connection and the one to the server behind it."""

    def __init__(self, owner: ChaosSmtp, client: socket.socket) -> None:
        self._owner = owner
        self._client = _Side(client)
        self._server: _Side | None = None
        self._secure = False
        self._size = 0

    def run(self) -> None:
        with suppress(_OverError, OSError):
            self._converse()
        self.end()

    def end(self) -> None:
        self._client.close()
        if self._server is not None:
            self._server.close()

    @property
    def _behind(self) -> _Side:
        if self._server is None:
            raise _OverError
        return self._server

    def _converse(self) -> None:
        if self._reach("connect", "asked"):
            self._server = _Side(socket.create_connection((HOST, self._owner.behind), _WAIT))
            self._answer("connect")
        while True:
            line = self._client.line()
            verb = line.split()[0].upper().decode("ascii", "replace")
            step = self._step(verb, line)
            if not self._reach(step, "asked", line):
                continue
            self._behind.say(line)
            code = self._answer(step)
            if verb == "STARTTLS" and code == "220":
                self._encrypt()
            elif verb == "DATA" and code == "354":
                self._mail()
            elif verb == "QUIT":
                return

    def _step(self, verb: str, line: bytes) -> str:
        if verb == "EHLO" and self._secure:
            return "ehlo again"
        if verb == "MAIL":
            size = _SIZE.search(line)
            self._size = int(size[1]) if size else 0
        self._owner.said_data += verb == "DATA"
        return verb.lower()

    def _answer(self, step: str, message_id: str = "") -> str:
        """Take the server's answer, pass it to the client, and return its code."""
        answer = self._behind.reply()
        self._note(message_id, answer)
        answer = re.sub(rb"250-PIPELINING\r\n|250-CHUNKING\r\n", b"", answer)
        if self._reach(step, "answered", answer):
            self._client.say(answer)
        self._reach(step, "passed")
        return answer[:3].decode("ascii", "replace")

    def _note(self, message_id: str, answer: bytes) -> None:
        if message_id and answer.startswith(b"250"):
            self._owner.taken.append(message_id)
            self._owner.on_taken(message_id)

    def _encrypt(self) -> None:
        self._reach("handshake", "asked")
        assert self._owner.inside is not None
        assert self._owner.outside is not None
        self._client.connection.getpeername()  # of a client that is gone, ssl would lose the socket unclosed
        self._server = _Side(self._owner.outside.wrap_socket(self._behind.connection, server_hostname=HOST))
        self._client = _Side(self._owner.inside.wrap_socket(self._client.connection, server_side=True))
        self._secure = True

    def _mail(self) -> None:
        """Pass a mail on, stopping at each third of it and before the final dot."""
        head, held, passed = b"", b"", 0
        marks = [(self._size * third // 3, f"body {third}/3") for third in (1, 2)]
        while not held.endswith(_END):
            octets = self._client.some()
            head, held = head or octets, held + octets  # the header is in the first piece: it was written at once
            while marks and passed + len(held) - len(_END) >= marks[0][0]:
                mark, step = marks.pop(0)
                self._behind.say(held[: mark - passed])
                passed, held = mark, held[mark - passed :]
                self._reach(step, "asked", held)
            if not held.endswith(_END):
                self._behind.say(held[: -len(_END)])
                passed, held = passed + len(held[: -len(_END)]), held[-len(_END) :]
        self._behind.say(held[:-3])
        self._reach("body 3/3", "asked", held[-3:])
        message_id = _MESSAGE_ID.search(head)
        assert message_id is not None
        if self._reach("dot", "asked", held[-3:], message_id[1].decode()):
            self._behind.say(held[-3:])
            self._answer("dot", message_id[1].decode())

    # -- harm ---------------------------------------------------------------------------------------------------------

    def _reach(self, step: str, moment: str, held: bytes = b"", message_id: str = "") -> bool:
        """Do the harm that is meant for this point; False where the command was answered in the server's place."""
        point = Point(step, moment)
        harm = self._owner.harm
        if harm is None or harm.point != point or harm.done.is_set():
            return True
        harm.nth -= 1
        if harm.nth:
            return True
        harm.done.set()
        harm.then()
        if harm.kind[:1].isdecimal():
            self._reply_instead(harm.kind, step)
            return False
        if harm.kind == "drip":
            for octet in held:
                self._client.say(bytes([octet]))
            return False
        if harm.kind:
            self._break(harm.kind, held, message_id)
        return True

    def _reply_instead(self, reply: str, step: str) -> None:
        """Answer in the server's place; a server that has a mail without its end is left."""
        self._client.say(reply.encode() + b"\r\n")
        if step == "dot":
            self._behind.close()
            self._server = None

    def _break(self, kind: str, held: bytes, message_id: str) -> None:
        if kind in ("torn", "garbled"):
            self._client.say(held[: len(held) // 2] if kind == "torn" else b"2x0 what\r\n")
        if kind in ("stall", "late", "garbled"):
            self._await_client()
        elif kind != "reset":  # what the client says into a dead connection is still heard
            with suppress(OSError):
                socket.socket.shutdown(self._client.connection, socket.SHUT_WR)
            self._await_client()
        if kind == "late" and self._server is not None:
            self._server.say(held)
            self._note(message_id, self._server.reply())
        self._client.close(reset=kind == "reset")
        if self._server is not None:
            self._server.close(reset=kind == "reset")
        raise _OverError

    def _await_client(self) -> None:
        self._owner.said_data += sum(said.startswith(b"DATA") for said in self._client.await_end())
