r"""A scripted IMAP server: a dialogue in a dict, for what no well-behaved server says.

    with ScriptedImap({"EXAMINE": Answer("NO", "EXAMINE Unsafe Login. Please contact us")}) as server:
        ... connect to server.imap_url ...
        server.commands          # ["LOGIN", "EXAMINE", …] with their arguments

Keys are commands without tag; the longest key that the command starts with answers (`"UID FETCH 7"` before `"FETCH"`,
which also stands for `UID FETCH`). What is not in the dict is answered as an empty, friendly server would.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from servers.loopback import HOST, Certificates

__all__ = ["Answer", "ScriptedImap"]

GREETING = b"* OK scripted.example ready\r\n"


@dataclass(frozen=True)
class Answer:
    r"""Reply to one command: raw `before` (untagged lines, each with its CRLF), then `<tag> status text`.

    `cut` hangs up after `before`, without the tagged line. `silent` says nothing and keeps the connection open.
    """

    status: str = "OK"
    text: str = "done"
    before: bytes = b""
    cut: bool = False
    silent: bool = False


_FRIENDLY: Mapping[str, Answer] = {
    "CAPABILITY": Answer(before=b"* CAPABILITY IMAP4rev1 ID IDLE UIDPLUS SPECIAL-USE\r\n"),
    "ID": Answer(before=b'* ID ("name" "scripted")\r\n'),
    "LIST": Answer(
        before=b'* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST (\\HasNoChildren \\Sent) "/" Sent\r\n',
    ),
    "SELECT": Answer(
        before=b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n", text="[READ-WRITE] done"
    ),
    "EXAMINE": Answer(
        before=b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n", text="[READ-ONLY] done"
    ),
    "SEARCH": Answer(before=b"* SEARCH\r\n"),
    "LOGOUT": Answer(before=b"* BYE until then\r\n"),
    "STARTTLS": Answer("BAD", "unknown command"),
    "": Answer(),
}


class ScriptedImap:
    """The server, on threads; a context manager. `dialogue` may be changed while it runs.

    `greeting`: what it says first (b"" says nothing: silence; b"* BYE …" is hung up after).
    `wants_id`: SELECT and EXAMINE are refused as "Unsafe Login" until the client sent ID (163.com, 126.com).
    """

    host = HOST

    def __init__(
        self,
        dialogue: Mapping[str, Answer] | None = None,
        greeting: bytes = GREETING,
        *,
        wants_id: bool = False,
        certificates: Certificates | None = None,
    ) -> None:
        self.dialogue = dict(dialogue or {})
        self.greeting = greeting
        self.wants_id = wants_id
        self.commands: list[str] = []
        self.context: ssl.SSLContext | None = None
        if certificates is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificates.chain)
        self.closing = threading.Event()
        self._server = _Server(self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def imap_url(self) -> str:
        """Where it listens: implicit TLS with certificates, else plain."""
        return f"{'imaps' if self.context else 'imap'}://{self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer_to(self, command: str, *, introduced: bool) -> Answer:
        """Return what to say to `command` ("UID FETCH 1:* …"); `introduced`: the client has sent ID."""
        bare = command.removeprefix("UID ")
        if self.wants_id and not introduced and bare.startswith(("SELECT", "EXAMINE")):
            return Answer("NO", f"{bare.split()[0]} Unsafe Login. Please contact kefu@mail.example for help")
        for answers in (self.dialogue, _FRIENDLY):
            fitting = [key for key in answers if command.startswith(key) or bare.startswith(key)]
            if fitting:
                return answers[max(fitting, key=len)]
        raise AssertionError("the friendly answers end with one for everything")


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        owner = self.server.owner
        self._introduced = False
        try:
            self._say(owner.greeting)
            if owner.greeting and not owner.greeting.startswith(b"* BYE"):
                while (line := self._command()) and self._reply(line):
                    pass
            elif not owner.greeting:
                owner.closing.wait()
        except OSError:
            return  # the client left first: that is what some tests are about

    def _command(self) -> bytes:
        line = self.rfile.readline()
        while literal := re.search(rb"\{(\d+)(\+?)\}\r\n$", line):
            if not literal[2]:
                self._say(b"+ go on\r\n")
            line += self.rfile.read(int(literal[1])) + self.rfile.readline()
        return line

    def _reply(self, line: bytes) -> bool:
        """Answer one command; False ends the connection."""
        owner = self.server.owner
        tag, _, rest = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
        verb, _, arguments = rest.partition(" ")
        command = f"{verb.upper()} {arguments}".rstrip()
        owner.commands.append(command)
        answer = owner.answer_to(command, introduced=self._introduced)
        self._introduced = self._introduced or command.startswith("ID ")
        self._say(answer.before)
        if answer.silent:
            owner.closing.wait()
        if answer.silent or answer.cut:
            return False
        self._say(f"{tag} {answer.status} {answer.text}\r\n".encode())
        return not command.startswith("LOGOUT")

    def _say(self, octets: bytes) -> None:
        self.wfile.write(octets)
        self.wfile.flush()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: ScriptedImap) -> None:
        self.owner = owner
        super().__init__((HOST, 0), _Conversation)

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (as the base class has it)
        """Shake hands on the connection's own thread: a client that never does so blocks nobody else."""
        context = self.owner.context
        if context is None:
            super().finish_request(request, client_address)
            return
        try:
            wrapped = context.wrap_socket(request, server_side=True)
        except OSError:
            return  # the client refused the certificate
        with wrapped:
            super().finish_request(wrapped, client_address)
