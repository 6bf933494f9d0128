"""Facts: the ledger of a thread, as the values that the domain's clock replays.

Room: store. In: thread ids. Out: `domain.clock.ledger` events, made from messages (mail is never written down twice) and
from the decisions of people. This is the only place where records become ledger events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol, cast

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import Session

from mailcrm.domain.clock.ledger import (
    DueMoved,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
)
from mailcrm.domain.forwarding import counts_from
from mailcrm.domain.message import Address, Kind, Role, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.purpose import COLD_SALE
from mailcrm.records import (
    Company,
    CompanyDomain,
    Contact,
    DueMove,
    Judgement,
    MailAccount,
    Message,
    OwnAddress,
    OwnDomain,
)
from mailcrm.store.borrowed import Borrowed, borrowed_mails
from mailcrm.store.bulk import among, rows, table_of
from mailcrm.store.decided import adopted_from, event_of, standing_decisions, taken_over
from mailcrm.store.mails import Dispatched, Mail, dispatched, mails_of

__all__ = ["People", "ledger", "load_ours"]

_OPENING = (Kind.HUMAN, Kind.PLATFORM_INQUIRY)
_BOUNCES = (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT)

_message, _judgement, _move = table_of(Message).c, table_of(Judgement).c, table_of(DueMove).c
_contact, _company, _domains = table_of(Contact).c, table_of(Company).c, table_of(CompanyDomain).c
_owing = (_company.id, _company.role, _company.grade, _company.reply_within, _company.country.label("company_country"))

_OWN_ADDRESSES = columns(table_of(OwnAddress).c.address)
_OWN_DOMAINS = columns(table_of(OwnDomain).c.domain)
_OWN_NAMES = columns(table_of(MailAccount).c.display_name)
_JUDGED = columns(table_of(Judgement)).where(among(_judgement.opened_by))
_MOVES = (
    columns(table_of(DueMove), _message.thread_id)
    .join(table_of(Message), _message.id == _move.opened_by)
    .where(among(_message.thread_id))
)
_CONTACTS = (
    columns(_contact.address, _contact.role.label("contact_role"), _contact.country, *_owing)
    .select_from(table_of(Contact))
    .join(table_of(Company), _company.id == _contact.company_id, isouter=True)
    .where(among(_contact.address))
)
_DOMAINS = (
    columns(_domains.domain, *_owing)
    .select_from(table_of(CompanyDomain))
    .join(table_of(Company), _company.id == _domains.company_id)
    .where(among(_domains.domain))
)


def load_ours(session: Session, free_mail: frozenset[str]) -> Ours:
    """Return our own addresses, domains and names, of all accounts."""
    session.flush()
    return Ours(
        addresses=frozenset(value for (value,) in rows(session, _OWN_ADDRESSES)),
        domains=frozenset(value for (value,) in rows(session, _OWN_DOMAINS)),
        free_mail=free_mail,
        names=frozenset(value for (value,) in rows(session, _OWN_NAMES)) - {""},
    )


def ledger(session: Session, thread_ids: Collection[int], ours: Ours) -> dict[int, list[Event]]:
    """Return the events of each thread, in no order. History (before go-live) has none, but what a person took up."""
    events: dict[int, list[Event]] = {thread_id: [] for thread_id in thread_ids}
    decisions = standing_decisions(session, thread_ids)
    mails = _counting(session, thread_ids, adopted_from(session, decisions))
    borrowed = borrowed_mails(session, thread_ids)
    people = People(session, [*mails, *(one.mail for one in borrowed)], ours)
    # By the mail, which may have moved to another thread than the one it was written on.
    sent = dispatched(session, [mail.id for mail in mails if mail.side == Side.OURS])
    ours_by_id: dict[int, dict[str, int]] = defaultdict(dict)
    for mail in mails:
        if mail.side == Side.OURS:
            ours_by_id[mail.thread_id][mail.message_id] = mail.id
    taken = taken_over(decisions)
    judged = _judgements(session, [mail.id for mail in mails if mail.side != Side.OURS or mail.id in taken])
    for mail in mails:
        known = _Known(people, sent, ours_by_id.get(mail.thread_id, {}), judged.get(mail.id))
        make = _passed_on if mail.id in taken else _event
        events[mail.thread_id].append(make(mail, known))
        events[mail.thread_id] += _turned_away(mail, people, sent.get(mail.id))
    for one in borrowed:
        events[one.thread].append(_lent(one, people))
        events[one.thread] += _turned_away(one.mail, people, one.outgoing)
    for decision in decisions:
        events[decision.thread_id].append(event_of(decision))
    for move in rows(session, _MOVES, thread_ids):
        events[move.thread_id].append(_moved(move))
    return events


def _counting(session: Session, thread_ids: Collection[int], adopted: dict[int, datetime]) -> list[Mail]:
    """Return the mail that counts: what arrived since go-live, and on adopted threads since the mail that was taken up."""
    found = mails_of(session, thread_ids)
    if adopted:
        found += [
            mail for mail in mails_of(session, adopted, history=True) if mail.arrived_at >= adopted[mail.thread_id]
        ]
    return found


def _judgements(session: Session, ids: Collection[int]) -> dict[int, Row[Any]]:
    return {row.opened_by: row for row in rows(session, _JUDGED, ids)} if ids else {}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known around a mail: its people, what mailcrm sent, our mails on its thread by Message-ID, its turn's judgement."""

    people: People
    sent: dict[int, Dispatched]
    ours_by_id: dict[str, int]
    judged: Row[Any] | None


