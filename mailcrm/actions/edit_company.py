"""Edit a company: its role above all, which decides whether its mail starts the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import UsageError
from mailcrm.domain.message import Role
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact, Message
from mailcrm.store.finding import number

__all__ = ["COMMAND", "EditCompany", "checked_role"]


def checked_role(role: str) -> str:
    """Return `role`; UsageError names the known ones."""
    if role not in {known.value for known in Role}:
        raise UsageError(
            say("{role} is no role.", role=role),
            say("Roles are: {known}.", known=", ".join(known.value for known in Role)),
        )
    return role


@dataclass(frozen=True)
class EditCompany:
    """Change the fields of company `id` ("o5") that are given."""

    id: str
    role: str | None = None
    name: str | None = None
    country: str | None = None

    verb: ClassVar[str] = "edit_company"
    title: ClassVar[Sentence] = say("Edit the company")
    help: ClassVar[Sentence] = say("Change a company's role, name or country; its role decides whether the clock runs.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; the turns of its threads follow its role."""
        del situation
        company = session.get_one(Company, number(self.id, "o", "company"))
        before = {"id": company.id, "role": company.role, "name": company.name, "country": company.country}
        if self.role is not None:
            company.role = checked_role(self.role)
        if self.name is not None:
            company.name = self.name.strip() or company.name
        if self.country is not None:
            company.country = self.country.strip().upper() or None
        company.confirmed = True
        session.add(company)
        return Done(
            say("Company changed."),
            None,
            _threads(session, company.id),
            ("company", {"id": self.id}),
            before,
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the company its earlier fields."""
        del situation
        company = session.get_one(Company, before["id"])
        company.role, company.name, company.country = before["role"], before["name"], before["country"]
        session.add(company)
        return _threads(session, company.id)


def _threads(session: Session, company_id: int | None) -> frozenset[int]:
    people = select(Contact.id).where(col(Contact.company_id) == company_id)
    return frozenset(session.exec(select(Message.thread_id).where(col(Message.contact_id).in_(people)).distinct()))


COMMAND = EditCompany
