"""What is known of one mail: addresses, parts, kind, and what the kinds carry.

Room: domain. These values are made by the parser adapter (`ParsedMail`) and by `ingest.reading` (`ReadMail`); everybody
else only reads them. Header names follow RFC 5322, part names RFC 2045, DSN fields RFC 3464.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mailcrm.domain.newest import Newest

__all__ = [
    "Address",
    "Attachment",
    "Authentication",
    "Bounce",
    "CourierNotice",
    "Hop",
    "Inquiry",
    "Kind",
    "ParsedMail",
    "Part",
    "ReadMail",
    "Role",
    "Side",
    "TrustView",
]


class Kind(StrEnum):
    """The technical kind of a mail (mail.md): decided before anything touches a clock."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    AUTO_GENERATED = "auto_generated"
    BOUNCE_HARD = "bounce_hard"
    BOUNCE_SOFT = "bounce_soft"
    RECEIPT = "receipt"
    BULK = "bulk"
    COURIER = "courier"
    CALENDAR = "calendar"
    INTERNAL = "internal"
    PLATFORM_INQUIRY = "platform_inquiry"
    SPAM = "spam"


class Side(StrEnum):
    """Who wrote: one of our addresses or domains, or anybody else."""

    OURS = "ours"
    THEIRS = "theirs"


class Role(StrEnum):
    """What a party is to us (trade.md). Only the first four start the reply clock."""

    CUSTOMER = "customer"
    PROSPECT = "prospect"
    AGENT = "agent"
    UNKNOWN = "unknown"
    SUPPLIER = "supplier"
    FORWARDER = "forwarder"
    BANK = "bank"
    INSPECTION = "inspection"
    AUTHORITY = "authority"
    PLATFORM = "platform"
    OTHER = "other"

    @property
    def starts_clock(self) -> bool:
        """Whether a mail of such a party opens a turn."""
        return self in (Role.CUSTOMER, Role.PROSPECT, Role.AGENT, Role.UNKNOWN)


class Address(NamedTuple):
    """A mailbox of RFC 5322: `display_name` decoded (may be ""), `addr_spec` as written ("" where none could be read)."""

    display_name: str
    addr_spec: str

    @property
    def key(self) -> str:
        """The address for comparison: lower case (local parts differ by case in no mailbox we meet)."""
        return self.addr_spec.lower()

    @property
    def domain(self) -> str:
        """The part after the last @, lower case; "" where there is none."""
        _local, at, domain = self.addr_spec.rpartition("@")
        return domain.lower() if at else ""


_NOBODY = Address("", "")


class Part(NamedTuple):
    """A leaf of the MIME tree, in order of appearance; bodies are offsets into the raw mail.

    `text` is the decoded text of text/* parts that are not attachments, and of message/delivery-status,
    message/disposition-notification and text/rfc822-headers; of an attached mail (message/rfc822) its decoded header block (of an attached report what it reports),
    of text/html the markup; None for everything else, and for HTML beside a plain text that says the same.
    """

    content_type: str
    disposition: str = ""
    filename: str = ""
    content_id: str = ""
    charset: str = ""
    encoding: str = ""
    start: int = 0
    end: int = 0
    text: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


class Attachment(NamedTuple):
    """A file in a mail. `filename` as the sender wrote it (decoded), `safe_filename` fit to be written to a disk."""

    filename: str
    safe_filename: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery status notification says; "" where it says nothing. Status codes: RFC 3463."""

    recipient: str = ""
    status: str = ""
    action: str = ""
    diagnostic: str = ""
    original_message_id: str = ""


@dataclass(frozen=True, slots=True)
class CourierNotice:
    """A courier's notice. `trusted` only from the courier's `own_domain`, with an aligned DKIM pass that our own server stamped.

    `status`: shipped, in_transit, delivered, exception, "" where it tells none; `customs`: an exception of theirs.
    """

    carrier: str
    tracking_number: str = ""
    number_valid: bool = False
    status: str = ""
    trusted: bool = False
    own_domain: bool = False
    customs: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a B2B platform passed on, "" where it doesn't tell: the buyer is the contact, not the platform."""

    platform: str
    buyer_name: str = ""
    buyer_address: str = ""
    country: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """Verdicts of RFC 8601 ("pass", "fail", "none" …; "" where none is told), stamped by a receiving server.

    `trusted`: one of our own servers stamped them. `dkim_domain`: who signed, where a signature passed that is the sender's own.
    `server`: the authserv-id, where the stamp stands as the receiving server's own does; "" where others may have set it.
    """

    trusted: bool = False
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    dkim_domain: str = ""
    server: str = ""