@dataclass(frozen=True, slots=True)
class _Belonging:
    """To which company an address belongs, what it is to us, and what it is owed."""

    company: int | None = None
    role: Role = Role.UNKNOWN
    grade: str = ""
    country: str = ""
    agreed: str = ""

    @classmethod
    def to(cls, company: Row[Any], country: str | None = None) -> _Belonging:
        """Return what belonging to `company` means; `country`: the contact's own, where none is known of the company."""
        here = company.company_country or country or ""
        return cls(company.id, Role(company.role), company.grade or "", here, company.reply_within or "")


_NOBODY = _Belonging()


class Written(Protocol):
    """What `People` looks at in a mail: a `Message`, or a `Mail`."""

    @property
    def side(self) -> str:
        """Who wrote it."""

    @property
    def from_address(self) -> str:
        """From where."""

    @property
    def people(self) -> dict[str, list[list[str]]]:
        """To whom."""

    @property
    def forwarded(self) -> dict[str, str] | None:
        """Whose mail it passes on."""


class People:
    """Whom an address belongs to, looked up once for the writers of some mails, and the readers of ours."""

    def __init__(self, session: Session, mails: Iterable[Written], ours: Ours) -> None:
        self.ours = ours
        self._parties: dict[str, str] = {}
        self._owned: dict[str, bool] = {}
        addresses = {address.lower() for mail in mails for address in _named_in(mail)}
        self._known = {
            row.address: _Belonging.to(row, row.country)
            if row.id is not None
            else _Belonging(role=Role(row.contact_role), country=row.country or "")
            for row in rows(session, _CONTACTS, addresses)
        }
        domains = {_domain(address) for address in addresses}
        self._by_domain = {row.domain: _Belonging.to(row) for row in rows(session, _DOMAINS, domains)}

    def party(self, address: str) -> str:
        """Return the string by which the address is known to belong together with others."""
        known = self._parties.get(address)
        if known is None:
            known = self._parties[address] = party(address, self.of(address).company, self.ours)
        return known

    def of(self, address: str) -> _Belonging:
        """Return company, role and what is owed: the contact's, else those of the company that writes from the domain."""
        known = self._known.get(address.lower(), _NOBODY)
        if known.company is not None:
            return known
        return self._by_domain.get(_domain(address), known)

    def are_ours(self, address: str) -> bool:
        """Whether the address is one of our own."""
        known = self._owned.get(address)
        if known is None:
            known = self._owned[address] = self.ours.owns(Address("", address))
        return known


def _named_in(mail: Written) -> Iterator[str]:
    """Yield the addresses of a mail that anybody asks `People` about."""
    yield mail.from_address
    if mail.forwarded:
        yield mail.forwarded["address"]
    fields = ("to", "cc", "bcc", "reply_to") if mail.side == Side.OURS else ("reply_to",)
    for field in fields:
        for _name, address in mail.people.get(field, ()):
            yield address


def _domain(address: str) -> str:
    return registrable(address.rpartition("@")[2])


def _event(message: Mail, known: _Known) -> Event:
    kind, people, judged = Kind(message.kind), known.people, known.judged
    key = f"m{message.id}"
    if kind in _BOUNCES and message.bounce:  # before the side: mostly it is our own mail server that reports
        original = known.ours_by_id.get(message.bounce.get("original_message_id", ""))
        if original is not None:
            return _report(message, original)
    if message.side == Side.OURS:
        return _sent(message, people, known.sent.get(message.id))
    if (kind in _OPENING or Kind(message.kind_rule) in _OPENING) and not _is_cold(message, bool(known.ours_by_id)):
        owed = people.of(message.from_address)
        return MailArrived(
            at=message.arrived_at,
            key=key,
            sender=message.from_address.lower(),
            party=people.party(message.from_address),
            kind=kind,
            kind_first=Kind(message.kind_rule),
            role=owed.role,
            asks=message.asks,
            patient=message.patient,
            low=message.low,
            grade=owed.grade,
            country=owed.country,
            agreed=owed.agreed,
            judged_due=judged.due if judged else None,
            judged_by=judged.policy_version if judged else "",
            judged_rule=judged.rule if judged else "",
            judged_calendar=judged.calendar if judged else "",
            seen_late=message.seen_late,
            reply_to=_elsewhere(message, people),
            date_header=message.date_header,
            reclassified_at=message.reclassified_at,
            adopted=message.history,
        )
    sender = message.from_address.lower()
    return MailNoted(message.arrived_at, key, kind, sender, people.party(sender), message.away_until)


