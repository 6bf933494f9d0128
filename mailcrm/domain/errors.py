"""Everything that can go wrong, with a sentence a rep can read and the mend.

    MailcrmError                exit 1: something the user must mend
    ├── UsageError              exit 2: wrong usage of the command line
    ├── ConfigError             a setting is unknown, unreadable or contradicts another
    ├── NotFound                no such thread, message, account …
    ├── HomeError               the home is missing, too open, of a newer release, or its disk is full
    ├── SecretError             a password can't be had
    ├── TemplateError           a template is broken or misses a variable
    ├── ComposeError            a mail can't be written as asked (no recipient, forbidden header, lost attachment)
    ├── ParseError              a mail that no parser survives (quarantined, never shown as a failure of a run)
    ├── RemoteError             exit 3: a server refused or was unreachable
    │   ├── Unreachable         no connection, time-out, cut in the middle
    │   ├── TlsError            certificate or encryption
    │   ├── LoginRefused        wrong password, authorisation code needed, "Unsafe Login"
    │   ├── ServerRefused       the server answered NO/BAD or 5xx
    │   │   └── FolderRefused   one folder can't be opened; the others were read
    │   ├── Deferred            the server asks to try again later (4xx)
    │   └── InDoubt             the connection was lost after DATA began: nobody knows whether the mail was accepted
    ├── RefusedByRule           exit 4: a rule of the house forbids it
    └── Busy                    exit 75: another process holds the engine

Adapters translate the errors of their libraries into these at the edge.
"""

from __future__ import annotations

from typing import ClassVar

from mailcrm.domain.words import Sentence

__all__ = [
    "Busy",
    "ComposeError",
    "ConfigError",
    "Deferred",
    "FolderRefused",
    "HomeError",
    "InDoubt",
    "LoginRefused",
    "MailcrmError",
    "NotFound",
    "ParseError",
    "RefusedByRule",
    "RemoteError",
    "SecretError",
    "ServerRefused",
    "TemplateError",
    "TlsError",
    "Unreachable",
    "UsageError",
]


class MailcrmError(Exception):
    """A failure with a sentence for the person and, where there is one, the mend (`hint`).

    `brief`: what is said instead of both on a page that names the mends itself, by its keys; None where that is the same.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: Sentence, hint: Sentence | None = None, *, brief: Sentence | None = None) -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint
        self.brief = brief

    @property
    def whole(self) -> Sentence:
        """Sentence and mend as one, to be stored."""
        return (
            Sentence("{sentence} {hint}", {"sentence": self.sentence, "hint": self.hint})
            if self.hint
            else self.sentence
        )

    def __str__(self) -> str:
        """Return sentence and mend in the active language."""
        return str(self.whole)


class UsageError(MailcrmError):
    """The command line's words are off."""

    exit_code = 2


class ConfigError(MailcrmError):
    """A setting is unknown, unreadable, or contradicts another."""


class NotFound(MailcrmError):
    """The named thing does not exist."""


class HomeError(MailcrmError):
    """The home directory or its database can't be used."""


class SecretError(MailcrmError):
    """A password can't be had from where the account says it is."""


class TemplateError(MailcrmError):
    """A template is broken or misses a variable; `variable` is the one whose value doesn't fit, "" where it isn't about one."""

    def __init__(self, sentence: Sentence, hint: Sentence | None = None, variable: str = "") -> None:
        super().__init__(sentence, hint)
        self.variable = variable


class ComposeError(MailcrmError):
    """A mail can't be written as asked."""


class ParseError(MailcrmError):
    """A mail that no parser survives."""


class RemoteError(MailcrmError):
    """A remote server refused or was unreachable. `retry_after`: the seconds that it asked to be left alone."""

    exit_code = 3

    def __init__(self, sentence: Sentence, hint: Sentence | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(sentence, hint)
        self.retry_after = retry_after


class Unreachable(RemoteError):
    """No connection, a time-out, or a cut in the middle."""


class TlsError(RemoteError):
    """The certificate or the encryption is not what it must be."""


class LoginRefused(RemoteError):
    """The server refused the login."""


class ServerRefused(RemoteError):
    """The server answered NO, BAD or 5xx."""


class FolderRefused(ServerRefused):
    """The server doesn't open one of the folders; the others were read."""


class Deferred(RemoteError):
    """The server asks to try again later (4xx)."""


class InDoubt(RemoteError):
    """The connection was lost after DATA began: nobody knows whether the mail was accepted."""


class RefusedByRule(MailcrmError):
    """A rule of the house forbids it."""

    exit_code = 4


class Busy(MailcrmError):
    """Another process holds the engine."""

    exit_code = 75
