"""Waive: a person decides that no reply is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision, seen
from mailcrm.domain.clock.ledger import TurnWaived
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "Waive"]


@dataclass(frozen=True)
class Waive:
    """End the open turns of `thread` without a reply; `reason` goes into the ledger.

    `seen_until`: the arrival of the newest mail that the person had before them; None: all that is here.
    """

    thread: str
    reason: str
    seen_until: datetime | None = None

    verb: ClassVar[str] = "waive"
    title: ClassVar[Sentence] = say("No reply needed")
    help: ClassVar[Sentence] = say("End the clock of this thread without a reply, with the reason kept.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where no turn is open, UsageError without a reason."""
        if not self.reason.strip():
            raise UsageError(say("A reason is missing."), say("Say in a few words why no reply is needed."))
        thread_id = thread_id_of(session, self.thread)
        if not open_turns(session, thread_id):
            raise RefusedByRule(
                say("Nothing is open on this thread."), say("`mailcrm explain {id}` tells why.", id=f"t{thread_id}")
            )
        details = {"reason": self.reason.strip(), **seen(session, thread_id, self.seen_until)}
        decision = record_decision(session, situation, thread_id, TurnWaived.name, situation.now, details)
        return Done(
            say("No reply needed: noted."),
            thread_id,
            frozenset({thread_id}),
            ("thread", {"id": f"t{thread_id}"}),
            {"decision": decision},
        )

    undo = staticmethod(revoke_decision)


COMMAND = Waive
