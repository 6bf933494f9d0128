"""The customer's clock and calendar: where she is, as her mails tell, and on which days she works.

Room: outbox. In: a thread. Out: her zone with the reason, and an office by her own clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import Session

from mailcrm.domain.clock.office import Office
from mailcrm.domain.customer_zone import CustomerZone
from mailcrm.records import Company, Contact, Thread
from mailcrm.store.whereabouts import country_of, letters_of, whereabouts

__all__ = ["Calendar", "TheirClock", "their_clock"]

Calendar = Callable[[str], Office]
"""A country's working days and holidays (ISO 3166-1), by any clock."""


@dataclass(frozen=True, slots=True)
class TheirClock:
    """`office`: the customer's working days, by her own clock."""

    zone: CustomerZone
    office: Office


def their_clock(session: Session, thread_id: int, calendar: Calendar) -> TheirClock | None:
    """Return the clock of the customer of a thread; None where nothing tells it."""
    thread = session.get_one(Thread, thread_id)
    contact = session.get(Contact, thread.contact_id) if thread.contact_id else None
    company = session.get(Company, thread.company_id) if thread.company_id else None
    zone = whereabouts(session, contact, company, letters_of(session, contact, thread_id))
    if zone is None:
        return None
    country = country_of(contact, company)
    days = calendar(country) if country else Office()
    return TheirClock(zone, replace(days, zone=zone.zone))
