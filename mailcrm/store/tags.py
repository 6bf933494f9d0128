"""The tags of companies and contacts.

Room: store. In: a party's record, tags as `domain.tags` spells them. Out: its tags, sorted.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mailcrm.records import Company, CompanyTag, Contact, ContactTag
from mailcrm.store.bulk import among, rows, table_of

__all__ = ["set_tags", "tags_of", "tags_of_people"]

_TAG = table_of(ContactTag).c
_OF_PEOPLE = columns(_TAG.contact_id, _TAG.tag).where(among(_TAG.contact_id))


def tags_of(session: Session, party: Company | Contact) -> list[str]:
    """Return what the party is tagged with."""
    if isinstance(party, Company):
        return sorted(session.exec(select(CompanyTag.tag).where(col(CompanyTag.company_id) == party.id)))
    return sorted(session.exec(select(ContactTag.tag).where(col(ContactTag.contact_id) == party.id)))


def tags_of_people(session: Session, contacts: Collection[int | None]) -> dict[int, tuple[str, ...]]:
    """Return the tags of those contacts that have any."""
    found: dict[int, list[str]] = {}
    for contact, tag in rows(session, _OF_PEOPLE, [one for one in contacts if one is not None]):
        found.setdefault(contact, []).append(tag)
    return {contact: tuple(sorted(tags)) for contact, tags in found.items()}


def set_tags(session: Session, party: Company | Contact, tags: Collection[str]) -> None:
    """Let the party have exactly these tags."""
    if isinstance(party, Company):
        session.execute(delete(CompanyTag).where(col(CompanyTag.company_id) == party.id))
        session.add_all(CompanyTag(company_id=party.id or 0, tag=tag) for tag in sorted(tags))
    else:
        session.execute(delete(ContactTag).where(col(ContactTag.contact_id) == party.id))
        session.add_all(ContactTag(contact_id=party.id or 0, tag=tag) for tag in sorted(tags))
    session.flush()
