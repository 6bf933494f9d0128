"""The connection to an IMAP server: imapclient on an imaplib with caps.

Room: adapters. What the libraries leave open and this closes: a literal and a response have no upper size, folder names
must be ASCII there though servers list other ones, octets that follow STARTTLS in plain text are dropped in silence (they
are an error: somebody sits in between), `idle_check` takes half a line for a dead connection, and whole mails reach the
log at DEBUG.
"""

from __future__ import annotations

import imaplib
import io
import logging
import selectors
import socket
import ssl
from collections.abc import Sequence
from typing import Literal, cast

from imapclient import IMAPClient, SocketTimeout

from mailcrm.adapters.imap.fetched import Answers, answers_in
from mailcrm.domain.servers import Server

__all__ = ["Client", "PlainTextAfterStarttls", "TooMuch"]

# A SEARCH answer is one line: this holds two million uids. imaplib's own limit ends at 125,000 and is too small.
_LINE_CAP = 16 * 1024 * 1024
_CONTROL = frozenset(range(32)) | {127}

# imapclient logs commands, answers and whole mails; a log may hold none of them (safety.md).
for _name in ("imapclient", "imapclient.imaplib"):
    logging.getLogger(_name).setLevel(logging.ERROR)


class TooMuch(imaplib.IMAP4.abort):
    """The server announced or sent more than the caps allow; the connection is of no more use."""


class PlainTextAfterStarttls(imaplib.IMAP4.abort):
    """Octets followed the answer to STARTTLS in plain text."""


class _CappedImap(imaplib.IMAP4):
    """imaplib's protocol, with the socket, the caps and the upgrade of our own."""

    def __init__(self, server: Server, timeout: float, context: ssl.SSLContext | None, literal_cap: int) -> None:
        self._context = context
        self._literal_cap = literal_cap
        self._received = 0
        super().__init__(server.host, server.port, timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self.host, self.port), timeout)
        # imapclient sends a command's line end by itself; the kernel would hold it back for 40 ms.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain

    def send(self, data: bytes) -> None:  # type: ignore[override]  # typeshed lets send take any buffer
        self._received = 0
        super().send(data)

    def read(self, size: int) -> bytes:
        """Read a literal of `size` octets, unless it is too large."""
        if size > self._literal_cap:
            raise TooMuch(f"a literal of {size} octets")
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line of at most `_LINE_CAP` octets."""
        line = cast("bytes", self.file.readline(_LINE_CAP + 1))
        if len(line) > _LINE_CAP:
            raise TooMuch(f"a line of more than {_LINE_CAP} octets")
        self._count(len(line))
        return line

    def unread(self) -> bool:
        """Whether octets have arrived that nobody read yet; never waits."""
        timeout = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            return bool(cast("io.BufferedReader", self.file).peek(1))
        except ssl.SSLWantReadError:
            return False
        finally:
            self.sock.settimeout(timeout)

    def _count(self, octets: int) -> None:
        self._received += octets
        if self._received > self._literal_cap + 2 * _LINE_CAP:
            raise TooMuch(f"more than {self._received} octets in one response")

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> tuple[Literal["OK"], list[None]]:
        """Upgrade, unless anything was sent between the answer to STARTTLS and the handshake."""
        if ssl_context is None:
            raise ValueError("STARTTLS without a context would verify nothing")
        return super().starttls(cast("ssl.SSLContext", _CheckedUpgrade(self, ssl_context)))


class _CheckedUpgrade:
    """Stands in for the SSLContext that imaplib asks to wrap the socket: the last moment before the handshake."""

    def __init__(self, connection: _CappedImap, context: ssl.SSLContext) -> None:
        self._connection = connection
        self._context = context

    def wrap_socket(self, sock: socket.socket, server_hostname: str) -> ssl.SSLSocket:
        if self._connection.unread():
            raise PlainTextAfterStarttls("octets in plain text after STARTTLS")
        # What was said before the handshake may have been said by anybody (RFC 3501, 6.2.1).
        self._connection.untagged_responses.clear()
        return self._context.wrap_socket(sock, server_hostname=server_hostname)


class Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
    """imapclient, reading only what fits the caps, folder names as raw bytes."""

    def __init__(self, server: Server, context: ssl.SSLContext, timeout: SocketTimeout, literal_cap: int) -> None:
        self._server = server
        self._tls_context = context if server.security == "tls" else None
        self._literal_cap = literal_cap
        super().__init__(server.host, server.port, ssl=server.security == "tls", timeout=timeout)
        self._imap.debug = 0  # formatting every literal for that log costs more than fetching it
        self.normalise_times = False
        self.folder_encode = False

    def _create_IMAP4(self) -> _CappedImap:  # noqa: N802  (imapclient's name)
        return _CappedImap(self._server, self._timeout.connect, self._tls_context, self._literal_cap)

    def _normalise_folder(self, folder_name: bytes | str) -> bytes:
        raw = folder_name.encode("ascii") if isinstance(folder_name, str) else folder_name
        if _CONTROL.intersection(raw):
            raise ValueError("a folder name with control characters would be a command")
        return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'

    @property
    def connection(self) -> imaplib.IMAP4:
        """Imaplib's side of it."""
        return cast("imaplib.IMAP4", self._imap)

    def answers(self, uids: Sequence[int], items: Sequence[str]) -> Answers:
        """Fetch `items` of these mails: {uid: {item: value}}."""
        kind, responses = self.connection.uid("FETCH", ",".join(map(str, uids)), f"({' '.join(items)})")
        if kind != "OK":
            raise imaplib.IMAP4.error(responses[0] if responses else kind)
        return answers_in([each for each in responses if each is not None])

    def hears(self, seconds: float) -> bool:
        """Wait until the server says something or hangs up; False where neither happened within `seconds`."""
        if cast("_CappedImap", self._imap).unread():
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection.sock, selectors.EVENT_READ)
            return bool(selector.select(seconds))

    def forget_answers(self, name: str) -> None:
        """Drop untagged answers that a failed command left behind, lest the next one takes them for its own."""
        self.connection.untagged_responses.pop(name, None)
