"""A TCP proxy behind which a server is gone after so many octets: a cut wherever a test wants it, TLS or not."""

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
        owner = self.server.owner
        if owner.gone:
            return
        with socket.create_connection((HOST, owner.behind), 10) as behind:
            for side in (self.request, behind):  # else the kernel holds small pieces back for 40 ms
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            forth = threading.Thread(target=self._pass_on, args=(self.request, behind), daemon=True)
            forth.start()
            self._pass_on(behind, self.request, owner)

    @staticmethod
    def _pass_on(source: socket.socket, sink: socket.socket, counter: CuttingProxy | None = None) -> None:
        """Copy until one side ends or `counter` says so, then end both directions."""
        with contextlib.suppress(OSError):
            while octets := source.recv(4096):
                allowed = octets if counter is None else octets[: counter.allow(len(octets))]
                if counter is not None:
                    counter.said += allowed
                sink.sendall(allowed)
                if len(allowed) < len(octets):
                    break
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

    `left`: how many octets the server still says before it is gone, in the middle of whatever it was saying; connections
    made then end at once. None: it stays. `said`: everything that it has said.
    """

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.left: int | None = None
        self.said = b""
        self._counting = threading.Lock()
        self._server = _Server(self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def gone(self) -> bool:
        """Whether the server has said all that it was to say."""
        return self.left == 0

    def allow(self, octets: int) -> int:
        """Return how many of so many octets may still pass, and count them."""
        with self._counting:
            if self.left is None:
                return octets
            allowed = min(octets, self.left)
            self.left -= allowed
            return allowed

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
