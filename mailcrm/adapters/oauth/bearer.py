"""How an access token is shown to a mail server: OAUTHBEARER (RFC 7628), or XOAUTH2, as Google made it up before.

Room: adapters. In: the mechanisms that the server offers, user and token. Out: what is said, for IMAP and SMTP alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from mailcrm.domain.errors import LoginRefused
from mailcrm.domain.words import say

__all__ = ["Bearer", "bearer", "status_in"]


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is said: `response` first, and `dismissal` to the document with which a server says why not."""

    mechanism: str
    response: bytes = field(repr=False)
    dismissal: bytes


def bearer(offered: Collection[str], user: str, token: str, host: str) -> Bearer:
    """Return what to say to `host`, which offers these SASL mechanisms (upper case); LoginRefused where none fits."""
    if any(ord(character) < ord(" ") for character in user):
        raise LoginRefused(
            say("The user name holds a line break or another control character."),
            say("Give it anew with account add --user."),
        )
    if "OAUTHBEARER" in offered:
        authzid = user.replace("=", "=3D").replace(",", "=2C")
        return Bearer("OAUTHBEARER", f"n,a={authzid},\1auth=Bearer {token}\1\1".encode(), b"\1")
    if "XOAUTH2" in offered:
        return Bearer("XOAUTH2", f"user={user}\1auth=Bearer {token}\1\1".encode(), b"")
    raise LoginRefused(
        say(
            "{host} lets nobody in by a sign-in in the browser (it offers neither OAUTHBEARER nor XOAUTH2).", host=host
        ),
        say("Give the account a password instead: account add with --password-stdin."),
    )


def status_in(challenge: bytes) -> str:
    """Return the `status` of the document in which a server says why not ("invalid_token", "401"); "" where it has none."""
    try:
        document: Any = json.loads(challenge)
    except (ValueError, RecursionError):
        return ""
    return str(document.get("status", "")) if isinstance(document, dict) else ""
