r"""What the house needs from the world, as Protocols. Adapters fulfil them; the composition root chooses which.

Glossary. *mailbox*: a folder on the server, known by its raw bytes name. *uid*, *uidvalidity*, *uidnext*, *internaldate*:
RFC 3501. *special-use*: RFC 6154 flags such as `\Sent`. *envelope*: sender and recipients of RFC 5321, which need not
equal the header. *DATA*: the moment after which a lost connection leaves it unknown whether the mail was accepted.

Every implementation raises only errors of `domain/errors.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailcrm.domain.message import ParsedMail
from mailcrm.domain.sheets import Sheet
from mailcrm.domain.words import Sentence

__all__ = [
    "AccountLogin",
    "Clock",
    "Delivery",
    "FetchedMail",
    "MailHead",
    "MailParser",
    "MailSource",
    "MailboxState",
    "Notifier",
    "RemoteMailbox",
    "Secrets",
    "TableReader",
    "Transport",
]


class Clock(Protocol):
    """The wall clock, injected everywhere."""

    def now(self) -> datetime:
        """Return the instant as aware UTC."""
        ...


@dataclass(frozen=True, slots=True)
class AccountLogin:
    """Where an account's servers are and who logs in. URLs: `imaps://`, `imap+starttls://`, `imap://`; smtp alike.

    `secret_kind` is "keyring", "env", "command", "file" or "memory"; `secret_ref` names the variable, command or entry.
    `oauth`: the person signed in in the browser; the secret is the refresh token of that, and no password.
    """

    name: str
    imap_url: str
    smtp_url: str
    user: str
    secret_kind: str
    secret_ref: str = ""
    oauth: bool = False


class Secrets(Protocol):
    """Passwords, authorisation codes and refresh tokens; never stored in the database, never printed."""

    def get(self, login: AccountLogin) -> str:
        """Return the secret; SecretError names what is missing and how to set it."""
        ...

    def put(self, account: str, secret: str) -> tuple[str, str]:
        """Keep `secret` for `account` in the safest place there is; return (secret_kind, secret_ref)."""
        ...

    def replace(self, login: AccountLogin, secret: str) -> None:
        """Keep another secret in the place where `put` kept the one of `login`."""
        ...

    def forget(self, login: AccountLogin) -> None:
        """Remove what `put` kept; nothing where nothing was kept."""
        ...


@dataclass(frozen=True, slots=True)
class RemoteMailbox:
    """A folder as the server lists it. `raw_name` is what goes over the wire; `name` its readable form."""

    raw_name: bytes
    name: str
    special_use: str = ""
    selectable: bool = True


@dataclass(frozen=True, slots=True)
class MailboxState:
    """What EXAMINE tells; None where the server says nothing (163.com has no UIDNEXT, some have no UIDVALIDITY)."""

    uidvalidity: int | None
    uidnext: int | None
    exists: int


@dataclass(frozen=True, slots=True)
class MailHead:
    """Size in octets and arrival of a mail, before its body is fetched; `gmail_thread`: X-GM-THRID, "" elsewhere."""

    uid: int
    size: int
    internaldate: datetime | None
    gmail_thread: str = ""


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail as it lies on the server. `oversize`: only the header was fetched."""

    uid: int
    raw: bytes
    internaldate: datetime | None
    oversize: bool = False


class MailSource(Protocol):
    """A read-only view of one account's mailboxes (IMAP: EXAMINE and BODY.PEEK[]), and the one write: APPEND to Sent.

    One source belongs to one thread. After any error the source is closed and a new one is opened. `skipped`: the uids
    that the server would not hand over since the last `examine`, each with the reason.
    """

    skipped: list[tuple[int, Sentence]]

    def mailboxes(self) -> Sequence[RemoteMailbox]:
        """Return every folder; one whose name can't be decoded is listed with a readable stand-in."""
        ...

    def examine(self, raw_name: bytes) -> MailboxState:
        """Open a folder read-only; later calls are about it."""
        ...

    def uids(self, low: int, high: int | None = None) -> list[int]:
        """Return the existing uids with low ≤ uid ≤ high (None: no upper end), ascending."""
        ...

    def heads(self, uids: Sequence[int]) -> dict[int, MailHead]:
        """Return size and arrival of `uids` that still exist."""
        ...

    def message_ids(self, uids: Sequence[int]) -> dict[int, str]:
        """Return the Message-ID (no angle brackets, "" where there is none) of `uids` that still exist."""
        ...

    def letterheads(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return the lines From, Message-ID, In-Reply-To and References of `uids` that still exist."""
        ...

    def bodies(self, heads: Sequence[MailHead]) -> Iterator[list[FetchedMail]]:
        """Yield the mails in batches bounded by bytes and count; a failing batch is retried uid by uid."""
        ...

    def whole(self, uid: int) -> FetchedMail | None:
        """Return one mail whole, however large up to the cap of the connection; None where it is gone."""
        ...

    def has_message(self, raw_name: bytes, message_id: str, reference: str = "") -> bool:
        """Whether the folder holds a mail with this Message-ID (no angle brackets), or a mail of ours with `reference`."""
        ...

    def append(self, raw_name: bytes, raw: bytes, at: datetime) -> None:
        """Store a mail of ours, seen, with this internaldate."""
        ...

    def wait(self, seconds: float) -> bool:
        """IDLE on the examined folder for at most `seconds`; True where the server spoke. Without IDLE: just waits."""
        ...

    def close(self) -> None:
        """Leave; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the server answered to a mail that at least one recipient was accepted for; `refused`: address -> reply."""

    reply: str
    refused: Mapping[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """Submission by SMTP.

    `send` returns only on an explicit 250 after DATA. Otherwise it raises: Deferred (4xx: later), ServerRefused (5xx:
    failed), LoginRefused, TlsError, Unreachable (no DATA yet: safe to try again), and InDoubt where the connection
    was lost after DATA began.
    """

    def send(
        self, sender: str, recipients: Iterable[str], raw: bytes, before_data: Callable[[], None] | None = None
    ) -> Delivery:
        """Hand over one mail: envelope `sender` and `recipients`, `raw` with CRLF line ends.

        `before_data` is called once the recipients are accepted and DATA comes next; what it raises ends the attempt, and
        nothing was sent.
        """
        ...

    def close(self) -> None:
        """Leave; never raises."""
        ...


class Notifier(Protocol):
    """The desktop of whoever sits at this machine."""

    def show(self, title: str, text: str) -> bool:
        """Show a note; False where there is no desktop to show it on. Both are untrusted; never raises."""
        ...


class MailParser(Protocol):
    """Raw bytes to structure and text."""

    @property
    def version(self) -> str:
        """Which reading this is; stored with every mail that was read by it."""
        ...

    def parse(self, raw: bytes) -> ParsedMail:
        """Return what could be read, with `defects` for the rest; ParseError only where nothing could be read."""
        ...

    def part_bytes(self, raw: bytes, index: int) -> bytes:
        """Return the decoded bytes of attachment `index` (0-based, in the order of `ParsedMail.attachments`)."""
        ...


class TableReader(Protocol):
    """Files of tables to cells: workbooks and text with separators. `most_octets`: no larger file is read."""

    @property
    def most_octets(self) -> int:
        """How large a file may be."""
        ...

    def read(self, name: str, content: bytes) -> tuple[Sheet, ...]:
        """Return the sheets that hold anything; MailcrmError with the mend where there are none, or the file can't be read."""
        ...
