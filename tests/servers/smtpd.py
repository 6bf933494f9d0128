"""A scripted SMTP server: it refuses, defers or hangs up exactly where a test says.

    with ScriptedSmtp(Script(after_data="451 4.3.0 Later")) as server:
        ... send to server.smtp_url ...
        server.received

A reply is a whole line with its code. `Drop` names where the connection ends without another word. With `certificates`
the server offers STARTTLS and takes logins only after it; without, it takes them in plain text.
"""
# ruff: noqa: ARG002  (aiosmtpd calls its hooks with all of these)

from __future__ import annotations

import asyncio
import enum
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from servers.loopback import HOST, Certificates

__all__ = ["Drop", "Received", "Script", "ScriptedSmtp"]


class Drop(enum.Enum):
    """Where the server hangs up, or (SILENT) says nothing more and keeps the connection open."""

    GREETING = "instead of the greeting"
    BEFORE_DATA = "at DATA, before its 354"
    INSIDE_BODY = "after 354, while the body arrives"
    AFTER_DOT = "after the final dot, before the 250"
    SILENT = "no word after the final dot"


@dataclass(frozen=True)
class Script:
    """What the server answers; empty means: as a server that accepts everything."""

    login: str = ""
    sender: str = ""
    recipients: Mapping[str, str] = field(default_factory=dict)
    before_data: str = ""
    after_data: str = ""
    drop: Drop | None = None


@dataclass(frozen=True)
class Received:
    """A mail whose final dot arrived. `accepted`: whether the server said so."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    accepted: bool


class ScriptedSmtp:
    """The server, on a thread; a context manager. `script` may be replaced between two connections."""

    host = HOST
    user = "rep@ningbo.example"
    password = "correct horse"

    def __init__(self, script: Script | None = None, certificates: Certificates | None = None) -> None:
        self.script = script or Script()
        self.received: list[Received] = []
        self.logins: list[str] = []
        self.connections = 0
        self.port = 0
        self._context: ssl.SSLContext | None = None
        if certificates is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificates.chain)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def smtp_url(self) -> str:
        """Where it listens."""
        scheme = "smtp+starttls" if self._context else "smtp"
        return f"{scheme}://{self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._in_loop(self._loop.create_server(self._protocol, HOST, 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._in_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _in_loop(self, work: Any) -> Any:  # noqa: ANN401  (whatever the awaited thing returns)
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _end(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _protocol(self) -> SMTP:
        self.connections += 1
        return _Conversation(self, self._context, self._loop)


def hang_up(transport: asyncio.BaseTransport | None) -> None:
    """Leave without another word, as a server whose machine dies does."""
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


class _Handler:
    """The hooks of aiosmtpd; their names are its own."""

    def __init__(self, owner: ScriptedSmtp) -> None:
        self._owner = owner

    async def handle_MAIL(  # noqa: N802  (the library's name and order)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._owner.script.sender:
            return self._owner.script.sender
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802  (the library's name and order)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._owner.script.recipients.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (the library's)
        script = self._owner.script
        reply = script.after_data or "250 2.0.0 Accepted"
        dropped = script.drop in (Drop.AFTER_DOT, Drop.SILENT)
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        accepted = reply.startswith("2") and not dropped
        self._owner.received.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw, accepted))
        if script.drop is Drop.SILENT:
            await asyncio.Event().wait()
        if dropped:
            hang_up(server.transport)
        return reply


class _Conversation(SMTP):
    """One connection: aiosmtpd, and the places where it hangs up."""

    def __init__(self, owner: ScriptedSmtp, context: ssl.SSLContext | None, loop: asyncio.AbstractEventLoop) -> None:
        self._owner = owner
        super().__init__(
            _Handler(owner),
            hostname="scripted.example",
            tls_context=context,
            auth_require_tls=context is not None,
            authenticator=self._check,
            loop=loop,
            data_size_limit=None,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._owner.script.drop is Drop.GREETING:
            hang_up(transport)
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  (the library's name)
        script = self._owner.script
        if script.drop is Drop.BEFORE_DATA:
            hang_up(self.transport)
        elif script.before_data:
            await self.push(script.before_data)
        elif script.drop is Drop.INSIDE_BODY:
            await self.push("354 Go on")
            await self._reader.readexactly(1)
            hang_up(self.transport)
        else:
            await super().smtp_DATA(arg)

    def _check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        user, password = data.login.decode(), data.password.decode()
        self._owner.logins.append(user)
        if self._owner.script.login:
            return AuthResult(success=False, handled=False, message=self._owner.script.login)
        return AuthResult(success=(user, password) == (self._owner.user, self._owner.password), handled=False)
