"""What a person says of a wait: that it goes on though they wrote elsewhere, or that this was the answer.

Room: actions. Row ids of waits are "w340", by the mail that we wait on.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision
from mailcrm.domain.clock.ledger import ElsewhereDecided
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import say
from mailcrm.records import WaitRecord
from mailcrm.store.finding import thread_id_of

__all__ = ["asked_about_waiting", "still_waiting"]

_ROW, _THREAD = "w", "t"


def asked_about_waiting(session: Session, item: str) -> WaitRecord | None:
    """Return the wait that `item` ("w340", or a thread on which nothing else is asked) is about, None where it is about none.

    RefusedByRule where a row of a wait is named about which nothing is asked.
    """
    if item[:1] not in (_ROW, _THREAD):
        return None
    by_row = item[:1] == _ROW
    thread_id = thread_id_of(session, f"m{item[1:]}" if by_row else item)
    record = session.exec(select(WaitRecord).where(col(WaitRecord.thread_id) == thread_id)).first()
    if record is not None and record.elsewhere is not None:
        return record if by_row or not any(turn.supposed_by for turn in open_turns(session, thread_id)) else None
    if by_row:
        raise RefusedByRule(
            say("Nothing is asked about this wait."),
            say("`mailcrm wait {id}` changes it, with --days 0 it ends.", id=f"t{thread_id}"),
        )
    return None


def still_waiting(session: Session, situation: Situation, record: WaitRecord, answer: str) -> Done:
    """Write whether we still wait ("yes") though they wrote on another thread, or whether that was the answer ("no")."""
    details = {"message": f"m{record.elsewhere}", "waiting": answer}
    thread_id = record.thread_id
    decision = record_decision(session, situation, thread_id, ElsewhereDecided.name, situation.now, details)
    said = say("Still waiting: noted.") if answer == "yes" else say("Answered: noted.")
    return Done(said, thread_id, frozenset({thread_id}), ("thread", {"id": f"t{thread_id}"}), {"decision": decision})
