"""People: the contact behind an address, and the company behind a contact.

Room: ingest. Contacts are made only for a human mail of the other side that asks for something; nothing is ever made
from our own domains, no-reply senders, lists, couriers or bounces. A company is suggested from the domain unless anybody
can have a mailbox there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from mailcrm.domain.message import Kind, Role, Side
from mailcrm.domain.parties import Ours
from mailcrm.ingest.message_rows import Writer
from mailcrm.records import Contact, Message
from mailcrm.store.bulk import add_rows, among, rows, table_of
from mailcrm.store.ids import next_ids
from mailcrm.store.parties import companies_at

__all__ = ["link_writers"]

_CONTACT, _MESSAGE = table_of(Contact).c, table_of(Message).c
_KNOWN = select(_CONTACT.id, _CONTACT.address, _CONTACT.name, _CONTACT.away_until).where(among(_CONTACT.address))
_STRANGERS = select(_MESSAGE.id, _MESSAGE.thread_id, _MESSAGE.from_address).where(
    among(_MESSAGE.from_address),
    _MESSAGE.contact_id.is_(None),
    _MESSAGE.side == Side.THEIRS.value,
    _MESSAGE.kind_rule != Kind.PLATFORM_INQUIRY.value,  # its buyer isn't the platform's own people
)


def link_writers(
    session: Session, writers: Sequence[Writer | None], ours: Ours, now: datetime
) -> tuple[list[int | None], frozenset[int]]:
    """Return each writer's contact and the threads that are to be recomputed because of them.

    The contact is the known one, a new one where a mail of the batch is worth one, else None. Mail that the same person wrote
    before is linked too, so that it doesn't matter which mail was read first.
    """
    people = [one for one in writers if one is not None]
    known = _known(session, {one.address for one in people})
    fresh: dict[str, Writer] = {}
    for one in people:
        if one.worth_keeping and one.address not in known:
            fresh.setdefault(one.address, one)
    made, touched = _make(session, list(fresh.values()), ours, now)
    _hear_of(session, known | made, people, now)
    contacts = {address: columns["id"] for address, columns in (known | made).items()}
    return [contacts.get(one.address) if one is not None else None for one in writers], touched


def _known(session: Session, addresses: Collection[str]) -> dict[str, dict[str, Any]]:
    if not addresses:
        return {}
    found = rows(session, _KNOWN, addresses)
    return {address: {"id": row_id, "name": name, "away_until": away} for row_id, address, name, away in found}


def _hear_of(session: Session, known: Mapping[str, dict[str, Any]], writers: Sequence[Writer], now: datetime) -> None:
    """Learn the names and absences that known people tell of themselves."""
    for one in writers:
        columns = known.get(one.address)
        if columns is None:
            continue
        news: dict[str, Any] = {"name": one.name} if one.name and not columns["name"] else {}
        if one.away_until is not None and one.away_until >= now.date():
            news["away_until"] = _midnight(one.away_until)
        if any(columns[name] != value for name, value in news.items()):
            columns.update(news)
            session.execute(update(Contact).where(col(Contact.id) == columns["id"]).values(news))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _make(
    session: Session, writers: Sequence[Writer], ours: Ours, now: datetime
) -> tuple[dict[str, dict[str, Any]], frozenset[int]]:
    """Make contacts of these people; return their columns by address, and the threads that change by it."""
    if not writers:
        return {}, frozenset()
    companies, colleagues = companies_at(session, [one.domain for one in writers], ours, now)
    ids = next_ids(session, Contact, len(writers))
    contacts: list[dict[str, Any]] = [
        {
            "id": contact_id,
            "address": one.address,
            "name": one.name,
            "company_id": companies.get(one.domain),
            "role": Role.UNKNOWN.value,
            "role_reason": None,
            "country": None,
            "country_reason": None,
            "language": one.language,
            "by_person": [],
            "honorific": None,
            "zone": None,
            "away_until": None,
            "created_at": now,
        }
        for contact_id, one in zip(ids, writers, strict=True)
    ]
    add_rows(session, table_of(Contact), contacts)
    return {row["address"]: row for row in contacts}, colleagues | _link_earlier(session, ids, writers)


def _link_earlier(session: Session, ids: Sequence[int], writers: Sequence[Writer]) -> frozenset[int]:
    """Link the stored mails that the new contacts `ids` wrote before; return their threads."""
    of_writers = zip(ids, writers, strict=True)
    contact_of = {spelling: contact_id for contact_id, one in of_writers for spelling in (one.address, one.written)}
    found = rows(session, _STRANGERS, contact_of)
    for message_id, _thread, address in found:
        here = update(Message).where(col(Message.id) == message_id)
        session.execute(here.values(contact_id=contact_of[address]))
    return frozenset(thread_id for _message, thread_id, _address in found)
