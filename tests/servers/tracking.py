r"""A tracking service on loopback that answers as 17TRACK's published API (version 2.4) does.

    with TrackingService("S3ntinel-key") as service:
        service.knows("2718281823", [...])      # from now on, registered or not
        service.endpoint                        # where mailcrm is to ask
        service.asked                           # (verb, items) of every question with the right key

It is strict: a wrong key is refused, a number that nobody registered is told so, at most forty numbers are taken at once. `script`
answers the next questions instead, in order.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from servers.loopback import HOST, Certificates

__all__ = ["Reply", "Scan", "TrackingService", "rejected"]

_AT_ONCE = 40


@dataclass(frozen=True)
class Scan:
    """What a courier told: the main status and sub-status of the documentation, a time in UTC, words and a place."""

    status: str
    sub_status: str
    at: str
    told: str = ""
    place: str = ""

    def document(self) -> dict[str, Any]:
        return {
            "time_iso": self.at, "time_utc": self.at, "description": self.told, "location": self.place or None,
            "stage": None, "sub_status": self.sub_status, "address": None,
        }  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """An answer: a JSON document, or raw octets."""

    status: int
    document: object
    headers: Mapping[str, str] = field(default_factory=dict)


def rejected(number: str, code: int, message: str = "refused") -> dict[str, Any]:
    """Return the answer to a question about one number that isn't taken."""
    return {
        "code": 0,
        "data": {"accepted": [], "rejected": [{"number": number, "error": {"code": code, "message": message}}]},
    }


class TrackingService:
    """The service, on threads; a context manager."""

    def __init__(self, key: str, certificates: Certificates | None = None) -> None:
        self.key = key
        self.script: list[Reply] = []
        self.asked: list[tuple[str, list[dict[str, Any]]]] = []
        self.registered: set[str] = set()
        self._scans: dict[str, Sequence[Scan]] = {}
        self._server = _Server(self)
        self._scheme = "http"
        if certificates is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates.chain)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"
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

    @property
    def endpoint(self) -> str:
        """Where the API is."""
        return f"{self._scheme}://{HOST}:{self._server.server_port}/track/v2.4"

    def knows(self, number: str, scans: Sequence[Scan], *, registered: bool = True) -> None:
        """Let the service know what happened to a number, the newest scan first."""
        self._scans[number] = scans
        if registered:
            self.registered.add(number)

    def answer(self, verb: str, key: str, items: list[dict[str, Any]]) -> Reply:
        """Answer one question."""
        if self.script:
            return self.script.pop(0)
        if key != self.key:
            return Reply(
                401,
                {"code": -18010002, "data": {"errors": [{"code": -18010002, "message": "Access token is invalid."}]}},
            )
        self.asked.append((verb, items))
        if verb not in ("register", "gettrackinfo"):
            return Reply(404, b"")
        if not 0 < len(items) <= _AT_ONCE:
            return Reply(
                200,
                {"code": -18010013, "data": {"errors": [{"code": -18010013, "message": "Submitted data is invalid."}]}},
            )
        return Reply(200, self._register(items) if verb == "register" else self._info(items))

    def _register(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        again = [item for item in items if item["number"] in self.registered]
        self.registered |= {item["number"] for item in items}
        accepted = [
            {"origin": 1, "number": item["number"], "carrier": item.get("carrier", 0)}
            for item in items
            if item not in again
        ]
        return {"code": 0, "data": {"accepted": accepted, "rejected": [_refusal(item, -18019901) for item in again]}}

    def _info(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        known = [item for item in items if item["number"] in self.registered]
        accepted = [self._item(item) for item in known]
        return {
            "code": 0,
            "data": {
                "accepted": accepted,
                "rejected": [_refusal(item, -18019902) for item in items if item not in known],
            },
        }

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        scans = self._scans.get(item["number"], ())
        latest = scans[0] if scans else Scan("NotFound", "NotFound_Other", "")
        info = {
            "shipping_info": {"shipper_address": {"country": "CN"}, "recipient_address": {"country": "US"}},
            "latest_status": {"status": latest.status, "sub_status": latest.sub_status, "sub_status_descr": None},
            "latest_event": latest.document() if scans else None,
            "time_metrics": {"days_after_order": 3},
            "tracking": {"providers": [{"provider": {"key": item.get("carrier", 0), "name": "…"}, "events": [scan.document() for scan in scans]}]},
        }  # fmt: skip
        return {
            "number": item["number"],
            "carrier": item.get("carrier", 0),
            "param": None,
            "tag": "",
            "track_info": info,
        }


def _refusal(item: Mapping[str, Any], code: int) -> dict[str, Any]:
    return {"number": item["number"], "error": {"code": code, "message": "…"}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, service: TrackingService) -> None:
        self.service = service
        super().__init__((HOST, 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that left is no failure of the server's."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        told = self.server.service.answer(
            self.path.rpartition("/")[2], self.headers.get("17token", ""), json.loads(body)
        )
        content = told.document if isinstance(told.document, bytes) else json.dumps(told.document).encode()
        self.send_response(told.status)
        for name, value in {"Content-Length": str(len(content)), **told.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Say nothing."""
