"""An SMTP server that stops talking at one step, until the client is gone.

    with StallingSmtp() as server:
        server.stall = "dot"            # the final dot has arrived, the 250 never comes
        ... the client is killed when server.stalled is set ...
        server.stall = ""               # from now on it takes everything

`taken`: the mails whose final dot arrived, answered or not. A server may deliver any of them.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, Self

from servers.loopback import HOST

__all__ = ["STEPS", "StallingSmtp"]

# In the order of a conversation; from "data" on nobody knows what the server does.
STEPS = ("greeting", "ehlo", "mail", "rcpt", "data", "body", "dot")


class StallingSmtp:
    """Listens on `port`; a context manager."""

    def __init__(self) -> None:
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self.stall = ""
        self.stalled = threading.Event()
        self.taken: list[bytes] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: object, *arguments: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self._begin(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as lines, suppress(OSError):
            if not self._goes_on("greeting", client):
                return
            client.sendall(b"220 stalling.example\r\n")
            while line := lines.readline():
                word = line[:4].strip().lower().decode("ascii")
                if word == "quit" or not self._goes_on(word, client):
                    return
                if word == "data":
                    if not self._mail(client, lines):
                        return
                else:
                    client.sendall(b"250 stalling.example\r\n")

    def _mail(self, client: socket.socket, lines: BinaryIO) -> bool:
        client.sendall(b"354 Go on\r\n")
        mail = [lines.readline()]
        if not self._goes_on("body", client):
            return False
        while mail[-1] not in (b".\r\n", b""):
            mail.append(lines.readline())
        if not mail[-1]:
            return False
        self.taken.append(b"".join(mail[:-1]))
        if not self._goes_on("dot", client):
            return False
        client.sendall(b"250 Taken\r\n")
        return True

    def _goes_on(self, step: str, client: socket.socket) -> bool:
        """Whether to go on; at the step to stall at, wait until the client is gone and don't."""
        if step != self.stall:
            return True
        self.stalled.set()
        with suppress(OSError):
            while client.recv(65_536):
                pass
        return False
