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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from servers.loopback import HOST, Certificates

__all__ = ["Answer", "QuirkyMailbox", "ScriptedImap"]

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


class QuirkyMailbox(ScriptedImap):
    """A scripted server with mail in INBOX: SEARCH and FETCH are answered from `mails`, unless the dialogue knows better.

    `mails`: uid to octets; all arrived at `arrived`. `spoilt`: what is said when the body of a uid is asked for, in place
    of it: the untagged octets, and how the command ends. `served`: the uids whose bodies were asked for. `gmail_threads`: uid to
    X-GM-THRID, for a dialogue in which the server is Gmail.
    """

    arrived = "02-Nov-2026 12:00:00 +0000"

    def __init__(
        self,
        mails: Mapping[int, bytes],
        dialogue: Mapping[str, Answer] | None = None,
        spoilt: Mapping[int, Answer] | None = None,
        *,
        wants_id: bool = False,
    ) -> None:
        super().__init__(dialogue, wants_id=wants_id)
        self.mails = dict(mails)
        self.spoilt = dict(spoilt or {})
        self.served: list[int] = []
        self.gmail_threads: dict[int, int] = {}
        self._open = False

    def answer_to(self, command: str, *, introduced: bool) -> Answer:
        """Return what to say, from the dialogue or from the mails."""
        asked = re.match(r"UID (?:SEARCH UID (\d+):(\d+|\*)|FETCH ([\d,]+) \((.*)\))", command)
        if command.startswith(("SELECT", "EXAMINE")):
            self._open = "INBOX" in command.upper()
        if not asked or any(command.startswith(key) for key in self.dialogue):
            return super().answer_to(command, introduced=introduced)
        mails = self.mails if self._open else {}
        if asked[1]:
            last = max(mails, default=0)
            low, high = int(asked[1]), last if asked[2] == "*" else int(asked[2])
            hits = [uid for uid in mails if low <= uid <= high or (asked[2] == "*" and uid == last)]
            return Answer(before=("* SEARCH " + " ".join(map(str, hits)) + "\r\n").encode())
        return self._fetched([uid for uid in map(int, asked[3].split(",")) if uid in mails], asked[4])

    def _fetched(self, uids: Sequence[int], items: str) -> Answer:
        said = b""
        for uid in uids:
            if "PEEK[]" in items:
                self.served.append(uid)
                if (spoilt := self.spoilt.get(uid)) is not None:
                    said += spoilt.before
                    if spoilt.cut or spoilt.silent or spoilt.status != "OK":
                        return replace(spoilt, before=said)
                    continue
            said += self._line(uid, items)
        return Answer(before=said)

    def _line(self, uid: int, items: str) -> bytes:
        raw = self.mails[uid]
        parts = [b"UID %d" % uid]
        if "RFC822.SIZE" in items:
            parts.append(b"RFC822.SIZE %d" % len(raw))
        if "X-GM-THRID" in items:
            parts.append(b"X-GM-THRID %d" % self.gmail_threads[uid])
        if "INTERNALDATE" in items:
            parts.append(f'INTERNALDATE "{self.arrived}"'.encode())
        if "HEADER.FIELDS" in items:
            field = b"".join(line + b"\r\n" for line in raw.split(b"\r\n") if line.lower().startswith(b"message-id:"))
            parts.append(b"BODY[HEADER.FIELDS (MESSAGE-ID)] {%d}\r\n%s\r\n" % (len(field) + 2, field))
        elif "PEEK[]" in items:
            parts.append(b"BODY[] {%d}\r\n%s" % (len(raw), raw))
        elif "PEEK[HEADER]" in items:
            header = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            parts.append(b"BODY[HEADER] {%d}\r\n%s" % (len(header), header))
        return b"* %d FETCH (%s)\r\n" % (uid, b" ".join(parts))


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
