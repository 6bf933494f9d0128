r"""A provider that people sign in to with OAuth 2.0, on loopback: authorisation, device, token and introspection endpoints.

    with Provider("rep@ningbo.example") as provider:
        ... mailcrm with the settings of provider.settings() in its environment, and BROWSER in it ...
        browse(address)                   # what a person's browser does: sign in, and be led back
        provider.revoke_access()          # every access token is refused from now on
        provider.revoke_sign_ins()        # every refresh token too
        provider.asked                    # the forms that came to the token endpoint

It is strict: the verifier must fit the challenge (RFC 7636), a code serves once, a refresh token that was exchanged serves
no more. `script` answers the next questions to the token endpoint instead, in order. It says who a token belongs to at
`introspection_url` (RFC 7662), as Dovecot asks.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import ssl
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from servers.loopback import HOST, Certificates

__all__ = ["BROWSER", "Provider", "Said", "browse", "knock", "said_no"]

# A browser whose person agrees to everything, as the environment variable BROWSER names one.
BROWSER = f'{sys.executable} -c "import sys, urllib.request as web; web.urlopen(sys.argv[1], timeout=10)" %s'
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True)
class Said:
    """An answer: a JSON document, or raw octets."""

    status: int
    document: Mapping[str, Any] | bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def said_no(error: str, description: str = "") -> Said:
    """Return an error as RFC 6749, 5.2 writes it."""
    return Said(400, {"error": error, "error_description": description} if description else {"error": error})


class Provider:
    """The provider, on threads; a context manager.

    `user`: who signs in next. `wishes`: the consent that is given, "yes", "no" or "state" (comes back with another one).
    `device`: what becomes of a code typed on another device, in the order of the questions: an error, or "" for signed in.
    """

    client_id = "mailcrm-at-ningbo"
    client_secret = "cl1ent-S3ntinel"

    def __init__(
        self, user: str = "rep@ningbo.example", *, seconds: int = 3600, certificates: Certificates | None = None
    ) -> None:
        self.user = user
        self.seconds = seconds
        self.wishes = "yes"
        self.device: list[str] = []
        self.interval: object = 5
        self.script: list[Said] = []
        self.asked: list[dict[str, str]] = []
        self.given: list[str] = []
        self._count = itertools.count(1)
        self._lock = threading.Lock()
        self._codes: dict[str, dict[str, str]] = {}
        self._access: dict[str, str] = {}
        self._refresh: dict[str, str] = {}
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

    # -- where it is, and what a test does to it -----------------------------------------------------------------------

    def endpoint(self, name: str) -> str:
        """Return the URL of "authorize", "device", "token" or "introspect"."""
        return f"{self._scheme}://{HOST}:{self._server.server_port}/{name}"

    @property
    def introspection_url(self) -> str:
        """Where a mail server asks whose a token is."""
        return self.endpoint("introspect")

    def settings(self, section: str = "own") -> dict[str, str]:
        """Return the settings that name this provider, as environment variables."""
        values = {
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "authorization_endpoint": self.endpoint("authorize"),
            "token_endpoint": self.endpoint("token"),
            "device_authorization_endpoint": self.endpoint("device"),
            "scope": "mail",
        }
        return {f"MAILCRM__OAUTH__{section}__{name}".upper(): value for name, value in values.items()}

    def revoke_access(self) -> None:
        """Refuse every access token from now on."""
        self._access.clear()

    def revoke_sign_ins(self) -> None:
        """Refuse every access and refresh token from now on."""
        self._access.clear()
        self._refresh.clear()

    def sign_in(self) -> str:
        """Return a refresh token of a sign-in that was given before."""
        return str(self._tokens(self.user)["refresh_token"])

    # -- what it answers -----------------------------------------------------------------------------------------------

    def authorize(self, query: dict[str, str]) -> Said:
        """Lead the browser back, signed in; nobody is shown a page."""
        assert query["response_type"] == "code"
        assert query["client_id"] == self.client_id
        assert query["code_challenge_method"] == "S256"
        assert urlsplit(query["redirect_uri"]).hostname in (HOST, "localhost")
        back = {"state": "another" if self.wishes == "state" else query["state"]}
        if self.wishes == "no":
            back |= {"error": "access_denied", "error_description": "the person said no"}
        else:
            back["code"] = self._made("code")
            self._codes[back["code"]] = query
        return Said(302, b"", {"Location": f"{query['redirect_uri']}/?{urlencode(back)}"})

    def begin_device(self, form: dict[str, str]) -> Said:
        """Give a code to type."""
        if form.get("client_id") != self.client_id:
            return said_no("invalid_client")
        code = self._made("device")
        self._codes[code] = {}
        address = self.endpoint("device-page")
        told = {"device_code": code, "user_code": "WDJB-MJHT", "verification_uri": address, "expires_in": 900}
        return Said(200, {**told, "interval": self.interval})

    def token(self, form: dict[str, str]) -> Said:
        """Exchange what was given for tokens."""
        with self._lock:
            self.asked.append(form)
            if self.script:
                return self.script.pop(0)
            if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
                return said_no("invalid_client")
            kinds = {
                "authorization_code": self._by_code,
                "refresh_token": self._by_refresh,
                DEVICE_GRANT: self._by_device,
            }
            return kinds[form["grant_type"]](form)

    def introspect(self, form: dict[str, str]) -> Said:
        """Say whose a token is."""
        user = self._access.get(form.get("token", ""))
        return Said(200, {"active": True, "username": user} if user else {"active": False})

    def _by_code(self, form: dict[str, str]) -> Said:
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return said_no("invalid_grant", "the code or its verifier is wrong")
        return Said(200, self._tokens(self.user))

    def _by_refresh(self, form: dict[str, str]) -> Said:
        user = self._refresh.pop(form.get("refresh_token", ""), None)
        return Said(200, self._tokens(user)) if user else said_no("invalid_grant", "Token has been expired or revoked.")

    def _by_device(self, form: dict[str, str]) -> Said:
        if form.get("device_code") not in self._codes:
            return said_no("invalid_grant")
        error = self.device.pop(0) if self.device else ""
        return said_no(error) if error else Said(200, self._tokens(self.user))

    def _tokens(self, user: str) -> dict[str, Any]:
        access, refresh = self._made("access"), self._made("refresh")
        self._access[access], self._refresh[refresh] = user, user
        return {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": self.seconds}

    def _made(self, kind: str) -> str:
        self.given.append(f"{kind}-S3ntinel-{next(self._count)}")
        return self.given[-1]


class _Server(ThreadingHTTPServer):
    """The HTTP below it."""

    daemon_threads = True

    def __init__(self, provider: Provider) -> None:
        super().__init__((HOST, 0), _Visit)
        self.provider = provider

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep still: a client that trusts nobody hangs up."""


class _Visit(BaseHTTPRequestHandler):
    """One request."""

    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        """A person's browser."""
        place = urlsplit(self.path)
        if place.path == "/authorize":
            self._say(self.server.provider.authorize(dict(parse_qsl(place.query))))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """A program's form."""
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        provider = self.server.provider
        answers = {"/token": provider.token, "/device": provider.begin_device, "/introspect": provider.introspect}
        self._say(answers[self.path](form))

    def _say(self, said: Said) -> None:
        body = said.document if isinstance(said.document, bytes) else json.dumps(said.document).encode()
        self.send_response(said.status)
        for name, value in {"Content-Type": "application/json", **said.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Keep still."""


def browse(address: str) -> str:
    """Do what a person's browser does at `address`: follow it to its end; return the last page, or the code of a refusal."""
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310  (loopback)
            return str(page.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.code)


def knock(address: str, path: str) -> str:
    """Ask for `path` where the page at `address` will lead back to, as browsers ask for icons."""
    back = dict(parse_qsl(urlsplit(address).query))["redirect_uri"]
    return browse(f"{back}{path}")
