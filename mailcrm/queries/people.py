"""Companies and contacts as lists and cards.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from mailcrm.domain.rhythm import is_silent, usual_pause
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import CompanyRow, ContactRow
from mailcrm.queries.waiting import arrivals_of
from mailcrm.records import Company, CompanyDomain, CompanyTag, Contact, ContactTag, Thread, TurnRecord
from mailcrm.store.finding import number

__all__ = ["companies", "company", "contact", "contact_fields", "contacts"]


def companies(session: Session, outlook: Outlook) -> tuple[CompanyRow, ...]:
    """Return every company by name."""
    del outlook
    return _company_rows(session, session.exec(select(Company).order_by(col(Company.name), col(Company.id))).all())


def company(session: Session, outlook: Outlook, *, id: str) -> CompanyRow:  # noqa: A002  (as on the command line)
    """Return one company."""
    del outlook
    return _company_rows(session, [session.get_one(Company, number(id, "o", "company"))])[0]


def contacts(session: Session, outlook: Outlook) -> tuple[ContactRow, ...]:
    """Return every contact by address."""
    return _contact_rows(session, outlook, session.exec(select(Contact).order_by(col(Contact.address))).all())


def contact(session: Session, outlook: Outlook, *, id: str) -> ContactRow:  # noqa: A002  (as on the command line)
    """Return one contact."""
    return _contact_rows(session, outlook, [session.get_one(Contact, number(id, "c", "contact"))])[0]


def _company_rows(session: Session, rows: Sequence[Company]) -> tuple[CompanyRow, ...]:
    domains: dict[int, list[str]] = defaultdict(list)
    for found in session.exec(select(CompanyDomain).order_by(col(CompanyDomain.domain))):
        domains[found.company_id].append(found.domain)
    tags = _tags(session.exec(select(CompanyTag.company_id, CompanyTag.tag)))
    people: dict[int | None, list[str]] = defaultdict(list)
    for company_id, contact_id in session.exec(select(Contact.company_id, Contact.id).order_by(col(Contact.id))):
        people[company_id].append(f"c{contact_id}")
    turns = dict(
        session.exec(
            select(Thread.company_id, func.count())
            .join(TurnRecord)
            .where(col(TurnRecord.end) == "")
            .group_by(col(Thread.company_id))
        ).all()
    )
    return tuple(
        CompanyRow(
            id=f"o{row.id}",
            name=row.name,
            role=row.role,
            country=row.country,
            grade=row.grade,
            reply_within=row.reply_within,
            domains=tuple(domains[row.id or 0]),
            contacts=tuple(people[row.id]),
            open_turns=turns.get(row.id, 0),
            role_reason=_reason(row.role_reason),
            country_reason=_reason(row.country_reason),
            tags=tags.get(row.id or 0, ()),
            time_zone=row.zone,
        )
        for row in rows
    )


def _tags(found: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    tags: dict[int, list[str]] = defaultdict(list)
    for party, tag in found:
        tags[party].append(tag)
    return {party: tuple(sorted(some)) for party, some in tags.items()}


def _reason(stored: str | None) -> Sentence | None:
    return Sentence.from_json(stored) if stored else None


def _contact_rows(session: Session, outlook: Outlook, rows: Sequence[Contact]) -> tuple[ContactRow, ...]:
    known = {row.id: row for row in session.exec(select(Company))}
    wrote = arrivals_of(session, [row.id for row in rows if row.id is not None])
    tags = _tags(session.exec(select(ContactTag.contact_id, ContactTag.tag)))
    return tuple(
        ContactRow(
            **contact_fields(row, known.get(row.company_id), wrote.get(row.id or 0, ()), outlook.now),
            tags=tags.get(row.id or 0, ()),
        )
        for row in rows
    )


def contact_fields(
    one: Contact, company: Company | None, arrivals: Sequence[datetime], now: datetime
) -> dict[str, Any]:
    """Return the fields of a contact's row but for the tags; `arrivals`: when mails of theirs came."""
    judged: Company | Contact = company or one
    placed: Company | Contact = company if company and company.country else one
    pause = usual_pause(arrivals)
    return {
        "id": f"c{one.id}",
        "name": one.name,
        "address": one.address,
        "company": company.name if company else None,
        "company_id": f"o{company.id}" if company else None,
        "role": judged.role,
        "language": one.language,
        "away_until": one.away_until,
        "country": placed.country,
        "country_reason": _reason(placed.country_reason),
        "role_reason": _reason(judged.role_reason),
        "last_wrote_at": max(arrivals, default=None),
        "usual_pause_days": pause.days if pause is not None else None,
        "silent": is_silent(arrivals, now),
        "honorific": one.honorific,
        "time_zone": one.zone,
    }
