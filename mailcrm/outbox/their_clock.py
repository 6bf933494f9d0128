"""The customer's clock and calendar: where she is, as her mails tell, and on which days she works.

Room: outbox. In: a thread. Out: her zone with the reason, and an office by her own clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from mailcrm.domain.address_block import block
from mailcrm.domain.clock.office import Office
from mailcrm.domain.customer_zone import CustomerZone, ZoneClues, customer_zone
from mailcrm.domain.message import Kind, Side
from mailcrm.records import Company, Contact, Message, Thread
from mailcrm.store.texts import texts_of

__all__ = ["Calendar", "TheirClock", "their_clock"]

Calendar = Callable[[str], Office]
"""A country's working days and holidays (ISO 3166-1), by any clock."""

_MAILS = 20
_READ = 5
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


@dataclass(frozen=True, slots=True)
class TheirClock:
    """`office`: the customer's working days, by her own clock."""

    zone: CustomerZone
    office: Office


def their_clock(session: Session, thread_id: int, calendar: Calendar) -> TheirClock | None:
    """Return the clock of the customer of a thread; None where nothing tells it."""
    country, contact_id = _country(session, session.get_one(Thread, thread_id))
    theirs = select(Message).where(col(Message.side) == Side.THEIRS.value, col(Message.kind).in_(_BY_HAND))
    hers = (
        theirs.where(col(Message.contact_id) == contact_id)
        if contact_id
        else theirs.where(col(Message.thread_id) == thread_id)
    )
    mails = session.exec(hers.order_by(col(Message.arrived_at).desc(), col(Message.id).desc()).limit(_MAILS)).all()
    texts = texts_of(session, [mail.id or 0 for mail in mails[:_READ]])
    read = [texts[mail.id or 0] for mail in mails[:_READ] if mail.id in texts]
    clues = ZoneClues(
        country=country,
        lines=[line for text in read for line in block(text.reply, text.signature)],
        clocks=[(mail.arrived_at, mail.date_offset) for mail in mails if mail.date_offset is not None],
    )
    zone = customer_zone(clues)
    if zone is None:
        return None
    days = calendar(country) if country else Office()
    return TheirClock(zone, replace(days, zone=zone.zone))


def _country(session: Session, thread: Thread) -> tuple[str, int | None]:
    """Return the country of the thread's contact, her own before her company's, and the contact."""
    contact = session.get(Contact, thread.contact_id) if thread.contact_id else None
    company = session.get(Company, thread.company_id) if thread.company_id else None
    country = (contact.country if contact else None) or (company.country if company else None)
    return country or "", thread.contact_id
