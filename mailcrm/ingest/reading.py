"""A raw mail read and understood, without a database.

Room: ingest. In: the parser port and raw bytes. Out: `ReadMail`. Used by the sync pipeline, which adds what only the records
know (our addresses, known contacts), and by `mailcrm parse`, which needs no home.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailcrm.domain.absence import away_until
from mailcrm.domain.demand import asks, gist, is_patient, language
from mailcrm.domain.message import Authentication, CourierNotice, Kind, ParsedMail, ReadMail
from mailcrm.domain.newest import Newest
from mailcrm.domain.parties import Ours, registrable
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.purposes import Reading, read_purpose
from mailcrm.domain.quoting import split_reply
from mailcrm.ingest.authentication import read_authentication
from mailcrm.ingest.classifiers import classify
from mailcrm.ingest.classifiers.platform import words_of_buyer
from mailcrm.ingest.warning_signs import warning_signs
from mailcrm.ports import MailParser

__all__ = ["read_mail", "understand"]

_MACHINES = (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.RECEIPT, Kind.COURIER)
_NONE = Reading(Purpose.OTHER)


def read_mail(
    parser: MailParser, raw: bytes, own_servers: frozenset[str] = frozenset(), ours: Ours | None = None
) -> ReadMail:
    """Read one mail; ParseError where no parser survives it. The rest as in `understand`."""
    return understand(parser.parse(raw), own_servers, ours)


def understand(mail: ParsedMail, own_servers: frozenset[str] = frozenset(), ours: Ours | None = None) -> ReadMail:
    """Judge a parsed mail: its kind, its newest part, what it says first, whether it asks, what to beware of.

    own_servers: the authserv-ids of our receiving servers; ours: who we are, None where nobody knows. A purpose is what the
    other side wants, so it isn't looked for where a machine writes, nor where one of us writes to others. The text is judged
    without NUL, which nobody sees and which would take words apart; the document keeps it.
    """
    whole, mail = mail, replace(mail, body=mail.body.replace("\0", "")) if "\0" in mail.body else mail
    pieces = split_reply(mail.body)
    finding = classify(mail, pieces.reply)
    kind, signals = finding.kind, finding.signals
    if ours is not None and kind is Kind.HUMAN and _is_internal(mail, ours):
        kind, signals = Kind.INTERNAL, ("from and to our own addresses",)
    authentication = read_authentication(mail, own_servers)
    said = pieces.reply or mail.body
    demanding = asks(said)
    told = language(said)
    newest = Newest(said, mail.subject)
    machine = kind in _MACHINES
    wants = not machine and not (ours is not None and kind is Kind.HUMAN and ours.owns(mail.from_))
    reading = read_purpose(newest, asks=demanding, told=told) if wants else _NONE
    return ReadMail(
        mail=whole,
        newest=newest,
        kind=kind,
        kind_signals=signals,
        purpose=reading.purpose.value,
        purpose_signals=reading.signals,
        away_until=_away_until(mail, said) if kind is Kind.AUTO_REPLY else None,
        asks=demanding or reading.purpose not in (Purpose.THANKS, Purpose.OTHER),
        patient=is_patient(said),
        gist=gist((words_of_buyer(said) if finding.inquiry else "") or said),
        language=told,
        reply=pieces.reply,
        quoted_lines=pieces.quoted_lines,
        signature=pieces.signature,
        bounce=finding.bounce,
        courier=_trusted(finding.courier, authentication, mail),
        inquiry=finding.inquiry,
        authentication=authentication,
        warnings=warning_signs(mail, f"{said}\n{pieces.signature}", None if machine else newest),
    )


def _is_internal(mail: ParsedMail, ours: Ours) -> bool:
    """Whether a mail goes from ours to ours only."""
    return ours.owns(mail.from_) and all(ours.owns(one) for one in (*mail.to, *mail.cc, *mail.bcc) if one.addr_spec)


def _away_until(mail: ParsedMail, said: str) -> date | None:
    written = mail.received_at or mail.date
    return away_until(said, written.date()) if written else None


def _trusted(
    courier: CourierNotice | None, authentication: Authentication | None, mail: ParsedMail
) -> CourierNotice | None:
    """Return the notice as trusted where our own server found the courier's own signature on it."""
    signer = authentication.dkim_domain if authentication and authentication.trusted else ""
    if courier is None or not courier.own_domain or not signer or registrable(signer) != registrable(mail.from_.domain):
        return courier
    return replace(courier, trusted=True)
