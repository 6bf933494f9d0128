"""Proposals on the worklist: what a mail suggests to do, each with its reason, until a person says yes or no.

Room: queries. To begin a quote or a sample is part of answering the mail that asks for it: that stands in the view of its noun, and the
row of the mail is flagged; the other proposals are asked like any question.
"""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from mailcrm.domain.clock.states import State
from mailcrm.domain.clock.story import localised
from mailcrm.domain.words import Sentence
from mailcrm.queries.order import BEGINS, is_beginning
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Company, Contact, Message
from mailcrm.store.proposals import open_proposals

__all__ = ["proposal_rows", "with_suggestions"]

# An order has no view of its own among the lists, and is worth a row: it is asked like any question.
_BEGUN = {"new_quote": BEGINS + "quote", "new_sample": BEGINS + "sample"}
_LETTERS = {"sample": "s", "quote": "q", "order": "d"}


def with_suggestions(rows: list[WorklistRow]) -> list[WorklistRow]:
    """Return the rows, those of mails flagged on whose thread something is suggested to begin."""
    begun: dict[str | None, tuple[str, ...]] = {}
    for row in rows:
        if is_beginning(row):
            begun[row.thread_id] = tuple(dict.fromkeys((*begun.get(row.thread_id, ()), *row.flags)))
    if not begun:
        return rows
    return [
        replace(row, flags=(*row.flags, *begun[row.thread_id]))
        if row.kind == "reply" and row.thread_id in begun
        else row
        for row in rows
    ]


def proposal_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of what is proposed and not answered."""
    made = []
    for proposal in open_proposals(session):
        mail = session.get_one(Message, proposal.message_id)
        contact = session.get(Contact, mail.contact_id) if mail.contact_id else None
        company = session.get(Company, contact.company_id) if contact and contact.company_id else None
        about = f"{_LETTERS[proposal.noun]}{proposal.noun_id}" if proposal.noun_id else f"m{mail.id}"
        made.append(
            WorklistRow(
                id=f"j{proposal.id}",
                ref=about,
                band="later" if proposal.verb in ("new_quote", "new_sample") else "step",
                kind="question",
                state=State.IDLE.value,
                why=localised(Sentence.from_json(proposal.reason), outlook.zone),
                thread_id=f"t{mail.thread_id}",
                company=company.name if company else None,
                contact=(contact.name or contact.address) if contact else mail.from_address,
                country=(contact.country if contact else None) or (company.country if company else None),
                grade=company.grade if company else None,
                role=company.role if company else "unknown",
                purpose=mail.purpose,
                gist=mail.gist,
                subject=mail.subject,
                arrived_at=mail.arrived_at,
                flags=(_BEGUN[proposal.verb],) if proposal.verb in _BEGUN else (),
                owner=owners.of(mail.thread_id, mail.account_id),
            )
        )
    return made
