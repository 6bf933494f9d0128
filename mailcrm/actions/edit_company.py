"""Edit a company: its role above all, which decides whether its mail starts the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.knowing import (
    before_of,
    by_person,
    checked_country,
    checked_grade,
    checked_role,
    checked_zone,
    give_back,
)
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Address
from mailcrm.domain.parties import Ours, registrable
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, CompanyDomain
from mailcrm.store.finding import number
from mailcrm.store.parties import contacts_at, move_people, threads_of_company
from mailcrm.store.threads import settle_threads

__all__ = ["COMMAND", "EditCompany"]

_FIELDS = ("name", "role", "role_reason", "country", "country_reason", "grade", "reply_within", "zone", "by_person")


@dataclass(frozen=True)
class EditCompany:
    """Change the fields of company `id` ("o5") that are given; `domain` is one more that it writes from.

    `reply_within`: the time to answer that is agreed with it, written like `clock.reply_within`; "": none.
    `zone`: the town or the time zone that it is in; "": its mails tell.
    """

    id: str
    role: str | None = None
    name: str | None = None
    country: str | None = None
    domain: str | None = None
    grade: str | None = None
    reply_within: str | None = None
    zone: str | None = None

    verb: ClassVar[str] = "edit_company"
    title: ClassVar[Sentence] = say("Edit the company")
    help: ClassVar[Sentence] = say(
        "Change a company's role, grade, name, country, zone, domains or time to answer; its role decides whether the clock runs."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; the turns of its threads follow its role and grade. What a person set is never suggested anew."""
        company = session.get_one(Company, number(self.id, "o", "company"))
        before: dict[str, object] = {"id": company.id, "fields": before_of(company, _FIELDS)}
        if self.role is not None:
            company.role, company.role_reason = checked_role(self.role), by_person(company, "role", situation)
        if self.name is not None:
            company.name = self.name.strip() or company.name
        if self.country is not None:
            company.country = checked_country(self.country)
            company.country_reason = by_person(company, "country", situation)
        if self.grade is not None:
            company.grade = checked_grade(self.grade)
        if self.reply_within is not None:
            agreed = self.reply_within.strip()
            company.reply_within = (
                situation.policies.clock.check_agreed(agreed, company.country or "") if agreed else None
            )
        if self.zone is not None:
            company.zone = checked_zone(self.zone, company.country)
        session.add(company)
        if self.domain is not None:
            before |= _add_domain(session, company, self.domain, situation.ours)
        touched = threads_of_company(session, company.id)
        settle_threads(session, touched)
        return Done(say("Company changed."), None, touched, ("company", {"id": self.id}), before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the company its earlier fields, and take the domain from it."""
        del situation
        company = session.get_one(Company, before["id"])
        touched = threads_of_company(session, company.id)
        give_back(company, before["fields"])
        session.add(company)
        if "domain" in before:
            here = session.get(CompanyDomain, before["domain"])
            if here is not None:
                session.delete(here)
            move_people(session, before["moved"], None)
        settle_threads(session, touched)
        return touched


def _add_domain(session: Session, company: Company, given: str, ours: Ours) -> dict[str, object]:
    """Let the company write from one more domain, and the contacts there belong to it; return what undo needs."""
    domain = registrable(given.strip().lower().rpartition("@")[2])
    known = session.get(CompanyDomain, domain)
    if known is not None and known.company_id != company.id:
        raise RefusedByRule(
            say("{domain} is the domain of another company.", domain=domain),
            say(
                "Where they are one: `mailcrm company merge {into} {other}`.",
                into=f"o{company.id}",
                other=f"o{known.company_id}",
            ),
        )
    if "." not in domain or ours.is_free_mail(domain) or ours.owns(Address("", f"x@{domain}")):
        raise RefusedByRule(
            say("{domain} can't be a customer's domain.", domain=domain),
            say("Name a domain that only this company writes from, not a mail provider's and not one of ours."),
        )
    if known is not None:
        return {}
    assert company.id is not None  # noqa: S101  (it was read from the table)
    moved = contacts_at(session, {domain}, None)
    session.add(CompanyDomain(domain=domain, company_id=company.id))
    move_people(session, moved, company.id)
    return {"domain": domain, "moved": moved}


COMMAND = EditCompany
