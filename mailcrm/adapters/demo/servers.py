r"""The demo's mail servers: IMAP (pymap, in memory) and SMTP (aiosmtpd) on loopback, in one thread of this process.

Room: adapters. In: users with passwords, mails to deliver. Out: two ports that behave like a small provider.

What a reader of this IMAP server must know (pymap 0.36.7): LIST shows no SPECIAL-USE flags, so Sent is found by name,
as with many small providers; no CONDSTORE, no QRESYNC. Capabilities beyond ID and LITERAL+ (IDLE, UIDPLUS, MOVE,
APPENDLIMIT …) are told after login only. EXAMINE answers UIDVALIDITY and UIDNEXT and leaves \Recent alone; BODY.PEEK[]
gives back the octets that were stored; `UID SEARCH UID n:*` returns the last mail even where its uid is below n.
INTERNALDATE holds whole seconds and the zone it was given. APPEND keeps flags and date and answers APPENDUID. A name
that nobody has is refused after 0.3 s, a wrong password at once. A mail that SMTP takes for one of our users lies in that
user's INBOX before the 250 is sent, and wakes a client in IDLE.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag, Seen
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from mailcrm.domain.errors import Unreachable
from mailcrm.domain.words import say

__all__ = ["FOLDERS", "DemoServers", "SentMail"]

FOLDERS = ("INBOX", "Sent", "Drafts", "Trash", "Archive")

_LOOPBACK = "127.0.0.1"
_START_SECONDS = 10
_CALL_SECONDS = 10
_GOODBYE_SECONDS = 1
_OURS_BY_NATURE = ("Sent", "Drafts")

_log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own deprecations at each login


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that SMTP accepted: the envelope of RFC 5321 and the octets after DATA (CRLF line ends)."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class _ImapConfig(Config):
    """pymap's settings; its greeting would ask the name service who we are."""

    @property
    def greeting(self) -> bytes:
        return b"The mailcrm demo is ready"


