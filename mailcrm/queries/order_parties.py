"""Whose orders they are: the contact, the company and the colleague of each, read once for a list.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.records import Company, Contact, Thread
from mailcrm.store.bulk import one_among, table_of
from mailcrm.store.orders import OrderFile

__all__ = ["Parties"]


class Parties:
    """Contact, company and owner of each of these orders."""

    def __init__(self, session: Session, outlook: Outlook, files: Sequence[OrderFile]) -> None:
        contacts = [file.row.contact_id for file in files]
        people = session.exec(select(Contact).where(one_among(table_of(Contact).c.id, contacts)))
        self._contacts = {one.id: one for one in people}
        firms = [one.company_id for one in self._contacts.values() if one.company_id]
        self._companies = {
            one.id: one for one in session.exec(select(Company).where(one_among(table_of(Company).c.id, firms)))
        }
        threads = [file.thread_id for file in files if file.thread_id]
        known = select(Thread.id, Thread.account_id).where(one_among(table_of(Thread).c.id, threads))
        self._accounts = dict(session.exec(known).all())
        self._owners = Owners(session, outlook)

    def of(self, file: OrderFile) -> tuple[Contact, Company | None, str]:
        """Return the contact, the company and who follows the order."""
        contact = self._contacts[file.row.contact_id]
        owner = file.row.owner or self._owners.of(file.thread_id, self._accounts.get(file.thread_id))
        return contact, self._companies.get(contact.company_id), owner
