"""Facts: the ledger of a thread, as the values that the domain's clock replays.

Room: store. In: thread ids. Out: `domain.clock.ledger` events, made from messages (mail is never written down twice) and
from the decisions of people. This is the only place where records become ledger events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from sqlmodel import Session, col, or_, select

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
    Outgoing,
    OwnAddress,
    OwnDomain,
)
from mailcrm.store.borrowed import Borrowed, borrowed_mails
from mailcrm.store.decided import adopted_from, event_of, standing_decisions, taken_over

__all__ = ["People", "ledger", "load_ours"]

_OPENING = (Kind.HUMAN, Kind.PLATFORM_INQUIRY)
_BOUNCES = (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT)
_AT_ONCE = 5000


def load_ours(session: Session, free_mail: frozenset[str]) -> Ours:
    """Return our own addresses, domains and names, of all accounts."""
    return Ours(
        addresses=frozenset(session.exec(select(OwnAddress.address))),
        domains=frozenset(session.exec(select(OwnDomain.domain))),
        free_mail=free_mail,
        names=frozenset(session.exec(select(MailAccount.display_name))) - {""},
    )


def ledger(session: Session, thread_ids: Collection[int], ours: Ours) -> dict[int, list[Event]]:
    """Return the events of each thread, in no order. History (before go-live) has none, but what a person took up."""
    events: dict[int, list[Event]] = {thread_id: [] for thread_id in thread_ids}
    decisions = standing_decisions(session, thread_ids)
    messages = _messages(session, thread_ids, adopted_from(session, decisions))
    borrowed = borrowed_mails(session, thread_ids)
    people = People(session, [*messages, *(one.message for one in borrowed)], ours)
    sent: dict[int | None, Outgoing] = {
        row.stored_message_id: row
        for row in session.exec(
            select(Outgoing)
            .join(Message, col(Message.id) == col(Outgoing.stored_message_id))
            .where(
                col(Message.thread_id).in_(thread_ids)
            )  # its mail may have moved to another thread than it was written on
        )
        if row.stored_message_id is not None
    }
    ours_by_id: dict[int, dict[str, int]] = defaultdict(dict)
    for message in messages:
        if message.side == Side.OURS and message.id is not None:
            ours_by_id[message.thread_id][message.message_id] = message.id
    judged = _judgements(session, thread_ids)
    taken = taken_over(decisions)
    for message in messages:
        known = _Known(people, sent, ours_by_id[message.thread_id], judged.get(message.id or 0))
        make = _passed_on if message.id in taken else _event
        events[message.thread_id].append(make(message, known))
    for one in borrowed:
        events[one.thread].append(_lent(one, people))
    for decision in decisions:
        events[decision.thread_id].append(event_of(decision))
    moves = select(DueMove, Message.thread_id).join(Message).where(col(Message.thread_id).in_(thread_ids))
    for move, thread_id in session.exec(moves):
        events[thread_id].append(_moved(move))
    return events


def _messages(session: Session, thread_ids: Collection[int], adopted: dict[int, datetime]) -> list[Message]:
    """Return the mail that counts: what arrived since go-live, and on adopted threads since the mail that was taken up."""
    here = col(Message.thread_id).in_(thread_ids)
    counting = or_(col(Message.history).is_(False), col(Message.thread_id).in_(adopted))
    found = session.exec(select(Message).where(here, counting))
    return [row for row in found if not row.history or row.arrived_at >= adopted[row.thread_id]]


def _judgements(session: Session, thread_ids: Collection[int]) -> dict[int, Judgement]:
    theirs = select(Judgement).join(Message).where(col(Message.thread_id).in_(thread_ids))
    return {row.opened_by: row for row in session.exec(theirs)}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known around a mail: its people, what mailcrm sent, our mails on its thread by Message-ID, its turn's judgement."""

    people: People
    sent: dict[int | None, Outgoing]
    ours_by_id: dict[str, int]
    judged: Judgement | None


@dataclass(frozen=True, slots=True)
class _Belonging:
    """To which company an address belongs, what it is to us, and what it is owed."""

    company: int | None = None
    role: Role = Role.UNKNOWN
    grade: str = ""
    country: str = ""
    agreed: str = ""

    @classmethod
    def to(cls, company: Company, country: str | None = None) -> _Belonging:
        """Return what belonging to `company` means; `country`: the contact's own, where none is known of the company."""
        here = company.country or country or ""
        return cls(company.id, Role(company.role), company.grade or "", here, company.reply_within or "")


