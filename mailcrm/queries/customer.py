"""The customer of a thread, with everything that a rep wants to see at once.

Room: queries. In: a thread, a contact or a company. Out: one `CustomerRow`. It costs the same in a home of any size, and little more for
a customer of any size: of mails only the latest are read, the others are counted in indexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlmodel import Session, col, func, select, union

from mailcrm.domain.errors import NotFound
from mailcrm.domain.rhythm import is_silent, usual_pause
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.dealings import Threads, demands, mails, notes, totals, waits
from mailcrm.queries.deals_of import deals_of
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.people import contact_fields
from mailcrm.queries.rows import ContactCard, CustomerRow, PersonRow
from mailcrm.queries.tasks import tasks_of
from mailcrm.queries.there import there_of
from mailcrm.records import Company, CompanyDomain, Contact, Message, Thread, WaitParty
from mailcrm.store.finding import contact_named, number, thread_id_of
from mailcrm.store.tags import tags_of, tags_of_people
from mailcrm.store.whereabouts import Letter, country_of, letters_of, whereabouts

__all__ = ["contact_card", "customer"]

_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class _Party:
    """A company, or a contact without one; `people` are all of its contacts, `contact` before who wrote last."""

    company: Company | None
    contact: Contact | None
    people: Sequence[Contact]

    def threads(self) -> Threads:
        """Return a select of the ids of its threads; those in which we alone have written so far are found by their waits."""
        mine = col(Thread.company_id) == self.company.id if self.company else col(Thread.contact_id) == self.contact_id
        asked = select(WaitParty.thread_id).where(col(WaitParty.party).in_([one.address for one in self.people]))
        return union(select(Thread.id).where(mine), asked)

    @property
    def contact_id(self) -> int | None:
        """The number of the contact."""
        return self.contact.id if self.contact else None


def customer(
    session: Session, outlook: Outlook, *, thread: str = "", contact: str = "", company: str = ""
) -> CustomerRow:
    """Return the customer of a thread ("t12"), of a contact ("c7" or an address), or a company ("o5")."""
    party = _party(session, thread, contact, company)
    told = {one.id: letters_of(session, one) for one in party.people[:_PEOPLE]}
    arrivals = [at for letters in told.values() for _mail, at, _offset in letters]
    pause, threads = usual_pause(arrivals), party.threads()
    people = [one.id for one in party.people]
    return CustomerRow(
        **_known(session, party),
        contact_id=f"c{party.contact.id}" if party.contact else None,
        people=_people_rows(session, outlook, party, told),
        open=(demanded := demands(session, outlook, threads)),
        open_turns=len(demanded),
        waits=waits(session, outlook, threads),
        tasks=tasks_of(session, outlook, threads, people),
        deals=deals_of(session, outlook, people),
        notes=notes(session, threads),
        mails=mails(session, threads),
        totals=totals(session, threads, people),
        last_wrote_at=max(arrivals, default=None),
        usual_pause_days=pause.days if pause is not None else None,
        silent=is_silent(arrivals, outlook.now),
    )


def contact_card(session: Session, outlook: Outlook, *, id: str) -> ContactCard:  # noqa: A002  (as on the command line)
    """Return a contact with the customer that she is."""
    whole = customer(session, outlook, contact=id)
    her = whole.people[0]
    return ContactCard(**{one.name: getattr(her, one.name) for one in fields(her)}, customer=whole)


def _party(session: Session, thread: str, contact: str, company: str) -> _Party:
    firm, person = None, None
    if thread:
        row = session.get_one(Thread, thread_id_of(session, thread))
        firm = session.get(Company, row.company_id) if row.company_id else None
        person = session.get(Contact, row.contact_id) if row.contact_id else _written_to(session, row.id)
        firm = firm or _firm_of(session, person)
    elif contact:
        person = contact_named(session, contact)
        firm = _firm_of(session, person)
    else:
        firm = session.get_one(Company, number(company, "o", "company"))
    if firm is None and person is None:
        raise NotFound(
            say("Nobody but us writes in this thread."), say("A customer is known from the first mail that he writes.")
        )
    return _Party(firm, person, _people(session, firm, person))


def _firm_of(session: Session, person: Contact | None) -> Company | None:
    return session.get(Company, person.company_id) if person and person.company_id else None


def _written_to(session: Session, thread_id: int | None) -> Contact | None:
    """Return whom we wrote to last in a thread in which nobody else has written."""
    ours = select(Message.people).where(col(Message.thread_id) == thread_id).order_by(col(Message.sort_key).desc())
    to = [address.lower() for _name, address in (session.exec(ours.limit(1)).first() or {}).get("to", [])]
    known = session.exec(select(Contact).where(col(Contact.address).in_(to))).all()
    return min(known, key=lambda one: to.index(one.address), default=None)


def _people(session: Session, company: Company | None, person: Contact | None) -> Sequence[Contact]:
    if company is None:
        return [person] if person else []
    people = session.exec(select(Contact).where(col(Contact.company_id) == company.id).order_by(col(Contact.id))).all()
    wrote = select(Message.contact_id, func.max(Message.sort_key)).where(
        col(Message.contact_id).in_([one.id for one in people])
    )
    last = dict(session.exec(wrote.group_by(col(Message.contact_id))).all())
    return sorted(people, key=lambda one: (one is not person, -last.get(one.id, 0)))


def _known(session: Session, party: _Party) -> dict[str, Any]:
    """Return the fields of `CompanyRow` but one: those of the company, else of the contact."""
    firm, person = party.company, party.contact
    judged = firm or person
    assert judged is not None  # noqa: S101  (a party is one of both)
    placed = firm if firm and firm.country else person or judged
    here = select(CompanyDomain.domain).where(col(CompanyDomain.company_id) == (firm.id if firm else None))
    return {
        "id": f"o{firm.id}" if firm else f"c{judged.id}",
        "name": firm.name if firm else judged.name or (person.address if person else ""),
        "role": judged.role,
        "role_reason": _reason(judged.role_reason),
        "country": placed.country,
        "country_reason": _reason(placed.country_reason),
        "grade": firm.grade if firm else None,
        "reply_within": firm.reply_within if firm else None,
        "domains": tuple(sorted(session.exec(here))) if firm else (),
        "contacts": tuple(f"c{one.id}" for one in party.people),
        "tags": tuple(tags_of(session, judged)),
        "time_zone": judged.zone,
    }


def _reason(stored: str | None) -> Sentence | None:
    return Sentence.from_json(stored) if stored else None


def _people_rows(
    session: Session, outlook: Outlook, party: _Party, told: Mapping[int | None, Sequence[Letter]]
) -> tuple[PersonRow, ...]:
    tags = tags_of_people(session, list(told))
    return tuple(
        replace(_person(session, outlook, party.company, one, told[one.id]), tags=tags.get(one.id or 0, ()))
        for one in party.people[:_PEOPLE]
    )


def _person(
    session: Session, outlook: Outlook, company: Company | None, one: Contact, letters: Sequence[Letter]
) -> PersonRow:
    arrivals = [at for _mail, at, _offset in letters]
    return PersonRow(
        **contact_fields(one, company, arrivals, outlook.now),
        there=there_of(outlook, whereabouts(session, one, company, letters), country_of(one, company)),
    )
