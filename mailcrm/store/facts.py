"""Facts: the ledger of a thread, as the values that the domain's clock replays.

Room: store. In: thread ids. Out: `domain.clock.ledger` events, made from messages (mail is never written down twice) and
from the decisions of people. This is the only place where records become ledger events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import (
    AnsweredElsewhere,
    DueMoved,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    PromiseDecided,
    TurnWaived,
)
from mailcrm.domain.message import Address, Kind, Role, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.domain.purpose import COLD_SALE
from mailcrm.records import (
    Company,
    CompanyDomain,
    Contact,
    Decision,
    DueMove,
    Judgement,
    MailAccount,
    Message,
    Outgoing,
    OwnAddress,
    OwnDomain,
)

__all__ = ["ledger", "load_ours"]

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
    """Return the events of each thread, in no order. History (before go-live) has none."""
    events: dict[int, list[Event]] = {thread_id: [] for thread_id in thread_ids}
    messages = session.exec(
        select(Message).where(col(Message.thread_id).in_(thread_ids), col(Message.history).is_(False))
    ).all()
    people = _People(session, messages, ours)
    sent: dict[int | None, Outgoing] = {
        row.stored_message_id: row
        for row in session.exec(select(Outgoing).where(col(Outgoing.thread_id).in_(thread_ids)))
        if row.stored_message_id is not None
    }
    ours_by_id: dict[int, dict[str, int]] = defaultdict(dict)
    for message in messages:
        if message.side == Side.OURS and message.id is not None:
            ours_by_id[message.thread_id][message.message_id] = message.id
    judged = _judgements(session, thread_ids)
    for message in messages:
        known = _Known(people, sent, ours_by_id[message.thread_id], judged.get(message.id or 0))
        events[message.thread_id].append(_event(message, known))
    for decision in session.exec(
        select(Decision).where(col(Decision.thread_id).in_(thread_ids), col(Decision.revoked_at).is_(None))
    ):
        events[decision.thread_id].append(_decided(decision))
    moves = select(DueMove, Message.thread_id).join(Message).where(col(Message.thread_id).in_(thread_ids))
    for move, thread_id in session.exec(moves):
        events[thread_id].append(_moved(move))
    return events


def _judgements(session: Session, thread_ids: Collection[int]) -> dict[int, Judgement]:
    theirs = select(Judgement).join(Message).where(col(Message.thread_id).in_(thread_ids))
    return {row.opened_by: row for row in session.exec(theirs)}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known around a mail: its people, what mailcrm sent, our mails on its thread by Message-ID, its turn's judgement."""

    people: _People
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


class _People:
    """Whom an address belongs to, looked up once for a set of messages."""

    def __init__(self, session: Session, messages: Iterable[Message], ours: Ours) -> None:
        self.ours = ours
        addresses = {message.from_address.lower() for message in messages}
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
            failed = tuple(a.strip().lower() for a in message.bounce.get("recipient", "").split(",") if a.strip())
            return MailBounced(message.arrived_at, key, f"m{original}", failed, kind is Kind.BOUNCE_HARD)
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
        )
    return MailNoted(message.arrived_at, key, kind, message.from_address.lower())


def _is_cold(message: Message, we_wrote: bool) -> bool:
    """Whether a stranger, to whom we never wrote here, only offers something of his own."""
    return message.purpose == COLD_SALE and message.contact_id is None and not we_wrote


def _elsewhere(message: Message, people: _People) -> tuple[str, ...]:
    """Return the Reply-To addresses that differ from the sender, and their parties: an answer to them is one to her."""
    sender = message.from_address.lower()
    addresses = [a.lower() for _name, a in message.people.get("reply_to", []) if a and a.lower() != sender]
    return tuple(addresses) + tuple(people.party(address) for address in addresses)


def _sent(message: Message, people: _People, outgoing: Outgoing | None) -> Event:
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
    promise = message.promise or {}
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
    )


def _accepted_at(message: Message, outgoing: Outgoing | None) -> datetime:
    return (outgoing.sent_at if outgoing else None) or message.arrived_at


def _moved(move: DueMove) -> Event:
    return DueMoved(move.at, f"v{move.id}", f"m{move.opened_by}", move.before, move.after, move.cause, move.actor)


def _decided(decision: Decision) -> Event:
    key = f"d{decision.id}"
    if decision.event == TurnWaived.name:
        return TurnWaived(decision.at, key, decision.actor, decision.details.get("reason", ""))
    details = decision.details
    if decision.event == PromiseDecided.name:
        until = datetime.fromisoformat(details["until"]) if details.get("until") else None
        return PromiseDecided(decision.at, key, decision.actor, details["sent"], until)
    return AnsweredElsewhere(decision.at, key, decision.actor, details.get("channel", ""), details.get("summary", ""))