class People:
    """Whom an address belongs to, looked up once for a set of messages."""

    def __init__(self, session: Session, messages: Iterable[Message], ours: Ours) -> None:
        self.ours = ours
        addresses = {message.from_address.lower() for message in messages}
        addresses |= {message.forwarded["address"].lower() for message in messages if message.forwarded}
        for message in messages:
            addresses.update(a.lower() for _name, a in [*_recipients(message), *message.people.get("reply_to", [])])
        self._known = {
            address: _Belonging.to(company, country) if company else _Belonging(role=Role(role), country=country or "")
            for some in _in_pieces(addresses)
            for address, role, country, company in session.exec(
                select(Contact.address, Contact.role, Contact.country, Company)
                .join(Company, isouter=True)
                .where(col(Contact.address).in_(some))
            )
        }
        self._by_domain = {
            domain: _Belonging.to(company)
            for some in _in_pieces({_domain(address) for address in addresses})
            for domain, company in session.exec(
                select(CompanyDomain.domain, Company).join(Company).where(col(CompanyDomain.domain).in_(some))
            )
        }

    def party(self, address: str) -> str:
        """Return the string by which the address is known to belong together with others."""
        return party(address, self.of(address).company, self.ours)

    def of(self, address: str) -> _Belonging:
        """Return company, role and what is owed: the contact's, else those of the company that writes from the domain."""
        known = self._known.get(address.lower(), _Belonging())
        if known.company is not None:
            return known
        return self._by_domain.get(_domain(address), known)


def _in_pieces(values: Iterable[str]) -> Iterator[list[str]]:
    """Cut what a mail to everybody names into pieces that a statement can hold (SQLite: 32,766 values)."""
    every = sorted(values)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _domain(address: str) -> str:
    return registrable(address.rpartition("@")[2])


def _recipients(message: Message) -> list[tuple[str, str]]:
    return [(name, address) for field in ("to", "cc", "bcc") for name, address in message.people.get(field, [])]


def _event(message: Message, known: _Known) -> Event:
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


def _passed_on(message: Message, known: _Known) -> Event:
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
        return _report(one.message, one.original)
    event = _sent(one.message, people, one.outgoing)
    if not isinstance(event, MailSent):
        return event
    return replace(event, answers_until=one.until or event.at)


def _report(message: Message, original: int) -> MailBounced:
    failed = tuple(a.strip().lower() for a in (message.bounce or {}).get("recipient", "").split(",") if a.strip())
    hard = Kind(message.kind) is Kind.BOUNCE_HARD
    return MailBounced(message.arrived_at, f"m{message.id}", f"m{original}", failed, hard)


def _is_cold(message: Message, we_wrote: bool) -> bool:
    """Whether a stranger, to whom we never wrote here, only offers something of his own."""
    return message.purpose == COLD_SALE and message.contact_id is None and not we_wrote


def _elsewhere(message: Message, people: People) -> tuple[str, ...]:
    """Return the Reply-To addresses that differ from the sender, and their parties: an answer to them is one to her."""
    sender = message.from_address.lower()
    addresses = [a.lower() for _name, a in message.people.get("reply_to", []) if a and a.lower() != sender]
    return tuple(addresses) + tuple(people.party(address) for address in addresses)


def _sent(message: Message, people: People, outgoing: Outgoing | None) -> Event:
    """Return the event of a mail of ours; one that was sent by mailcrm knows what its author saw and promised."""
    kind = Kind(message.kind)
    key = f"m{message.id}"
    addresses = [a for _n, a in _recipients(message) if a and not people.ours.owns(Address("", a))]
    if outgoing is not None:
        # Bcc is not in the bytes, but the envelope knows it.
        known = {a.lower() for a in addresses}
        hidden = [a for a in outgoing.envelope_to if a.lower() not in known]
        addresses += [a for a in hidden if not people.ours.owns(Address("", a))]
    if kind not in (Kind.HUMAN, Kind.AUTO_REPLY, Kind.AUTO_GENERATED, Kind.CALENDAR):
        return MailNoted(message.arrived_at, key, kind, message.from_address.lower())
    promise, request = message.promise or {}, outgoing.request if outgoing else {}
    shown = [a for field in ("to", "cc") for _n, a in message.people.get(field, [])]
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
        asks=bool(message.question or request.get("waits")),
        hidden=all(people.ours.owns(Address("", a)) for a in shown if a),
        nudge=bool(request.get("nudge")),
    )


def _accepted_at(message: Message, outgoing: Outgoing | None) -> datetime:
    return (outgoing.sent_at if outgoing else None) or message.arrived_at


def _moved(move: DueMove) -> Event:
    return DueMoved(move.at, f"v{move.id}", f"m{move.opened_by}", move.before, move.after, move.cause, move.actor)
