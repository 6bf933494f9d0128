"""Merge companies: a person says that two companies are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.knowing import before_of, give_back
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, CompanyDomain, Contact, Thread
from mailcrm.store.finding import number
from mailcrm.store.parties import contacts_at, domains_of, move_people, threads_of_company
from mailcrm.store.tags import set_tags, tags_of
from mailcrm.store.threads import settle_threads

__all__ = ["COMMAND", "MergeCompanies"]

_FIELDS = ("name", "role", "role_reason", "country", "country_reason", "grade", "reply_within", "zone", "by_person")


@dataclass(frozen=True)
class MergeCompanies:
    """Let everything of company `other` be `company`'s: domains, contacts, threads, and what a person said of it alone."""

    company: str
    other: str

    verb: ClassVar[str] = "merge_company"
    title: ClassVar[Sentence] = say("Merge two companies")
    help: ClassVar[Sentence] = say("Make two companies one: its domains and people stand together, and one role holds.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Merge them; RefusedByRule where they are one already."""
        del situation
        into = session.get_one(Company, number(self.company, "o", "company"))
        gone = session.get_one(Company, number(self.other, "o", "company"))
        if into.id == gone.id:
            raise RefusedByRule(say("This is one company already."), say("Name two: `mailcrm company merge o5 o7`."))
        domains = domains_of(session, gone.id)
        people = list(session.exec(select(Contact.id).where(col(Contact.company_id) == gone.id)))
        before = {
            "into": into.id,
            "kept": before_of(into, _FIELDS),
            "gone": {**gone.model_dump(), "created_at": gone.created_at.isoformat()},
            "domains": domains,
            "contacts": people,
            "tags": [tags_of(session, into), tags_of(session, gone)],
        }
        _learn(into, gone)
        session.add(into)
        session.flush()
        set_tags(session, into, {*tags_of(session, into), *tags_of(session, gone)})
        set_tags(session, gone, ())
        _move(session, domains, [one for one in people if one is not None], into.id)
        session.execute(update(Thread).where(col(Thread.company_id) == gone.id).values(company_id=into.id))
        session.delete(gone)
        session.flush()
        touched = threads_of_company(session, into.id)
        settle_threads(session, touched)
        return Done(say("The two companies are one now."), None, touched, ("company", {"id": f"o{into.id}"}), before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Bring the second company back, with its domains, its people, and who wrote from those domains since."""
        del situation
        gone = before["gone"]
        touched = threads_of_company(session, before["into"])
        again = Company(**{**gone, "created_at": datetime.fromisoformat(gone["created_at"])})
        session.add(again)
        into = session.get_one(Company, before["into"])
        give_back(into, before["kept"])
        session.add(into)
        session.flush()
        for company, tags in zip(
            (into, again), before.get("tags", ()), strict=False
        ):  # none from before there were tags
            set_tags(session, company, tags)
        there = select(Contact.id).where(col(Contact.id).in_(before["contacts"]), col(Contact.company_id) == into.id)
        people = {*contacts_at(session, before["domains"], into.id), *(one or 0 for one in session.exec(there))}
        _move(session, before["domains"], people, gone["id"])
        settle_threads(session, touched)
        return touched


def _learn(into: Company, gone: Company) -> None:
    """Take over what a person said of the other company and nobody said of this one."""
    for field in set(gone.by_person) - set(into.by_person):
        setattr(into, field, getattr(gone, field))
        setattr(into, f"{field}_reason", getattr(gone, f"{field}_reason"))
    into.by_person = sorted({*into.by_person, *gone.by_person})
    into.grade = into.grade or gone.grade
    into.reply_within = into.reply_within or gone.reply_within
    into.zone = into.zone or gone.zone


def _move(session: Session, domains: list[str], people: Collection[int], company_id: int | None) -> None:
    mine = col(CompanyDomain.domain).in_(domains)
    session.execute(update(CompanyDomain).where(mine).values(company_id=company_id))
    move_people(session, people, company_id)


COMMAND = MergeCompanies