def _passed_on(message: Mail, known: _Known) -> Event:
    """Return the customer's mail inside a colleague's, which a person took over; it goes by the colleague's key."""
    inside, people, judged = cast("dict[str, str]", message.forwarded), known.people, known.judged
    sender = inside["address"].lower()
    anchor, owed = counts_from(inside, message.arrived_at), people.of(sender)
    return MailArrived(
        at=anchor,
        key=f"m{message.id}",
        sender=sender,
        party=people.party(sender),
        kind=Kind.HUMAN,
        kind_first=Kind.HUMAN,
        role=owed.role,
        grade=owed.grade,
        country=owed.country,
        agreed=owed.agreed,
        judged_due=judged.due if judged else None,
        judged_by=judged.policy_version if judged else "",
        judged_rule=judged.rule if judged else "",
        judged_calendar=judged.calendar if judged else "",
        routed_at=message.arrived_at if anchor < message.arrived_at else None,
    )


def _lent(one: Borrowed, people: People) -> Event:
    """Return the event of a mail of ours on another thread than its own, or of the report that it came back."""
    if one.original is not None:
        return _report(one.mail, one.original)
    event = _sent(one.mail, people, one.outgoing)
    if not isinstance(event, MailSent):
        return event
    return replace(event, answers_until=one.until or event.at)


def _report(message: Mail, original: int) -> MailBounced:
    failed = tuple(a.strip().lower() for a in (message.bounce or {}).get("recipient", "").split(",") if a.strip())
    hard = Kind(message.kind) is Kind.BOUNCE_HARD
    return MailBounced(message.arrived_at, f"m{message.id}", f"m{original}", failed, hard)


def _turned_away(message: Mail, people: People, outgoing: Dispatched | None) -> list[Event]:
    """Return, of a mail of ours that the server took, the report of those for whom it didn't: they never got it."""
    refused = tuple(sorted(a.lower() for a in (outgoing.refused if outgoing else ()) if not people.are_ours(a)))
    return (
        [MailBounced(_accepted_at(message, outgoing), f"m{message.id}", f"m{message.id}", refused)] if refused else []
    )


def _is_cold(message: Mail, we_wrote: bool) -> bool:
    """Whether a stranger, to whom we never wrote here, only offers something of his own."""
    return message.purpose == COLD_SALE and message.contact_id is None and not we_wrote


def _elsewhere(message: Mail, people: People) -> tuple[str, ...]:
    """Return the Reply-To addresses that differ from the sender, and their parties: an answer to them is one to her."""
    sender = message.from_address.lower()
    addresses = [a.lower() for _name, a in message.people.get("reply_to", []) if a and a.lower() != sender]
    return tuple(addresses) + tuple(people.party(address) for address in addresses)


def _sent(message: Mail, people: People, outgoing: Dispatched | None) -> Event:
    """Return the event of a mail of ours; one that was sent by mailcrm knows what its author saw and promised."""
    kind = Kind(message.kind)
    key = f"m{message.id}"
    written = [a for field in ("to", "cc", "bcc") for _n, a in message.people.get(field, ())]
    addresses = [a for a in written if a and not people.are_ours(a)]
    if outgoing is not None:
        # Bcc is not in the bytes, but the envelope knows it.
        known = {a.lower() for a in addresses}
        hidden = [a for a in outgoing.envelope_to if a.lower() not in known]
        addresses += [a for a in hidden if not people.are_ours(a)]
    if kind not in (Kind.HUMAN, Kind.AUTO_REPLY, Kind.AUTO_GENERATED, Kind.CALENDAR):
        return MailNoted(message.arrived_at, key, kind, message.from_address.lower())
    promise, request = message.promise or {}, outgoing.request if outgoing else {}
    shown = [a for field in ("to", "cc") for _n, a in message.people.get(field, ())]
    return MailSent(
        at=_accepted_at(message, outgoing),
        key=key,
        by=message.from_address.lower(),
        recipients=tuple(a.lower() for a in addresses),
        parties=tuple(people.party(a) for a in addresses),
        answers_until=(outgoing.answers_until if outgoing else None) or _accepted_at(message, outgoing),
        estimate=outgoing.estimate if outgoing else None,
        promise=promise.get("sentence", ""),
        promise_day=date.fromisoformat(promise["day"]) if promise.get("day") else None,
        automatic=kind is not Kind.HUMAN,
        external=outgoing is None,
        agreed_by=str(outgoing.request.get("extension_agreed_by", "")) if outgoing else "",
        # What a sample, quote or order asks is followed up by its own sequence.
        asks=bool(message.question or request.get("waits")) and not (outgoing is not None and outgoing.about),
        hidden=all(people.are_ours(a) for a in shown if a),
        nudge=bool(request.get("nudge")),
    )


def _accepted_at(message: Mail, outgoing: Dispatched | None) -> datetime:
    return (outgoing.sent_at if outgoing else None) or message.arrived_at


def _moved(move: Row[Any]) -> Event:
    return DueMoved(move.at, f"v{move.id}", f"m{move.opened_by}", move.before, move.after, move.cause, move.actor)
