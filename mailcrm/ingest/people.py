"""People: the contact behind an address, and the company behind a contact.

Room: ingest. Contacts are made only for a human mail of the other side that asks for something; nothing is ever made
from our own domains, no-reply senders, lists, couriers or bounces. A company is suggested from the domain unless anybody
can have a mailbox there.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.domain.message import Kind, ReadMail, Side
from mailcrm.domain.parties import Ours, is_nobody
from mailcrm.domain.purpose import COLD_SALE
from mailcrm.ingest.storable import storable, storable_address
from mailcrm.ingest.writer import writer_of
from mailcrm.records import Contact, Message
from mailcrm.store.parties import company_at

__all__ = ["link_sender"]


def link_sender(session: Session, read: ReadMail, ours: Ours, now: datetime) -> tuple[Contact | None, frozenset[int]]:
    """Return the sender's contact and the threads that are to be recomputed because of it.

    The contact is the known one, a new one where the mail is worth one, else None. Mail that the same person wrote
    before is linked too, so that it doesn't matter which mail was read first.
    """
    sender = writer_of(read)
    if ours.owns(sender) or is_nobody(sender):
        return None, frozenset()
    address, name = storable_address(sender.key), storable(sender.display_name)
    known = session.exec(select(Contact).where(col(Contact.address) == address)).first()
    if known is not None:
        if name and not known.name:
            known.name = name
        if read.away_until is not None and read.away_until >= now.date():
            known.away_until = datetime.combine(read.away_until, time(), UTC)
        session.add(known)
        return known, frozenset()
    if read.kind not in (Kind.HUMAN, Kind.PLATFORM_INQUIRY) or not read.asks or read.purpose == COLD_SALE:
        return None, frozenset()
    company, colleagues = company_at(session, storable_address(sender.domain), ours, now)
    contact = Contact(address=address, name=name, company_id=company, language=read.language, created_at=now)
    session.add(contact)
    session.flush()
    return contact, colleagues | _link_earlier(session, contact, storable_address(sender.addr_spec))


def _link_earlier(session: Session, contact: Contact, written: str) -> frozenset[int]:
    """Link the mails that the new contact wrote before; return their threads."""
    theirs = (
        col(Message.from_address).in_({contact.address, written}),
        col(Message.contact_id).is_(None),
        col(Message.side) == Side.THEIRS.value,
        col(Message.kind_rule) != Kind.PLATFORM_INQUIRY.value,  # its buyer isn't the platform's own people
    )
    threads = frozenset(session.exec(select(Message.thread_id).where(*theirs).distinct()))
    if threads:
        session.execute(update(Message).where(*theirs).values(contact_id=contact.id))
    return threads
