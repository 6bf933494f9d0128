"""A connection to one account: encrypted, logged in, introduced; and every error of the libraries translated.

Room: adapters. In: an account's login and its password, or the access token of a sign-in in the browser. Out: `talk()`,
inside which the libraries may be called.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from imapclient import SocketTimeout
from imapclient.exceptions import LoginError

import mailcrm
from mailcrm.adapters.authorities import trusting
from mailcrm.adapters.imap.trouble import answer_trouble, connection_trouble, login_trouble, sign_in_trouble, words_of
from mailcrm.adapters.imap.wire import Client
from mailcrm.adapters.oauth.bearer import bearer, status_in
from mailcrm.adapters.quirks import Quirk, quirk_for
from mailcrm.domain.errors import LoginRefused, MailcrmError, ServerRefused, TlsError, Unreachable
from mailcrm.domain.servers import server_of
from mailcrm.domain.words import say
from mailcrm.ports import AccountLogin

__all__ = ["Session"]

_LEAVE_SECONDS = 5.0
_ATOM = re.compile(r"[A-Za-z0-9!#$&'+,./:;<=>?@^_`|~-]+")
# What imapclient raises besides imaplib's own when an answer breaks the rules.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Session:
    """Open from the moment it is made until it breaks or is closed. One thread only.

    `capabilities` are those after login. `quirk`: the provider's ways. `renew` gives another access token once the server
    refused one.
    """

    def __init__(
        self,
        login: AccountLogin,
        password: Callable[[], str],
        ca_file: Path | None,
        timeout: SocketTimeout,
        literal_cap: int,
        renew: Callable[[str], str] | None = None,
    ) -> None:
        self.server = server_of(login.imap_url, "imap")
        self.quirk: Quirk = quirk_for(self.server.host)
        self.capabilities: frozenset[str] = frozenset()
        self._client: Client | None = None
        self._in_step = True
        self._login = login
        connect = partial(self._connect, trusting(ca_file), timeout, literal_cap)
        secret = password()
        try:
            self._open(connect, secret)
        except LoginRefused:
            if renew is None:
                raise
            self._open(connect, renew(secret))

    def _open(self, connect: Callable[[], None], secret: str) -> None:
        try:
            connect()
            self._log_in(secret)
            self._introduce()
        except MailcrmError:
            self.hang_up()
            raise

    @contextlib.contextmanager
    def talk(self) -> Iterator[Client]:
        """Lend the client; what it raises is translated, and what leaves the connection in an unknown state ends it."""
        host = self.server.host
        if self._client is None:
            raise Unreachable(
                say("The connection to {host} is closed.", host=host), say("mailcrm opens a new one by itself.")
            )
        self._in_step = False
        try:
            yield self._client
        except (OSError, imaplib.IMAP4.abort) as error:
            self.hang_up()
            raise connection_trouble(error, host) from error
        except (imaplib.IMAP4.error, *_UNREADABLE) as error:
            self._in_step = True
            raise answer_trouble(error, host, self.quirk) from error
        self._in_step = True

    def forget_answers(self, name: str) -> None:
        """Drop what a failed command left behind, lest the next one takes it for its own."""
        if self._client is not None:
            self._client.forget_answers(name)

    def close(self) -> None:
        """Log out where client and server are in step, else hang up; never raises."""
        if self._client is not None and self._in_step:
            with contextlib.suppress(imaplib.IMAP4.error, OSError, *_UNREADABLE):
                self._client.socket().settimeout(_LEAVE_SECONDS)
                self._client.logout()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the socket without a word."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError):
                client.shutdown()

    def _connect(self, context: ssl.SSLContext, timeout: SocketTimeout, literal_cap: int) -> None:
        host = self.server.host
        try:
            self._client = Client(self.server, context, timeout, literal_cap)
            if self.server.security == "starttls":
                _upgrade(self._client, context, host)
        except (OSError, imaplib.IMAP4.error) as error:
            raise connection_trouble(error, host) from error
        except _UNREADABLE as error:
            raise Unreachable(
                say("{host} doesn't speak IMAP on this port.", host=host), say("Check server and port.")
            ) from error

    def _log_in(self, secret: str) -> None:
        host, login = self.server.host, self._login
        with self.talk() as client:
            try:
                if login.oauth:
                    _show_token(client, login.user, secret, host)
                else:
                    _authenticate(client, login.user, secret)
            except LoginError as error:
                words = words_of(error, secret)
                # imapclient calls a connection that ended in the middle a refused login too.
                if isinstance(error.__context__, imaplib.IMAP4.abort):
                    raise connection_trouble(imaplib.IMAP4.abort(words), host) from None
                raise (
                    sign_in_trouble(words, host, login.name) if login.oauth else login_trouble(words, host, self.quirk)
                ) from None
            self.capabilities = frozenset(each.decode("ascii", "replace") for each in client.capabilities())

    def _introduce(self) -> None:
        """Say who we are (RFC 2971), which some providers want before they open a folder; a refusal is no matter."""
        if "ID" in self.capabilities:
            with contextlib.suppress(ServerRefused), self.talk() as client:
                client.id_({"name": "mailcrm", "version": mailcrm.__version__})


def _upgrade(client: Client, context: ssl.SSLContext, host: str) -> None:
    """STARTTLS, or TlsError: a server that greets as logged in, or leaves it out, gets no password."""
    if client.connection.state != "NONAUTH" or not client.has_capability("STARTTLS"):
        raise TlsError(
            say("{host} offers no encryption (STARTTLS) on this port.", host=host),
            say("The password was not sent. Use imaps:// for this account."),
        )
    client.starttls(context)


def _authenticate(client: Client, user: str, secret: str) -> None:
    """LOGIN where name and password fit into it, else AUTHENTICATE PLAIN (RFC 4616), which takes UTF-8."""
    if any(ord(character) < ord(" ") for character in user + secret):
        raise LoginRefused(
            say("User name or password hold a line break or another control character."),
            say("Give the password anew, without a line break at its end."),
        )
    plain = client.has_capability("AUTH=PLAIN")
    ordinary = secret.isascii() and _ATOM.fullmatch(user)
    if plain and (not ordinary or client.has_capability("LOGINDISABLED")):
        client.plain_login(user, secret)
    elif not (user + secret).isascii():
        raise LoginRefused(
            say("This server can't take the characters in user name or password."),
            say("Change the password in the web mail to one of Latin letters, digits and signs."),
        )
    else:
        escaped = user.replace("\\", "\\\\").replace('"', '\\"')
        client.login(user if ordinary else f'"{escaped}"', secret)


def _show_token(client: Client, user: str, token: str, host: str) -> None:
    """AUTHENTICATE with an access token; a server that says why not waits for an answer to that before it says NO."""
    offered = {
        each.removeprefix("AUTH=") for each in (name.decode("ascii", "replace") for name in client.capabilities())
    }
    said = bearer(offered, user, token, host)
    reasons: list[str] = []

    def answer(challenge: bytes) -> bytes:
        if not challenge:
            return said.response
        reasons.append(status_in(challenge))
        return said.dismissal

    try:
        client.connection.authenticate(said.mechanism, answer)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise LoginError(" ".join([*map(str, error.args), *filter(None, reasons)])) from None
