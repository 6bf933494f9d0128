"""Answered too: our reply answered also what arrived while it was being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.domain.clock.ledger import AnswerDecided
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "AnsweredToo"]


@dataclass(frozen=True)
class AnsweredToo:
    """Say that our newest reply on `thread` answered the mail too that arrived while it was being written."""

    thread: str

    verb: ClassVar[str] = "answered_too"
    title: ClassVar[Sentence] = say("Answered too")
    help: ClassVar[Sentence] = say("Our reply answered what arrived while it was being written, too.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nothing arrived while a reply was being written."""
        thread_id = thread_id_of(session, self.thread)
        late = [turn for turn in open_turns(session, thread_id) if turn.late_arrivals]
        ours = (col(Message.thread_id) == thread_id, col(Message.side) == Side.OURS.value)
        sent = select(Message.id).where(*ours, col(Message.kind) == Kind.HUMAN.value)
        newest = session.exec(sent.order_by(col(Message.sort_key).desc()).limit(1)).first()
        if not late or newest is None:
            raise RefusedByRule(
                say("Nothing arrived here while a reply was being written."),
                say("`mailcrm answered {id}` notes an answer by phone or chat.", id=f"t{thread_id}"),
            )
        event = (AnswerDecided.name, situation.now, {"answer": "yes"}, newest)
        decision = record_decision(session, situation, thread_id, *event)
        shown = ("thread", {"id": f"t{thread_id}"})
        return Done(say("Answered too: noted."), thread_id, frozenset({thread_id}), shown, {"decision": decision})

    undo = staticmethod(revoke_decision)


COMMAND = AnsweredToo
