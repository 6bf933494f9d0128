"""Where a customer is: what a person says of it, else what her mails tell.

Room: store. In: a contact, her company, her latest mails (of a thread, where somebody is no contact). Out: her zone with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from mailcrm.domain.address_block import block
from mailcrm.domain.customer_zone import CustomerZone, ZoneClues, customer_zone, place_of
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.words import say
from mailcrm.domain.zone_table import ZONES
from mailcrm.records import Company, Contact, Message
from mailcrm.store.bulk import one_of, rows, table_of
from mailcrm.store.texts import texts_of

__all__ = ["Letter", "country_of", "letters_of", "whereabouts"]

_MAILS = 20
_READ = 5

_mail = table_of(Message).c
_LATEST = (
    select(_mail.id, _mail.arrived_at, _mail.date_offset)
    .where(_mail.side == Side.THEIRS.value, one_of(_mail.kind, Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value))
    .order_by(_mail.sort_key.desc())
    .limit(_MAILS)
)
_OF_CONTACT = _LATEST.where(_mail.contact_id == bindparam("key"))
_OF_THREAD = _LATEST.where(_mail.thread_id == bindparam("key"))

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
    found = rows(session, _OF_CONTACT, key=contact.id) if contact else rows(session, _OF_THREAD, key=thread_id)
    return [(mail, at, offset) for mail, at, offset in found]


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
