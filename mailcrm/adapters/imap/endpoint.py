"""What an account's IMAP URL means.

Room: adapters. In: `imaps://host[:993]`, `imap+starttls://host[:143]`, `imap://host[:143]` (plain text, to this computer
only). Out: an `Endpoint`, or a ConfigError that names the mend.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["Endpoint", "endpoint_of"]

_PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server's place. `implicit_tls` from the first octet, `starttls` after the greeting, neither: plain text."""

    host: str
    port: int
    implicit_tls: bool
    starttls: bool


def endpoint_of(url: str) -> Endpoint:
    """Return where `url` points."""
    try:
        parts = urlsplit(url)
        host, port, scheme = parts.hostname, parts.port, parts.scheme.lower()
    except ValueError:
        host, port, scheme = None, None, ""
    if scheme not in _PORTS or not host:
        raise ConfigError(
            say("{url} is no address of an IMAP server.", url=url),
            say("Write imaps://HOST, imap+starttls://HOST, or imap://HOST for a server on this computer."),
        )
    if parts.password is not None:
        raise ConfigError(
            say("The address of the IMAP server holds a password."),
            say("Leave it out there and give it by --password-stdin, --password-env or --password-command."),
        )
    if scheme == "imap" and not _is_this_computer(host):
        raise ConfigError(
            say("imap:// would send the password to {host} in plain text.", host=host),
            say("Write imaps://{host} or imap+starttls://{host} instead.", host=host),
        )
    return Endpoint(host, port or _PORTS[scheme], scheme == "imaps", scheme == "imap+starttls")


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
