"""A TCP proxy that hangs up after so many octets from the server: a cut wherever a test wants it, TLS or not."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from types import TracebackType
from typing import Self

from servers.loopback import HOST

__all__ = ["CuttingProxy"]


class _Conversation(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        with socket.create_connection((HOST, self.server.owner.behind), 10) as behind:
            forth = threading.Thread(target=self._pass_on, args=(self.request, behind, None), daemon=True)
            forth.start()
            self._pass_on(behind, self.request, self.server.owner.cut_after)

    @staticmethod
    def _pass_on(source: socket.socket, sink: socket.socket, most: int | None) -> None:
        """Copy until one side ends or `most` octets have passed, then end both directions."""
        passed = 0
        with contextlib.suppress(OSError):
            while (most is None or passed < most) and (octets := source.recv(4096)):
                sink.sendall(octets if most is None else octets[: most - passed])
                passed += len(octets)
        for side in (source, sink):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: CuttingProxy) -> None:
        self.owner = owner
        super().__init__((HOST, 0), _Conversation)


class CuttingProxy:
    """Listens on `port` and passes on to `behind`; a context manager.

    `cut_after`: each connection made from now on ends after so many octets from the server; None: never.
    """

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.cut_after: int | None = None
        self._server = _Server(self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
