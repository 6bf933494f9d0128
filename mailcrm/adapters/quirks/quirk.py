"""What is particular about a mail provider, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcrm.domain.signin import SignIn
from mailcrm.domain.words import Sentence

__all__ = ["Quirk"]


@dataclass(frozen=True, slots=True)
class Quirk:
    """A provider's ways.

    `hosts` are its servers, a name and everything below it. `auth_code`: programs log in with a code made in the web
    mail, never with the web mail's password. `takes_passwords`: False where one signs in in the browser and nowhere else.
    `files_sent_itself`: what leaves by its SMTP server lies in Sent without anybody appending it. `hint` is the mend when
    it refuses a login: what to make, and where to click.

    To set an account up: `domains` are those of its addresses (a company's own domain tells nothing), `imap` and `smtp`
    the URLs of its servers, in which `{domain}` stands for the address's; those of the ordinary provider are a guess.
    `sign_in`: where one signs in in the browser instead of with a password; a provider of which nothing is known has what
    the settings say under [oauth.own].
    """

    name: Sentence
    hosts: tuple[str, ...] = ()
    auth_code: bool = False
    takes_passwords: bool = True
    files_sent_itself: bool = False
    hint: Sentence | None = None
    domains: tuple[str, ...] = ()
    imap: str = ""
    smtp: str = ""
    sign_in: SignIn = field(default_factory=SignIn)

    def servers(self, domain: str) -> tuple[str, str]:
        """Return the URLs of its servers (IMAP, SMTP) for an address of `domain`; empty where they aren't known."""
        return self.imap.replace("{domain}", domain.lower()), self.smtp.replace("{domain}", domain.lower())

    def closeness(self, host: str) -> int:
        """Return how many characters of `host` name one of its servers or what is above it; 0: not its server."""
        asked = host.lower().rstrip(".")
        return max((len(known) for known in self.hosts if asked == known or asked.endswith("." + known)), default=0)
