"""The tags of companies and contacts.

Room: store. In: a party's record, tags as `domain.tags` spells them. Out: its tags, sorted.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.records import Company, CompanyTag, Contact, ContactTag

__all__ = ["set_tags", "tags_of"]


def tags_of(session: Session, party: Company | Contact) -> list[str]:
    """Return what the party is tagged with."""
    if isinstance(party, Company):
        return sorted(session.exec(select(CompanyTag.tag).where(col(CompanyTag.company_id) == party.id)))
    return sorted(session.exec(select(ContactTag.tag).where(col(ContactTag.contact_id) == party.id)))


def set_tags(session: Session, party: Company | Contact, tags: Collection[str]) -> None:
    """Let the party have exactly these tags."""
    if isinstance(party, Company):
        session.execute(delete(CompanyTag).where(col(CompanyTag.company_id) == party.id))
        session.add_all(CompanyTag(company_id=party.id or 0, tag=tag) for tag in sorted(tags))
    else:
        session.execute(delete(ContactTag).where(col(ContactTag.contact_id) == party.id))
        session.add_all(ContactTag(contact_id=party.id or 0, tag=tag) for tag in sorted(tags))
    session.flush()
