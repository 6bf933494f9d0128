"""Signing in in this computer's browser: the provider's page leads back to a port that mailcrm listens on.

Room: adapters. In: a `SignIn` and the mailbox's user. Out: `Tokens`. Three secrets are made up for each sign-in, so that
nobody else can end or use it (RFC 7636, 8252): *state* must come back, or the answer is to somebody else's question;
the *verifier* is shown to the provider only when the code is exchanged, its digest before, so a stolen code is worth nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import queue
import secrets
import threading
import webbrowser
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from mailcrm.adapters.oauth.endpoint import Post, Tokens, ask
from mailcrm.domain.errors import LoginRefused
from mailcrm.domain.signin import Invitation, SignIn, Tell, sign_in_again
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _, say

__all__ = ["sign_in_by_browser"]

_LOOPBACK = "127.0.0.1"
_SECONDS = 600.0
_IDLE_SECONDS = 10
_WORDS = 300

Query = Mapping[str, str]


def sign_in_by_browser(
    post: Post,
    sign_in: SignIn,
    user: str,
    account: str,
    tell: Tell,
    *,
    open_browser: Callable[[str], object] = webbrowser.open,
    seconds: float = _SECONDS,
) -> Tokens:
    """Send the person to the provider's page and return what comes of it; LoginRefused where they don't come back in time."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    question = sign_in.client()
    page = sign_in.endpoint("authorization_endpoint")
    sign_in.endpoint("token_endpoint")  # what is missing is told before the person is sent anywhere
    with _Listener() as listener:
        redirect_uri = f"http://{sign_in.redirect_host}:{listener.server_port}"
        fields = {
            "response_type": "code",
            "client_id": question["client_id"],
            "redirect_uri": redirect_uri,
            "scope": sign_in.scope,
            "state": state,
            "code_challenge": _digest(verifier),
            "code_challenge_method": "S256",
            "login_hint": user,
            **dict(sign_in.parameters),
        }
        address = f"{page}{'&' if urlsplit(page).query else '?'}{urlencode(fields)}"
        tell(Invitation(address))
        threading.Thread(target=open_browser, args=(address,), daemon=True).start()
        code = _code(listener.wait(seconds), state, account)
    exchange = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    return ask(post, sign_in, exchange, account)


def _digest(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _code(query: Query | None, state: str, account: str) -> str:
    """Return the code in the address that the browser was led to."""
    mend = sign_in_again(account)
    if query is None:
        raise LoginRefused(say("Nobody signed in account {name} in the browser in time.", name=account), mend)
    if not secrets.compare_digest(query.get("state", "").encode(), state.encode()):
        raise LoginRefused(
            say(
                "The browser came back with the answer to another question; account {name} was not signed in.",
                name=account,
            ),
            mend,
        )
    if "error" in query:
        words = printable_line(": ".join(query[name] for name in ("error", "error_description") if query.get(name)))
        raise LoginRefused(
            say("The provider refused the sign-in of account {name}: {words}", name=account, words=words[:_WORDS]), mend
        )
    return query["code"]


class _Listener(ThreadingHTTPServer):
    """A port on this computer that takes one answer; a browser also knocks for icons, or opens connections in advance."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((_LOOPBACK, 0), _Visit)
        self.answers: queue.Queue[Query] = queue.Queue(maxsize=1)
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def wait(self, seconds: float) -> Query | None:
        """Return the first answer, None where none comes in time."""
        try:
            return self.answers.get(timeout=seconds)
        except queue.Empty:
            return None

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that hangs up is no matter."""


class _Visit(BaseHTTPRequestHandler):
    """One request of the browser."""

    server: _Listener
    timeout = _IDLE_SECONDS

    def do_GET(self) -> None:
        """Take the answer, once, and tell the person to close the page."""
        query = dict(parse_qsl(urlsplit(self.path).query))
        if not query.keys() & {"code", "error"}:
            self.send_error(404)
            return
        try:
            self.server.answers.put_nowait(query)
        except queue.Full:
            self.send_error(410)
            return
        said = html.escape(_("mailcrm has the answer. You can close this page."))
        body = f"<!doctype html><meta charset=utf-8><title>mailcrm</title><p>{said}".encode()
        self.send_response(200)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Say nothing: the address holds the code."""
