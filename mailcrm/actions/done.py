"""Done: put a thread away that needs nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Thread
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "PutAway"]


@dataclass(frozen=True)
class PutAway:
    """Take `thread` off every list until something happens on it."""

    thread: str

    verb: ClassVar[str] = "done"
    title: ClassVar[Sentence] = say("Done")
    help: ClassVar[Sentence] = say("Take this thread off the list until something new happens on it.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Put it away; RefusedByRule while the customer waits for a reply."""
        del situation
        thread_id = thread_id_of(session, self.thread)
        if open_turns(session, thread_id):
            raise RefusedByRule(
                say("The customer still waits for a reply."),
                say("Reply, hold (tell when), note that it was answered elsewhere, or waive (no reply needed)."),
            )
        thread = session.get_one(Thread, thread_id)
        before = thread.done
        thread.done = True
        session.add(thread)
        return Done(
            say("Put away."),
            thread_id,
            frozenset(),
            ("thread", {"id": f"t{thread_id}"}),
            {"thread": thread_id, "done": before},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Bring it back."""
        del situation
        thread = session.get_one(Thread, before["thread"])
        thread.done = bool(before["done"])
        session.add(thread)
        return frozenset()


COMMAND = PutAway
