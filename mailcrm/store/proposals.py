"""Proposals: written down once, answered once.

Room: store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.proposals import Proposal
from mailcrm.records import Message, ProposalRecord

__all__ = ["CLOSED", "drop_proposals", "drop_thread_proposals", "open_proposals", "propose"]

CLOSED = "closed"
"""The answer of what isn't asked while its writer is no customer: it is asked again once that is so no more."""


def propose(session: Session, proposal: Proposal, mail: Message, at: datetime) -> bool:
    """Write down what `mail` suggests; False where it did so before, whatever was answered."""
    session.flush()
    identity = proposal.identity(mail.id or 0)
    if session.exec(select(ProposalRecord.id).where(col(ProposalRecord.identity) == identity)).first() is not None:
        return False
    session.add(
        ProposalRecord(
            identity=identity,
            verb=proposal.verb,
            arguments=dict(proposal.arguments),
            reason=proposal.reason.to_json(),
            message_id=mail.id or 0,
            noun=proposal.noun,
            noun_id=proposal.noun_id,
            at=at,
        )
    )
    return True


def open_proposals(session: Session) -> Sequence[ProposalRecord]:
    """Return those that nobody answered, the oldest first."""
    return session.exec(
        select(ProposalRecord).where(col(ProposalRecord.answer) == "").order_by(col(ProposalRecord.id))
    ).all()


def drop_proposals(
    session: Session, noun: str, noun_id: int, verbs: Sequence[str], at: datetime, mail: int | None = None
) -> None:
    """Let open proposals about a noun be gone: what they suggest was done otherwise, or can't be done any more; of one `mail` only, if given."""
    session.flush()
    for row in open_proposals(session):
        theirs = mail is None or row.message_id == mail
        if (row.noun, row.noun_id) == (noun, noun_id) and row.verb in verbs and theirs:
            row.answer, row.answered_by, row.answered_at = "gone", "mailcrm", at
            session.add(row)


def drop_thread_proposals(session: Session, thread_id: int, verb: str, at: datetime) -> None:
    """Let open proposals to make something of a thread's mails be gone: it was made."""
    session.flush()
    mails = set(session.exec(select(Message.id).where(col(Message.thread_id) == thread_id)))
    undecided = select(ProposalRecord).where(
        col(ProposalRecord.answer).in_(("", CLOSED)), col(ProposalRecord.verb) == verb
    )
    for row in session.exec(undecided):
        if not row.noun_id and row.message_id in mails:
            row.answer, row.answered_by, row.answered_at = "gone", "mailcrm", at
            session.add(row)
