"""A Postfix table that a test changes while Postfix runs: the socketmap protocol (socketmap_table(5)) on a thread.

In: netstrings `<table> <key>`. Out: `OK <value>` or `NOTFOUND `. Nothing is cached, so a change holds at once.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Mapping

from servers.loopback import HOST

Lookup = Callable[[str], str | None]


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        while True:
            length = self._length()
            if length is None:
                return
            table, _, key = self.rfile.read(length).decode("utf-8", "replace").partition(" ")
            self.rfile.read(1)  # the comma that ends a netstring
            value = self.server.tables[table](key)
            answer = b"NOTFOUND " if value is None else b"OK " + value.encode()
            self.wfile.write(b"%d:%s," % (len(answer), answer))

    def _length(self) -> int | None:
        digits = b""
        while (octet := self.rfile.read(1)).isdigit():
            digits += octet
        return int(digits) if octet == b":" else None


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, tables: Mapping[str, Lookup]) -> None:
        self.tables = tables
        super().__init__((HOST, 0), _Conversation)


class SocketMap:
    """Answers for the named `tables`; `address(table)` is what main.cf writes."""

    def __init__(self, tables: Mapping[str, Lookup]) -> None:
        self._server = _Server(tables)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def address(self, table: str) -> str:
        """Return the table as main.cf names it."""
        return f"socketmap:inet:{HOST}:{self._server.server_address[1]}:{table}"

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
