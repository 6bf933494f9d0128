"""Where an account's mail servers are: its URLs, read strictly.

Room: domain. In: `imaps://`, `imap+starttls://` or `imap://` with a host and maybe a port, smtp alike. Out: a `Server`. The
plain forms are for this computer only, so no setting can send a password in the clear; a password inside a URL is refused.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["Server", "is_this_computer", "server_of"]

_PORTS = {
    "imap": {"imaps": 993, "imap+starttls": 143, "imap": 143},
    "smtp": {"smtps": 465, "smtp+starttls": 587, "smtp": 25},
}
_SECURITY = {"s": "tls", "+starttls": "starttls", "": "plain"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server's place. `security`: "tls" from the first octet (RFC 8314), "starttls" (required) or "plain" (loopback)."""

    host: str
    port: int
    security: str


def server_of(url: str, protocol: str) -> Server:
    """Return the server that `url` names; `protocol` is "imap" or "smtp". ConfigError says how a right one looks."""
    ports = _PORTS[protocol]
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise _unreadable(url, protocol) from None
    if parts.password is not None:
        raise ConfigError(
            say("The address of the mail server holds a password."),
            say("Leave it out there and give it by --password-stdin, --password-env or --password-command."),
        )
    scheme = parts.scheme.lower()
    if scheme not in ports or not host or parts.path not in ("", "/"):
        raise _unreadable(url, protocol)
    security = _SECURITY[scheme.removeprefix(protocol)]
    if security == "plain" and not is_this_computer(host):
        raise ConfigError(
            say("{scheme}:// would send the password to {host} in plain text.", scheme=scheme, host=host),
            say(
                "Write {safe}://{host} or {upgraded}://{host} instead.",
                safe=f"{protocol}s",
                upgraded=f"{protocol}+starttls",
                host=host,
            ),
        )
    return Server(host, port or ports[scheme], security)


def _unreadable(url: str, protocol: str) -> ConfigError:
    return ConfigError(
        say("“{url}” is not the address of a mail server.", url=url.rpartition("@")[2]),
        say(
            "Write it like {safe}://mail.example.com or {upgraded}://mail.example.com:1234.",
            safe=f"{protocol}s",
            upgraded=f"{protocol}+starttls",
        ),
    )


def is_this_computer(host: str) -> bool:
    """Whether what is sent to `host` never leaves this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
