"""`Smtp`: ports.Transport over aiosmtplib.

Room: adapters. In: an account's login, a way to ask for its password, mails as frozen bytes. Out: what the server answered,
or an error of the port. One connection carries several mails; an idle one that died is opened again before MAIL.

The commands of a mail are given one by one and not by `sendmail`: only so it is known whether a connection was lost before
DATA (safe to try again) or after (nobody knows). Security is explicit: the library's default, STARTTLS where offered, sent
the password in clear when somebody in between took the offer away.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import aiosmtplib
from aiosmtplib.errors import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from mailcrm.adapters.authorities import trusting
from mailcrm.adapters.smtp.login import log_in
from mailcrm.adapters.smtp.replies import (
    all_refused,
    connection_failure,
    envelope,
    in_doubt,
    no_tls,
    one_line,
    refusal,
    unreachable,
)
from mailcrm.domain.errors import LoginRefused, MailcrmError, RemoteError
from mailcrm.domain.servers import server_of
from mailcrm.domain.words import say
from mailcrm.ports import AccountLogin, Delivery

__all__ = ["Smtp", "Timeouts"]

_T = TypeVar("_T")

_GREETED_AS = "[127.0.0.1]"  # an address literal (RFC 5321 4.1.3): the machine's name is nobody's business
_CLOSING = 421
_DATA_REFUSED = range(400, 600)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. RFC 5321 4.5.3.2.6 asks for 10 minutes after DATA: a server may scan and deliver before it answers."""

    connect: float = 15
    command: float = 60
    data: float = 600
    leave: float = 5


class _Client(aiosmtplib.SMTP):
    """A client that leaves at once: TLS would wait for a server that says nothing any more to say farewell."""

    def close(self) -> None:
        """Close the connection; what had to be said is said."""
        transport = self.transport
        super().close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