class DemoServers:
    """Context manager: both servers are up on entry (`imap_port`, `smtp_port`) and gone, with their thread, on exit.

    `users` maps addresses to passwords; an address is the login name of both servers. `sent` holds every mail that SMTP
    accepted, in order; recipients that are no users get no mailbox: theirs is read from there.
    """

    def __init__(self, users: Mapping[str, str]) -> None:
        self._users = dict(users)
        self._thread = threading.Thread(target=self._run, name="demo-servers", daemon=True)
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._imap_tasks: set[asyncio.Task[None]] = set()
        self._smtp_sessions: set[_SmtpSession] = set()
        self.imap_port = 0
        self.smtp_port = 0
        self.sent: list[SentMail] = []

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_START_SECONDS) or self._failure is not None:
            raise Unreachable(
                say("The demo's mail servers could not be started on this computer."),
                say("Check that programs may listen on 127.0.0.1, then start the demo again."),
            ) from self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def deliver(self, user: str, folder: str, raw: bytes, internaldate: datetime) -> None:
        """Put `raw` into a folder of `user` as if it had arrived at `internaldate` (aware); ours lies there as read."""
        flags = frozenset({Seen}) if folder in _OURS_BY_NATURE else frozenset()
        storing = self._store(user, folder, raw, internaldate, flags)
        asyncio.run_coroutine_threadsafe(storing, self._loop).result(_CALL_SECONDS)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        # A client that vanishes in the middle is no news in a demo, and would be written over the TUI.
        self._loop.set_exception_handler(lambda _loop, context: _log.debug("%s", context.get("message")))
        self._stop = asyncio.Event()
        self._login = await self._open_mailboxes()
        try:
            with _listen() as imap_socket, _listen() as smtp_socket:
                imap = await asyncio.start_server(self._imap_client, sock=imap_socket)
                smtp = await self._loop.create_server(lambda: _SmtpSession(self), sock=smtp_socket)
                self.imap_port, self.smtp_port = imap_socket.getsockname()[1], smtp_socket.getsockname()[1]
                self._ready.set()
                await self._stop.wait()
                imap.close()
                smtp.close()
                await self._hang_up()
        except OSError as error:
            self._failure = error
            self._ready.set()

    async def _hang_up(self) -> None:
        for task in self._imap_tasks:
            task.cancel()
        for session in self._smtp_sessions:
            session.hang_up()
        if self._imap_tasks:  # who doesn't take the BYE in time is cut off when the loop ends
            await asyncio.wait(self._imap_tasks, timeout=_GOODBYE_SECONDS)
        await asyncio.sleep(0)  # transports close in the loop's next round

    async def _open_mailboxes(self) -> Login:
        config = _ImapConfig(
            Namespace(proxy_protocol=None),
            host=_LOOPBACK,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        config.apply_context()
        login = Login(config)
        for user, password in self._users.items():
            login.users_dict[user] = UserMetadata(config, user, password=password)
            async with Identity(user, login, None, frozenset()).new_session() as session:
                for folder in FOLDERS[1:]:
                    await session.mailbox_set.add_mailbox(folder)
        return login

    async def _imap_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._imap_tasks.add(task)
        try:
            await IMAPServer(self._login, self._login.config)(reader, writer, SocketInfo.get(writer, None))
        finally:
            self._imap_tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _store(self, user: str, folder: str, raw: bytes, at: datetime, flags: frozenset[Flag]) -> None:
        async with Identity(user, self._login, None, frozenset()).new_session() as session:
            mailbox = await session.mailbox_set.get_mailbox(folder)
            await mailbox.append(AppendMessage(raw, at.replace(microsecond=0), flags), recent=True)

    async def accept(self, mail: SentMail) -> None:
        """Keep a mail that SMTP took, and put it into the INBOX of every recipient that is a user."""
        self.sent.append(mail)
        now = datetime.now().astimezone()
        for recipient in mail.recipients:
            if recipient.lower() in self._users:
                await self._store(recipient.lower(), "INBOX", mail.raw, now, frozenset())

    def knows(self, user: bytes, password: bytes) -> bool:
        """Whether this is a user's name and password."""
        known = self._users.get(user.decode("utf-8", "replace"))
        return known is not None and known.encode() == password

    def reaches(self, address: str) -> bool:
        """Whether mail to `address` is taken: our users, and the whole made-up world of RFC 2606's `.example`."""
        return address.lower() in self._users or address.lower().endswith(".example")

    def greet(self, session: _SmtpSession) -> None:
        """Remember an SMTP client, so that it can be hung up on."""
        self._smtp_sessions.add(session)

    def forget(self, session: _SmtpSession) -> None:
        """Forget an SMTP client that left."""
        self._smtp_sessions.discard(session)


class _SmtpHooks:
    """What the SMTP session asks before it takes a sender, a recipient, a mail."""

    def __init__(self, servers: DemoServers) -> None:
        self._servers = servers

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._servers.reaches(address):
            return "550 5.7.1 The demo delivers to .example addresses only"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        await self._servers.accept(SentMail(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
        return "250 2.0.0 OK"


class _SmtpSession(SMTP):
    """One SMTP client, known to the servers while it is connected."""

    def __init__(self, servers: DemoServers) -> None:
        # Login is asked for in handle_MAIL: aiosmtpd's own switch warns about the missing TLS, which loopback needs not.
        super().__init__(
            _SmtpHooks(servers),
            hostname=_LOOPBACK,
            ident="mailcrm demo",
            enable_SMTPUTF8=True,
            authenticator=self._check,
            auth_require_tls=False,
            loop=servers._loop,  # noqa: SLF001 - one module, one thread: the loop that both live in
        )
        self._servers = servers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._servers.greet(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._servers.forget(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        """Close the connection from our side."""
        if self.transport is not None:
            self.transport.close()

    def _check(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        return AuthResult(
            success=isinstance(data, LoginPassword) and self._servers.knows(data.login, data.password), handled=False
        )


def _listen() -> socket.socket:
    """Return a listening socket on a free loopback port."""
    listening = socket.create_server((_LOOPBACK, 0))
    # Accepted connections inherit it: the servers write an answer in pieces, which the kernel would hold back for 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
