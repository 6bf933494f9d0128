"""Where a customer is and what day it is there.

Room: queries. In: her zone and country. Out: a `ThereRow`, with the holidays ahead by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from mailcrm.domain.clock.office import Office
from mailcrm.domain.customer_zone import CustomerZone
from mailcrm.domain.their_day import holidays_ahead, their_day
from mailcrm.domain.words import active_language
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import HolidayRow, ThereRow
from mailcrm.records import Company, Contact, Thread
from mailcrm.store.whereabouts import country_of, letters_of, whereabouts

__all__ = ["there_of", "there_of_thread"]

_AHEAD = 14


def there_of_thread(session: Session, outlook: Outlook, thread_id: int) -> ThereRow | None:
    """Return where the customer of a thread is; None where nothing tells it."""
    thread = session.get_one(Thread, thread_id)
    contact = session.get(Contact, thread.contact_id) if thread.contact_id else None
    company = session.get(Company, thread.company_id) if thread.company_id else None
    zone = whereabouts(session, contact, company, letters_of(session, contact, thread_id))
    return there_of(outlook, zone, country_of(contact, company))


def there_of(outlook: Outlook, zone: CustomerZone | None, country: str) -> ThereRow | None:
    """Return what day it is in `zone`, by the working days of `country` (ISO 3166-1, "" for one that nobody knows)."""
    if zone is None:
        return None
    known = outlook.policies.waiting.calendar_of(country) if country else Office()
    calendar = known if known.country == country else Office()  # a country that nobody knows isn't ours
    day = their_day(outlook.now, zone.zone, calendar)
    return ThereRow(
        time_zone=zone.zone,
        place=zone.place,
        reason=zone.reason,
        local_time=day.local.isoformat(timespec="minutes"),
        open=not day.closed_by,
        closed_by=day.closed_by,
        opens_at=day.opens_at,
        holidays=_holidays(day.local, calendar),
    )


def _holidays(local: datetime, calendar: Office) -> tuple[HolidayRow, ...]:
    days: Sequence[date] = holidays_ahead(local.date(), _AHEAD, calendar)
    language = active_language()
    return tuple(HolidayRow(day, calendar.named(day.year, language).get(day, "")) for day in days)
