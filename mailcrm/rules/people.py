"""People from their mails: names, languages, countries and roles of contacts and companies are kept what their mails tell.

Room: rules. In: threads that changed. Out: the rows of `contact` and `company` of everybody who wrote in them, as all their mails
together tell, so that the order of arrival doesn't matter and a better reading of an old mail counts; and the threads whose
turns follow a changed role. What a person set stays. Runs before the turns, in the transaction of whatever changed the mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from mailcrm.domain.country import choose_origin
from mailcrm.domain.message import Role
from mailcrm.domain.roles.choice import Guess, choose_role
from mailcrm.records import Company, Contact
from mailcrm.store.bulk import among, change_rows, differs, rows, stale, table_of
from mailcrm.store.evidence import Told, colleagues_of, hear
from mailcrm.store.parties import threads_of_company, threads_of_contact

__all__ = ["settle_people"]

_CONTACT, _COMPANY = table_of(Contact), table_of(Company)
_contact = _CONTACT.c
_PLACE_AND_ROLE = ("id", "country", "country_reason", "role", "role_reason", "by_person")
_CONTACTS = select(
    _contact.company_id, _contact.name, _contact.language, *(_contact[name] for name in _PLACE_AND_ROLE)
).where(among(_contact.id))
_COMPANIES = select(*(_COMPANY.c[name] for name in _PLACE_AND_ROLE)).where(among(_COMPANY.c.id))

Values = dict[str, Any]


def settle_people(session: Session, thread_ids: Collection[int], *, everybody: bool = False) -> frozenset[int]:
    """Let everybody who wrote in these threads be what their mails tell; return the threads whose turns follow.

    Only those of whom something new is told, or (`everybody`: a person changed something) all of them.
    """
    session.flush()
    told = {contact: one for contact, one in hear(session, thread_ids).items() if one.fresh or everybody}
    if not told:
        return frozenset()
    contacts = rows(session, _CONTACTS, told)
    firms = {row.company_id for row in contacts} - {None}
    touched = _settle_contacts(session, contacts, told)
    if firms:
        touched |= _settle_companies(session, firms, told)
    stale(session, Contact, Company)
    return touched


def _settle_contacts(session: Session, contacts: Iterable[Row[Any]], told: Mapping[int, Told]) -> frozenset[int]:
    changed, touched = [], frozenset[int]()
    for row in contacts:
        one = told[row.id]
        role = choose_role(one.all_hints()) if row.company_id is None else Guess(Role.UNKNOWN)
        values = _settled(row, [one], role) | _named(row, one)
        if differs(row, values):
            changed.append(values)
        if _starts_clock(row) != Role(values["role"]).starts_clock:
            touched |= threads_of_contact(session, row.id)
    change_rows(session, _CONTACT, "id", changed)
    return touched


def _settle_companies(session: Session, firms: Collection[int], told: Mapping[int, Told]) -> frozenset[int]:
    changed, touched = [], frozenset[int]()
    people = colleagues_of(session, firms, told)
    for row in rows(session, _COMPANIES, firms):
        them = people[row.id]
        values = _settled(row, them, choose_role(hint for one in them for hint in one.all_hints()))
        if differs(row, values):
            changed.append(values)
        if _starts_clock(row) != Role(values["role"]).starts_clock:
            touched |= threads_of_company(session, row.id)
    change_rows(session, _COMPANY, "id", changed)
    return touched


def _settled(row: Row[Any], told: Iterable[Told], guess: Guess) -> Values:
    """Return country and role as they are told, but for what a person set."""
    values = {"id": row.id, "country": row.country, "country_reason": row.country_reason}
    if "country" not in row.by_person:
        origin = choose_origin(origin for one in told for origin in one.all_origins())
        values["country"] = origin.country if origin else None
        values["country_reason"] = origin.reason.to_json() if origin else None
    if "role" in row.by_person:
        return values | {"role": row.role, "role_reason": row.role_reason}
    return values | {"role": guess.role.value, "role_reason": guess.reason.to_json() if guess.reason else None}


def _named(row: Row[Any], told: Told) -> Values:
    """Return the name and the language of the first mail that tells one, but for what a person set."""
    name = told.name[1] if told.name and "name" not in row.by_person else row.name
    language = told.language[1] if told.language and "language" not in row.by_person else row.language
    return {"name": name, "language": language}


def _starts_clock(row: Row[Any]) -> bool:
    return Role(row.role).starts_clock