class Smtp:
    """Submission for one account; belongs to one thread at a time, which must not run an event loop of its own.

    `password` is asked once a connection and only when a safe one stands; of an account that is signed in in the browser it
    is an access token, and `renew` gives another one for one that was refused. `ca_file` is trusted beside the system's
    authorities. ConfigError where the account's URL is not usable.
    """

    def __init__(
        self,
        login: AccountLogin,
        password: Callable[[], str],
        *,
        ca_file: Path | None = None,
        timeouts: Timeouts | None = None,
        renew: Callable[[str], str] | None = None,
    ) -> None:
        self._server = server_of(login.smtp_url, "smtp")
        self._login = login
        self._password = password
        self._renew = renew
        self._ca_file = ca_file
        self._timeouts = timeouts or Timeouts()
        self._runner: asyncio.Runner | None = None
        self._idle: aiosmtplib.SMTP | None = None

    def send(
        self, sender: str, recipients: Iterable[str], raw: bytes, before_data: Callable[[], None] | None = None
    ) -> Delivery:
        """Hand over one mail (ports.Transport.send)."""
        return self._run(self._deliver(sender, envelope(sender, recipients), raw, before_data))

    def probe(self) -> None:
        """Connect, secure the connection, log in and leave; raises as `send` does."""
        try:
            self._run(self._open())
        finally:
            self.close()

    def close(self) -> None:
        """Leave; never raises."""
        if self._runner is None:
            return
        client, self._idle = self._idle, None
        if client is not None:
            self._runner.run(self._leave(client))
        self._runner.close()
        self._runner = None

    def _run(self, work: Coroutine[object, object, _T]) -> _T:
        if self._runner is None:
            self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        return self._runner.run(work)

    async def _deliver(
        self, sender: str, recipients: tuple[str, ...], raw: bytes, before_data: Callable[[], None] | None
    ) -> Delivery:
        client = await self._open()
        self._idle = None  # taken: an interrupted conversation is never continued
        try:
            refused = await self._envelope(client, sender, recipients, raw)
            if before_data is not None:
                before_data()
            reply = await self._data(client, raw)
        except MailcrmError:
            self._keep_or_drop(client)
            raise
        self._idle = client
        return Delivery(reply, {address: one_line(*answer) for address, answer in refused.items()})

    def _keep_or_drop(self, client: aiosmtplib.SMTP) -> None:
        """Keep a connection on which the server said no; aiosmtplib has closed every one that it lost track of."""
        self._idle = client if client.is_connected else None

    async def _open(self) -> aiosmtplib.SMTP:
        """Return a connection that is ready for MAIL: the idle one where it still answers, else a new one."""
        client, self._idle = self._idle, None
        if client is not None and client.is_connected:
            try:
                await client.rset()
            except (SMTPException, OSError):
                client.close()
            else:
                self._idle = client
                return client
        self._idle = await self._connect()
        return self._idle

    async def _connect(self) -> aiosmtplib.SMTP:
        """Return a new connection, logged in; an access token that is refused is renewed, once."""
        given: list[str] = []

        def password() -> str:
            given.append(self._password())
            return given[-1]

        try:
            return await self._connection(password)
        except LoginRefused:
            if self._renew is None or not given:
                raise
            token = self._renew(given[-1])
        return await self._connection(lambda: token)

    async def _connection(self, password: Callable[[], str]) -> aiosmtplib.SMTP:
        trust = trusting(self._ca_file)
        client = _Client(
            hostname=self._server.host,
            port=self._server.port,
            local_hostname=_GREETED_AS,
            timeout=self._timeouts.command,
            use_tls=self._server.security == "tls",
            start_tls=False,
            tls_context=trust,
        )
        host = self._server.host
        try:
            await client.connect(timeout=self._timeouts.connect)
            if self._server.security == "starttls":
                await self._start_tls(client, trust)
            await log_in(client, self._login, password, self._server.host)
        except MailcrmError:
            await self._leave(client)
            raise
        except SMTPResponseException as error:
            await self._leave(client)
            raise refusal(host, error.code, error.message) from error
        except (SMTPException, OSError) as error:
            await self._leave(client)
            raise self._no_connection(error) from error
        return client

    def _no_connection(self, error: Exception) -> RemoteError:
        return connection_failure(self._server.host, self._server.port, error)

    async def _start_tls(self, client: aiosmtplib.SMTP, trust: ssl.SSLContext) -> None:
        """Encrypt, or raise TlsError: what isn't offered may have been taken away in between."""
        await client.ehlo()
        if not client.supports_extension("starttls"):
            raise no_tls(self._server.host, say("the server doesn't offer STARTTLS"))
        try:
            await client.starttls(tls_context=trust)
        except SMTPResponseException as error:
            reply = one_line(error.code, error.message)
            raise no_tls(self._server.host, say("STARTTLS was refused ({reply})", reply=reply)) from error
        await client.ehlo()

    async def _envelope(
        self, client: aiosmtplib.SMTP, sender: str, recipients: tuple[str, ...], raw: bytes
    ) -> dict[str, tuple[int, str]]:
        """Give MAIL and RCPT; return the refused recipients, raise where nobody is left."""
        host = self._server.host
        refused: dict[str, tuple[int, str]] = {}
        try:
            await client.mail(sender, options=[f"SIZE={len(raw)}"] if client.supports_extension("size") else [])
            for recipient in recipients:
                try:
                    await client.rcpt(recipient)
                except SMTPRecipientRefused as error:
                    if error.code == _CLOSING:
                        raise
                    refused[recipient] = (error.code, error.message)
        except SMTPResponseException as error:
            raise refusal(host, error.code, error.message) from error
        except (SMTPException, OSError) as error:
            raise self._no_connection(error) from error
        if len(refused) == len(recipients):
            raise all_refused(host, refused)
        return refused

    async def _data(self, client: aiosmtplib.SMTP, raw: bytes) -> str:
        """Give DATA and the mail; return the reply to it. Anything but an explicit 4xx or 5xx is in doubt."""
        await _hear()  # the loop stood still since RCPT: a connection that ended meanwhile is no doubt
        if not client.is_connected:
            raise unreachable(self._server.host, say("the connection was cut"))
        try:
            response = await client.data(raw, timeout=self._timeouts.data)
        except SMTPResponseException as error:
            if error.code in _DATA_REFUSED:
                raise refusal(self._server.host, error.code, error.message) from error
            client.close()
            raise in_doubt(self._server.host) from error
        except (SMTPException, OSError) as error:
            client.close()
            raise in_doubt(self._server.host) from error
        return one_line(response.code, response.message)

    async def _leave(self, client: aiosmtplib.SMTP) -> None:
        with contextlib.suppress(SMTPException, OSError):
            if client.is_connected:
                await client.quit(timeout=self._timeouts.leave)
        client.close()
        await _hear()


async def _hear() -> None:
    """Let the loop take in what has arrived already."""
    for _turn in range(3):  # TLS hands it on from turn to turn
        await asyncio.sleep(0)
