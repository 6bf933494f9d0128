"""What a thread's mails suggest to do, as long as nobody said yes or no.

Room: queries. `decide` answers by the id; what it asks about the thread's turn comes first, and while it does nothing is suggested here.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.clock.story import localised
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import SuggestionRow
from mailcrm.records import Message, ProposalRecord, TurnRecord
from mailcrm.store.finding import thread_id_of
from mailcrm.store.questions import open_forwards, probable_answers

__all__ = ["suggestions"]


def suggestions(session: Session, outlook: Outlook, *, thread: str) -> tuple[SuggestionRow, ...]:
    """Return them, the oldest first."""
    number = thread_id_of(session, thread)
    theirs = select(Message.id).where(col(Message.thread_id) == number)
    wanted = select(ProposalRecord).where(col(ProposalRecord.answer) == "", col(ProposalRecord.message_id).in_(theirs))
    found = session.exec(wanted.order_by(col(ProposalRecord.id))).all()
    if not found or _is_asked(session, outlook, number):
        return ()
    return tuple(
        SuggestionRow(f"j{row.id}", localised(Sentence.from_json(row.reason), outlook.zone), begins=not row.noun_id)
        for row in found
    )


def _is_asked(session: Session, outlook: Outlook, thread_id: int) -> bool:
    """Whether something is asked about the thread itself: did we promise, was that our answer, is it ours to answer."""
    here = select(TurnRecord).where(col(TurnRecord.thread_id) == thread_id, col(TurnRecord.end) == "")
    turns = session.exec(here).all()
    return (
        any(turn.supposed_by for turn in turns)
        or bool(probable_answers(session, turns, outlook.ours))
        or any(mail.thread_id == thread_id for mail in open_forwards(session, outlook.now, outlook.ours))
    )
