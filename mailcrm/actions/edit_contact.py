"""Edit a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.edit_company import checked_role
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Contact, Message
from mailcrm.store.finding import number

__all__ = ["COMMAND", "EditContact"]


@dataclass(frozen=True)
class EditContact:
    """Change the fields of contact `id` ("c7") that are given; a role only where no company has one."""

    id: str
    name: str | None = None
    language: str | None = None
    role: str | None = None

    verb: ClassVar[str] = "edit_contact"
    title: ClassVar[Sentence] = say("Edit the contact")
    help: ClassVar[Sentence] = say("Change a contact's name, language or role.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; RefusedByRule for the role of somebody whose company has one."""
        del situation
        contact = session.get_one(Contact, number(self.id, "c", "contact"))
        before = {"id": contact.id, "name": contact.name, "language": contact.language, "role": contact.role}
        if self.role is not None:
            if contact.company_id is not None:
                raise RefusedByRule(
                    say("This contact's role is that of the company."),
                    say("Change it there: `mailcrm company edit {id} --role …`.", id=f"o{contact.company_id}"),
                )
            contact.role = checked_role(self.role)
        if self.name is not None:
            contact.name = self.name.strip()
        if self.language is not None:
            contact.language = self.language.strip().lower()
        session.add(contact)
        return Done(say("Contact changed."), None, _threads(session, contact.id), ("contact", {"id": self.id}), before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the contact its earlier fields."""
        del situation
        contact = session.get_one(Contact, before["id"])
        contact.name, contact.language, contact.role = before["name"], before["language"], before["role"]
        session.add(contact)
        return _threads(session, contact.id)


def _threads(session: Session, contact_id: int | None) -> frozenset[int]:
    return frozenset(session.exec(select(Message.thread_id).where(col(Message.contact_id) == contact_id).distinct()))


COMMAND = EditContact
