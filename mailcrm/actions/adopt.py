"""Adopt: take up a thread that was forgotten before mailcrm, with its true age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.domain.clock.ledger import ThreadAdopted
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "Adopt"]

_WRITTEN = [Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value]


@dataclass(frozen=True)
class Adopt:
    """Let the clock run on `thread` from its oldest unanswered mail, though that arrived before go-live; outside the figures."""

    thread: str

    verb: ClassVar[str] = "adopt"
    title: ClassVar[Sentence] = say("Take up what was forgotten")
    help: ClassVar[Sentence] = say(
        "Take up a thread that was forgotten before mailcrm: its clock runs with its true age, outside the figures."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nobody waits on the thread, or a clock runs already."""
        thread_id = thread_id_of(session, self.thread)
        waiting = _unanswered(session, thread_id)
        if not waiting or not waiting[0].history or open_turns(session, thread_id):
            raise RefusedByRule(
                say("Nothing was forgotten on this thread."),
                say("`mailcrm threads --forgotten` lists those that customers wrote last before mailcrm took over."),
            )
        at, oldest = situation.now, waiting[0].id
        decision = record_decision(session, situation, thread_id, ThreadAdopted.name, at, {}, oldest)
        shown = ("thread", {"id": f"t{thread_id}"})
        return Done(say("Taken up."), thread_id, frozenset({thread_id}), shown, {"decision": decision})

    undo = staticmethod(revoke_decision)


def _unanswered(session: Session, thread_id: int) -> list[Message]:
    """Return the mails of theirs after our last one, oldest first."""
    written = (col(Message.thread_id) == thread_id, col(Message.kind).in_(_WRITTEN))
    waiting: list[Message] = []
    for mail in session.exec(select(Message).where(*written).order_by(col(Message.sort_key))):
        waiting = [] if mail.side == Side.OURS.value else [*waiting, mail]
    return waiting


COMMAND = Adopt
