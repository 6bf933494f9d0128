"""Where a customer is: what a person says of it, else what her mails tell.

Room: store. In: a contact, her company, her latest mails (of a thread, where somebody is no contact). Out: her zone with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.address_block import block
from mailcrm.domain.customer_zone import CustomerZone, ZoneClues, customer_zone, place_of
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.words import say
from mailcrm.domain.zone_table import ZONES
from mailcrm.records import Company, Contact, Message
from mailcrm.store.texts import texts_of

__all__ = ["Letter", "country_of", "letters_of", "whereabouts"]

_MAILS = 20
_READ = 5
_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)

Letter = tuple[int, datetime, int | None]
"""A mail's id, its arrival, and the minutes east of UTC that its writer's clock showed."""


def country_of(contact: Contact | None, company: Company | None) -> str:
    """Return the country of a contact, her own before her company's; "" where nobody knows it.

    What a person said of the company comes before what mails tell of her.
    """
    if company and company.country and "country" in company.by_person and not _said(contact):
        return company.country
    return (contact.country if contact else None) or (company.country if company else None) or ""


def _said(contact: Contact | None) -> bool:
    return contact is not None and bool(contact.country) and "country" in contact.by_person


def letters_of(session: Session, contact: Contact | None, thread_id: int | None = None) -> Sequence[Letter]:
    """Return the latest mails that the contact wrote by hand, the newest first; of the thread where there is no contact."""
    hers = col(Message.contact_id) == contact.id if contact else col(Message.thread_id) == thread_id
    found = session.exec(
        select(Message.id, Message.arrived_at, Message.date_offset)
        .where(hers, col(Message.side) == Side.THEIRS.value, col(Message.kind).in_(_BY_HAND))
        .order_by(col(Message.sort_key).desc())
        .limit(_MAILS)
    )
    return [(mail or 0, at, offset) for mail, at, offset in found]


def whereabouts(
    session: Session, contact: Contact | None, company: Company | None, letters: Sequence[Letter]
) -> CustomerZone | None:
    """Return where the writer of these letters is; None where nothing tells it."""
    said = (contact.zone if contact else None) or (company.zone if company else None)
    if said:
        return CustomerZone(said, place_of(said), say("a person says so"))
    country = country_of(contact, company)
    clocks = [(at, offset) for _id, at, offset in letters if offset is not None]
    lines = _signatures(session, [mail for mail, _at, _offset in letters[:_READ]]) if _has_several(country) else []
    return customer_zone(ZoneClues(country=country, lines=lines, clocks=clocks))


def _has_several(country: str) -> bool:
    """Whether the country has several zones: only there does an address tell one from another."""
    return " " in ZONES.get(country, "")


def _signatures(session: Session, mails: list[int]) -> list[str]:
    texts = texts_of(session, mails)
    read = [texts[mail] for mail in mails if mail in texts]
    return [line for text in read for line in block(text.reply, text.signature)]
