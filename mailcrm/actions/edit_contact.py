"""Edit a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.knowing import before_of, by_person, checked_country, checked_role, checked_zone, give_back
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact
from mailcrm.store.finding import number
from mailcrm.store.parties import threads_of_company, threads_of_contact
from mailcrm.store.threads import settle_threads

__all__ = ["COMMAND", "EditContact"]

_FIELDS = (
    "name",
    "language",
    "role",
    "role_reason",
    "country",
    "country_reason",
    "company_id",
    "honorific",
    "zone",
    "by_person",
)


@dataclass(frozen=True)
class EditContact:
    """Change the fields of contact `id` ("c7") that are given; a role only where no company has one.

    `company`: "o5", for somebody who writes from an address of his own; "" takes him out of his company.
    `honorific`: how he is addressed, such as Mr or Dr. `zone`: the town or the time zone that he is in; "": his mails tell.
    """

    id: str
    name: str | None = None
    language: str | None = None
    role: str | None = None
    country: str | None = None
    company: str | None = None
    honorific: str | None = None
    zone: str | None = None

    verb: ClassVar[str] = "edit_contact"
    title: ClassVar[Sentence] = say("Edit the contact")
    help: ClassVar[Sentence] = say("Change a contact's name, honorific, language, country, zone, company or role.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; RefusedByRule for the role of somebody whose company has one."""
        contact = session.get_one(Contact, number(self.id, "c", "contact"))
        before = {"id": contact.id, "fields": before_of(contact, _FIELDS)}
        touched = _threads(session, contact)
        if self.company is not None:
            chosen = session.get_one(Company, number(self.company, "o", "company")) if self.company.strip() else None
            contact.company_id = chosen.id if chosen else None
        if self.role is not None:
            _refuse_beside_company(contact)
            contact.role, contact.role_reason = checked_role(self.role), by_person(contact, "role", situation)
        if self.country is not None:
            contact.country = checked_country(self.country)
            contact.country_reason = by_person(contact, "country", situation)
        if self.name is not None:
            contact.name = self.name.strip()
            by_person(contact, "name", situation)
        if self.language is not None:
            contact.language = self.language.strip().lower()
            by_person(contact, "language", situation)
        if self.honorific is not None:
            contact.honorific = self.honorific.strip() or None
        if self.zone is not None:
            contact.zone = checked_zone(self.zone, contact.country or _country_of_company(session, contact))
        session.add(contact)
        session.flush()
        touched |= _threads(session, contact)
        settle_threads(session, touched)
        return Done(self._said(), None, touched, ("contact", {"id": self.id}), before)

    def _said(self) -> Sentence:
        others = (self.name, self.role, self.country, self.company)
        if self.language and all(other is None for other in others):
            return say("Mails to this contact are in this language from now on: {language}.", language=self.language)
        return say("Contact changed.")

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the contact its earlier fields."""
        del situation
        contact = session.get_one(Contact, before["id"])
        touched = _threads(session, contact)
        give_back(contact, before["fields"])
        session.add(contact)
        session.flush()
        touched |= _threads(session, contact)
        settle_threads(session, touched)
        return touched


def _refuse_beside_company(contact: Contact) -> None:
    if contact.company_id is not None:
        raise RefusedByRule(
            say("This contact's role is that of the company."),
            say("Change it there: `mailcrm company edit {id} --role …`.", id=f"o{contact.company_id}"),
        )


def _country_of_company(session: Session, contact: Contact) -> str | None:
    company = session.get(Company, contact.company_id) if contact.company_id else None
    return company.country if company else None


def _threads(session: Session, contact: Contact) -> frozenset[int]:
    """Return the threads of the contact and of its company: both are judged by the mails of their people."""
    mine = threads_of_contact(session, contact.id)
    return mine if contact.company_id is None else mine | threads_of_company(session, contact.company_id)


COMMAND = EditContact
