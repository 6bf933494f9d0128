"""Where to hand mail in: the account's SMTP URL, read strictly.

Room: adapters. In: `smtps://`, `smtp+starttls://` or `smtp://` with a host and maybe a port. Out: a `Server`. `smtp://` is
plain text and allowed to this machine only, so no setting can send a password in clear.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["Server", "server_of"]

_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}


@dataclass(frozen=True, slots=True)
class Server:
    """`security` is "tls" (from the first octet, RFC 8314), "starttls" (required) or "plain" (loopback)."""

    host: str
    port: int
    security: str


def server_of(url: str) -> Server:
    """Return the server that `url` names; ConfigError says how a right one looks."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise _unreadable(url) from None
    if parts.scheme not in _PORTS or not host or parts.username or parts.path not in ("", "/"):
        raise _unreadable(url)
    security = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "plain"}[parts.scheme]
    if security == "plain" and not _is_this_machine(host):
        raise ConfigError(
            say("smtp:// would send the password to {host} for everybody to read.", host=host),
            say("Use smtps://{host} or, where the server only knows STARTTLS, smtp+starttls://{host}.", host=host),
        )
    return Server(host, port or _PORTS[parts.scheme], security)


def _unreadable(url: str) -> ConfigError:
    return ConfigError(
        say("“{url}” is not the address of an SMTP server.", url=url.rpartition("@")[2]),
        say("Write it like smtps://smtp.example.com or smtp+starttls://smtp.example.com:587."),
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
