"""People: the contact behind an address, and the company behind a contact.

Room: ingest. Contacts are made only for a human mail of the other side that asks for something; nothing is ever made
from our own domains, no-reply senders, lists, couriers or bounces. A company is suggested from the domain unless anybody
can have a mailbox there.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.message import Address, Kind, ReadMail
from mailcrm.domain.parties import Ours, company_name, is_nobody, registrable
from mailcrm.domain.purpose import COLD_SALE
from mailcrm.records import Company, CompanyDomain, Contact

__all__ = ["link_sender"]


def link_sender(session: Session, read: ReadMail, sender: Address, ours: Ours, now: datetime) -> Contact | None:
    """Return the sender's contact: the known one, a new one where the mail is worth one, else None."""
    if ours.owns(sender) or is_nobody(sender):
        return None
    known = session.exec(select(Contact).where(col(Contact.address) == sender.key)).first()
    if known is not None:
        if sender.display_name and not known.name:
            known.name = sender.display_name
            session.add(known)
        return known
    if read.kind not in (Kind.HUMAN, Kind.PLATFORM_INQUIRY) or not read.asks or read.purpose == COLD_SALE:
        return None
    company = _company(session, sender.domain, ours, now)
    contact = Contact(
        address=sender.key, name=sender.display_name, company_id=company, language=read.language, created_at=now
    )
    session.add(contact)
    session.flush()
    return contact


def _company(session: Session, domain: str, ours: Ours, now: datetime) -> int | None:
    """Return the id of the company that writes from `domain`, made where it is unknown; None for free mail."""
    if not domain or ours.is_free_mail(domain):
        return None
    domain = registrable(domain)
    known = session.exec(select(CompanyDomain.company_id).where(col(CompanyDomain.domain) == domain)).first()
    if known is not None:
        return known
    company = Company(name=company_name(domain), created_at=now)
    session.add(company)
    session.flush()
    assert company.id is not None  # noqa: S101  (flush gave it one)
    session.add(CompanyDomain(domain=domain, company_id=company.id))
    return company.id
