"""What to look at before a reply leaves: the facts that the domain's checks read, gathered from the records.

Room: outbox. In: a `Prepared` reply, what the rep chose. Out: an `Inspection`. Nothing is written, nothing blocks. The phrase tables are
loaded at the first inspection: they are no part of a start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.checks import Check, KnownName, Question, ReplyFacts
from mailcrm.domain.clock.estimate import promised_until
from mailcrm.domain.clock.office import Office
from mailcrm.domain.message import Address, Role, Side
from mailcrm.domain.parties import Ours, party, registrable
from mailcrm.outbox.prepare import Prepared, Request
from mailcrm.records import Company, CompanyDomain, Contact, Message
from mailcrm.store.texts import texts_of

__all__ = ["Inspection", "inspect"]

_CUSTOMERS = (Role.CUSTOMER, Role.PROSPECT, Role.AGENT, Role.UNKNOWN)
_MAILS, _LETTERS = 50, 20_000


@dataclass(frozen=True, slots=True)
class Inspection:
    """What to look at, the customer's questions, and until when the text promises an answer without being a holding reply."""

    checks: tuple[Check, ...] = ()
    questions: tuple[Question, ...] = ()
    promised: datetime | None = None


def inspect(
    session: Session, prepared: Prepared, request: Request, ours: Ours, office: Office, now: datetime
) -> Inspection:
    """Return what a person should see before the reply leaves."""
    from mailcrm.domain.checks.reading import check_reply, open_promise, questions_of

    facts = _facts(session, prepared, request, ours, now.astimezone(office.tz))
    promise = open_promise(facts)
    promised = promised_until(promise.day, now, office) if promise else None
    return Inspection(check_reply(facts), questions_of(facts), promised)


def _facts(session: Session, prepared: Prepared, request: Request, ours: Ours, here: datetime) -> ReplyFacts:
    from mailcrm.domain.demand import language

    mails = session.exec(
        select(Message)
        .where(col(Message.thread_id) == prepared.thread_id)
        .order_by(col(Message.arrived_at).desc())
        .limit(_MAILS)
    ).all()
    around = _Around(session, mails, (*prepared.to, *prepared.cc), ours)
    texts = texts_of(session, [one.id or 0 for one in mails])
    answered = session.get_one(Message, prepared.answers)
    asked = texts.get(prepared.answers) if answered.side == Side.THEIRS.value else None
    said = [
        part for one in mails for part in (one.subject, texts[one.id or 0].body[:_LETTERS] if one.id in texts else "")
    ]
    return ReplyFacts(
        body=prepared.body,
        language=language(prepared.body),
        today=here.date(),
        asked=asked.reply if asked else "",
        familiar="\n".join([*around.names, *said, prepared.signature]),
        attachments=len(request.attachments),
        holds=prepared.estimate is not None,
        strangers=around.strangers((*prepared.to, *prepared.cc)),
        others=_other_customers(session, around, ours),
        ours=ours.names,
    )


class _Around:
    """Who has a part in a thread: addresses, companies, parties and names."""

    def __init__(self, session: Session, mails: Sequence[Message], recipients: Sequence[Address], ours: Ours) -> None:
        self.ours = ours
        people = [pair for mail in mails for pairs in mail.people.values() for pair in pairs]
        people += [[mail.from_name, mail.from_address] for mail in mails]
        self.addresses = {address.lower() for _name, address in people}
        contacts = {mail.contact_id for mail in mails} - {None}
        for row in session.exec(select(Contact).where(col(Contact.id).in_(contacts))):
            self.addresses.add(row.address)
            people.append([row.name, row.address])
        self._companies = _companies_of(session, self.addresses | {one.key for one in recipients})
        self.companies = {self._companies[one] for one in self.addresses if one in self._companies}
        self._parties = {self._party(one) for one in self.addresses}
        firms = session.exec(select(Company.name).where(col(Company.id).in_(self.companies)))
        self.names = [*(word for pair in people for word in pair), *firms]

    def strangers(self, recipients: Sequence[Address]) -> tuple[str, ...]:
        """Return those recipients, none of ours, whose party has no part in the thread."""
        theirs = [one for one in recipients if "@" in one.addr_spec and not self.ours.owns(one)]
        return tuple(one.addr_spec for one in theirs if self._party(one.key) not in self._parties)

    def _party(self, address: str) -> str:
        return party(address, self._companies.get(address), self.ours)


def _companies_of(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Return the company of each address that has one: its contact's, else the one that its domain is of."""
    domains = {one: registrable(one.rpartition("@")[2]) for one in addresses}
    owners = dict(
        session.exec(
            select(CompanyDomain.domain, CompanyDomain.company_id).where(
                col(CompanyDomain.domain).in_(set(domains.values()))
            )
        ).all()
    )
    found = {address: owners[domain] for address, domain in domains.items() if domain in owners}
    known = session.exec(select(Contact.address, Contact.company_id).where(col(Contact.address).in_(addresses)))
    return found | {address: company for address, company in known if company is not None}


def _other_customers(session: Session, around: _Around, ours: Ours) -> tuple[KnownName, ...]:
    """Return the names of the customers that have no part in the thread; companies first."""
    roles: dict[int | None, str] = {}
    names: list[KnownName] = []
    for company_id, name, role in session.exec(select(Company.id, Company.name, Company.role)):
        roles[company_id] = role
        if company_id not in around.companies and role in _CUSTOMERS:
            names.append(KnownName(name))
    people = select(Contact.name, Contact.address, Contact.company_id, Contact.role)
    for name, address, company, role in session.exec(people):
        here = address in around.addresses or company in around.companies or ours.owns(Address("", address))
        if name and not here and (roles.get(company) or role) in _CUSTOMERS:
            names.append(KnownName(name, person=True))
    return tuple(names)
