"""Signing in to a mailbox in the browser instead of with a password (OAuth 2.0): where, and as what mailcrm is known there.

Room: domain. In: what a provider's quirk and the settings say. Out: a `SignIn` whose parts are checked when they are needed,
so that the mend names the one setting that is missing.

The words are those of RFC 6749, 8414 and 8628. *client id*: the name under which a company registered mailcrm with its
provider; *scope*: what mailcrm may do there; *refresh token*: what stands for the sign-in from then on, and is kept like a
password; *access token*: what it is exchanged for, good for about an hour, and shown to the mail servers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.servers import is_this_computer
from mailcrm.domain.words import Sentence, say

__all__ = ["Invitation", "SignIn", "Tell", "sign_in_again"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the person is asked to do: open `address`, and type `code` there where there is one."""

    address: str
    code: str = ""


Tell = Callable[[Invitation], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A provider's sign-in. `section`: the one of the settings, [oauth.SECTION], that adds to this or changes it.

    `redirect_host`: the name by which the provider lets its page lead back to this computer. `parameters`: what it wants
    to be asked besides the usual.
    """

    section: str = "own"
    authorization_endpoint: str = ""
    token_endpoint: str = ""
    device_authorization_endpoint: str = ""
    scope: str = ""
    redirect_host: str = "127.0.0.1"
    parameters: tuple[tuple[str, str], ...] = ()
    client_id: str = ""
    client_secret: str = field(default="", repr=False)

    def client(self) -> dict[str, str]:
        """Return who asks, as the fields of a request; ConfigError where nobody registered mailcrm yet."""
        if not self.client_id:
            raise ConfigError(
                say("The provider of this mailbox doesn't know mailcrm: no client id is set."),
                say(
                    "Whoever runs your mail domain registers mailcrm with the provider as a desktop program; put the id that comes of it into mailcrm.toml: `client_id` under [oauth.{section}].",
                    section=self.section,
                ),
            )
        secret = {"client_secret": self.client_secret} if self.client_secret else {}
        return {"client_id": self.client_id, **secret}

    def endpoint(self, name: str) -> str:
        """Return an endpoint's URL, which is https, or plain http on this computer; ConfigError where it is none."""
        url: str = getattr(self, name)
        mend = say(
            "Set `{name}` under [oauth.{section}] in mailcrm.toml to the https:// address that the provider gives.",
            name=name,
            section=self.section,
        )
        if not url:
            raise ConfigError(say("Where to sign in to this mailbox is not known."), mend)
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        plain = parts.scheme == "http" and is_this_computer(host)
        if not host or not (parts.scheme == "https" or plain) or parts.username is not None or parts.fragment:
            raise ConfigError(say("{url} is no safe place to sign in.", url=url.rpartition("@")[2]), mend)
        return url


def sign_in_again(account: str) -> Sentence:
    """Return the mend of a sign-in that was never given, has ended or was taken back."""
    return say("Sign in again: `mailcrm account authorize {name}`.", name=account)
