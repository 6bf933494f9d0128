"""Whom `company:`, `country:`, `grade:` and `tag:` mean.

Room: queries. In: a `SearchQuery`. Out: contacts. A company is meant by any part of its name, a country by its name or its two
letters. Where nobody knows the country of a company, that of the contact counts. A tag is the contact's or the company's.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from mailcrm.domain.country_names import country_in
from mailcrm.domain.errors import UsageError
from mailcrm.domain.search_query import SearchQuery
from mailcrm.domain.search_words import words
from mailcrm.domain.words import say
from mailcrm.records import Company, CompanyTag, Contact, ContactTag

__all__ = ["Party", "parties_meant"]

_CODE = 2

Party = tuple[int, str]
"""A contact's id and address."""


def parties_meant(session: Session, query: SearchQuery) -> list[Party] | None:
    """Return the contacts that fit all of these filters; None where the query has none of them."""
    conditions: list[ColumnElement[bool]] = []
    if query.companies:
        conditions.append(col(Contact.company_id).in_(_companies(session, query.companies)))
    conditions += [
        func.coalesce(col(Company.country), col(Contact.country)) == _country(country) for country in query.countries
    ]
    conditions += [func.upper(col(Company.grade)) == grade.upper() for grade in query.grades]
    conditions += [_tagged(tag) for tag in query.tags]
    if not conditions:
        return None
    meant = select(Contact.id, Contact.address).join(Company, isouter=True).where(*conditions)
    return [(number or 0, address) for number, address in session.exec(meant)]


def _tagged(tag: str) -> ColumnElement[bool]:
    firms = select(CompanyTag.company_id).where(col(CompanyTag.tag) == tag)
    people = select(ContactTag.contact_id).where(col(ContactTag.tag) == tag)
    return or_(col(Contact.company_id).in_(firms), col(Contact.id).in_(people))


def _companies(session: Session, names: tuple[str, ...]) -> list[int]:
    wanted = [_spelt(name) for name in names]
    known = session.exec(select(Company.id, Company.name))
    return [number or 0 for number, name in known if all(one in _spelt(name) for one in wanted)]


def _spelt(name: str) -> str:
    """Return a name as it counts: neither case nor accents, nor what stands between its words."""
    return " ".join(words(name))


def _country(stated: str) -> str:
    code = country_in(stated.upper() if len(stated) == _CODE else stated)
    if not code:
        raise UsageError(
            say("There is no country called {name}.", name=stated),
            say("Write its whole name, or its two letters as in country:NL."),
        )
    return code
