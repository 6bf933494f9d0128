"""Who belongs to a company, and which threads it takes part in.

Room: store. The turns of those threads follow when a party's role, or who belongs to it, changes.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from mailcrm.domain.parties import registrable
from mailcrm.records import CompanyDomain, Contact, Message

__all__ = ["contacts_at", "domains_of", "move_people", "threads_of_company", "threads_of_contact"]


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
