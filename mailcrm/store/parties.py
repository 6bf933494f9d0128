"""Who belongs to a company, and which threads it takes part in.

Room: store. The turns of those threads follow when a party's role, or who belongs to it, changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from mailcrm.domain.message import Address, Role
from mailcrm.domain.parties import Ours, company_name, registrable
from mailcrm.records import Company, CompanyDomain, Contact, Message
from mailcrm.store.bulk import add_rows, among, rows, table_of
from mailcrm.store.ids import next_ids

__all__ = [
    "companies_at",
    "company_at",
    "contact_of",
    "contacts_at",
    "domains_of",
    "move_people",
    "threads_of_company",
    "threads_of_contact",
]

_DOMAIN = table_of(CompanyDomain).c
_OF_DOMAINS = select_columns(_DOMAIN.domain, _DOMAIN.company_id).where(among(_DOMAIN.domain))
_BLANK: Mapping[str, Any] = {
    "role": Role.UNKNOWN.value,
    "role_reason": None,
    "country": None,
    "country_reason": None,
    "grade": None,
    "reply_within": None,
    "zone": None,
    "by_person": [],
}


def threads_of_company(session: Session, company_id: int | None) -> frozenset[int]:
    """Return the threads in which a contact of the company wrote, or anybody from one of its domains."""
    people = select(Contact.id).where(col(Contact.company_id) == company_id)
    domains = select(CompanyDomain.domain).where(col(CompanyDomain.company_id) == company_id)
    theirs = or_(col(Message.contact_id).in_(people), col(Message.from_domain).in_(domains))
    return frozenset(session.exec(select(Message.thread_id).where(theirs).distinct()))


def threads_of_contact(session: Session, contact_id: int | None) -> frozenset[int]:
    """Return the threads in which the contact wrote."""
    return frozenset(session.exec(select(Message.thread_id).where(col(Message.contact_id) == contact_id).distinct()))


def domains_of(session: Session, company_id: int | None) -> list[str]:
    """Return the domains that the company writes from."""
    here = select(CompanyDomain.domain).where(col(CompanyDomain.company_id) == company_id)
    return sorted(session.exec(here))


def contacts_at(session: Session, domains: Collection[str], company_id: int | None) -> list[int]:
    """Return those contacts of a company (None: of no company) whose address is at one of `domains` (registrable parts)."""
    rows = session.exec(select(Contact.id, Contact.address).where(col(Contact.company_id) == company_id))
    return sorted(row_id or 0 for row_id, address in rows if registrable(address.rpartition("@")[2]) in domains)


def move_people(session: Session, contacts: Collection[int], company_id: int | None) -> None:
    """Let these contacts belong to the company."""
    session.execute(update(Contact).where(col(Contact.id).in_(contacts)).values(company_id=company_id))
    session.flush()
    session.expire_all()


def company_at(session: Session, domain: str, ours: Ours, now: datetime) -> tuple[int | None, frozenset[int]]:
    """Return the id of the company that writes from `domain`, and the threads whose party it is where it is new.

    It is made where it is unknown; None for free mail.
    """
    companies, touched = companies_at(session, [domain], ours, now)
    return companies.get(domain), touched


def companies_at(
    session: Session, domains: Collection[str], ours: Ours, now: datetime
) -> tuple[dict[str, int], frozenset[int]]:
    """Return the companies that write from `domains`, none for free mail, and the threads whose parties the new ones are."""
    parts = {domain: registrable(domain) for domain in domains if domain and not ours.is_free_mail(domain)}
    wanted = list(dict.fromkeys(parts.values()))
    if not wanted:
        return {}, frozenset()
    known: dict[str, int] = dict(map(tuple, rows(session, _OF_DOMAINS, wanted)))
    fresh = [part for part in wanted if part not in known]
    if not fresh:
        return {domain: known[part] for domain, part in parts.items()}, frozenset()
    ids = next_ids(session, Company, len(fresh))
    known.update(zip(fresh, ids, strict=True))
    companies = [{**_BLANK, "id": known[part], "name": company_name(part), "created_at": now} for part in fresh]
    add_rows(session, table_of(Company), companies)
    add_rows(session, table_of(CompanyDomain), [{"domain": part, "company_id": known[part]} for part in fresh])
    live = (col(Message.from_domain).in_(fresh), col(Message.history).is_(False))
    touched = frozenset(session.exec(select(Message.thread_id).where(*live).distinct()))
    return {domain: known[part] for domain, part in parts.items()}, touched


def contact_of(session: Session, who: Address, ours: Ours, now: datetime) -> tuple[Contact, frozenset[int]]:
    """Return the contact of an address, a new one where it has none, and the threads whose party changes by that."""
    known = session.exec(select(Contact).where(col(Contact.address) == who.key)).first()
    if known is not None:
        return known, frozenset()
    company, colleagues = company_at(session, who.domain, ours, now)
    contact = Contact(address=who.key, name=who.display_name, company_id=company, created_at=now)
    session.add(contact)
    session.flush()
    return contact, colleagues
