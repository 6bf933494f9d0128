"""Proposals on the worklist: what a mail suggests to do, each with its reason, until a person says yes or no.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.domain.clock.states import State
from mailcrm.domain.clock.story import localised
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Company, Contact, Message
from mailcrm.store.proposals import open_proposals

__all__ = ["proposal_rows"]

_LETTERS = {"sample": "s", "quote": "q", "order": "d"}


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
                band="step",
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
                owner=owners.of(mail.thread_id, mail.account_id),
            )
        )
    return made