class _FirstHeaders:
    """A place for the first header of each name: filled at the first question, and nothing of the value itself."""

    __slots__ = ("_first",)
    _first: dict[str, str]


@dataclass(frozen=True, slots=True)
class ParsedMail(_FirstHeaders):
    """A mail as the parser adapter sees it: structure and decoded text, no judgement yet.

    `headers` holds every header in order as (lower-case name, decoded value). Message-IDs are without angle brackets.
    `date` is the `Date:` header (aware), `received_at` the topmost `Received` stamp (aware), each None where unreadable.
    `body` is the whole text, readable (HTML turned to text where no text part exists); `defects` are short codes.
    """

    size: int
    headers: tuple[tuple[str, str], ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    original_message_id: str = ""
    subject: str = ""
    from_: Address = _NOBODY
    sender: Address = _NOBODY
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    date: datetime | None = None
    received_at: datetime | None = None
    content_type: str = "text/plain"
    parts: tuple[Part, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str = ""
    charset_fallback: str | None = None
    defects: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header `name` (lower case), "" where there is none."""
        try:
            return self._first.get(name, "")
        except AttributeError:
            return self._by_name().get(name, "")

    def has_any(self, names: frozenset[str]) -> bool:
        """Whether there is a header of one of `names` (lower case)."""
        return not names.isdisjoint(self._by_name())

    def _by_name(self) -> dict[str, str]:
        try:
            return self._first
        except AttributeError:
            object.__setattr__(self, "_first", dict(reversed(self.headers)))
            return self._first

    def header_all(self, name: str) -> tuple[str, ...]:
        """Return every header `name` (lower case), in order."""
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail read and understood: `ParsedMail` with the newest part, gist, language and kind.

    `purpose_signals`: the words that decided about `purpose`. `away_until`: the day that an out-of-office note names. `warnings`: (code, what was seen) of ingest.warning_signs. `asks`: the newest part holds a demand (a question, a number asked for, a request); a mail without one "looks finished". `patient`: it only says that its writer waits. `newest`: the newest part as phrases are looked for in it, for what else is read from it in this process.
    """

    mail: ParsedMail
    newest: Newest = field(repr=False, compare=False)
    kind: Kind
    kind_signals: tuple[str, ...] = ()
    purpose: str = "other"
    purpose_signals: tuple[str, ...] = ()
    away_until: date | None = None
    asks: bool = True
    patient: bool = False
    gist: str = ""
    language: str = ""
    reply: str = ""
    quoted_lines: int = 0
    signature: str = ""
    bounce: Bounce | None = None
    courier: CourierNotice | None = None
    inquiry: Inquiry | None = None
    authentication: Authentication | None = None
    warnings: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Hop:
    """One server on a mail's way, as its `Received` header tells (RFC 5321 section 4.4): who gave it, who took it, when.

    `from_` is what stands there, `by` a host name or an address; `delay`: seconds since the hop before, negative where a clock
    was wrong. `raw` is the whole header where it couldn't be read.
    """

    from_: str = ""
    by: str = ""
    protocol: str = ""
    at: datetime | None = None
    delay: float = 0.0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class TrustView:
    """A mail's route, the last hop first, and the host that handed it to our server; `defects` are a parser's words."""

    hops: tuple[Hop, ...] = ()
    sender_ip: str = ""
    sender_host: str = ""
    defects: tuple[str, ...] = ()
