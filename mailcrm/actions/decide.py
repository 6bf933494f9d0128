"""Decide: a person says whether a reply of ours only promised, or was the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.domain.clock.estimate import parse_estimate
from mailcrm.domain.clock.ledger import PromiseDecided
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.records import TurnRecord
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "Decide"]

_ROW = "r"


@dataclass(frozen=True)
class Decide:
    """Say "yes" (it promised) or "no" (it was the answer) of the reply asked about on `item`, a worklist row or a thread.

    `until`: another instant than the one read from the text, as in a holding reply.
    """

    item: str
    answer: str
    until: str = ""

    verb: ClassVar[str] = "decide"
    title: ClassVar[Sentence] = say("Say whether our reply only promised")
    help: ClassVar[Sentence] = say(
        "Yes: it promised an answer, and the promise is the deadline. No: it was the answer."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nothing is asked, UsageError for another word than yes or no."""
        if self.answer not in ("yes", "no"):
            raise UsageError(say("{answer} is neither yes nor no.", answer=self.answer), say("Answer yes or no."))
        item = f"m{self.item[1:]}" if self.item[:1] == _ROW and self.item[1:].isdecimal() else self.item
        thread_id = thread_id_of(session, item)
        asked = [turn for turn in open_turns(session, thread_id) if turn.supposed_by]
        if not asked:
            raise RefusedByRule(
                say("Nothing is asked on this thread."), say("`mailcrm explain {id}` tells why.", id=f"t{thread_id}")
            )
        details = {"sent": asked[-1].supposed_by, "until": self._until(asked[-1], situation)}
        decision = record_decision(session, situation, thread_id, PromiseDecided.name, situation.now, details)
        said = say("Promised: noted.") if details["until"] else say("It was the answer: noted.")
        return Done(
            said, thread_id, frozenset({thread_id}), ("thread", {"id": f"t{thread_id}"}), {"decision": decision}
        )

    def _until(self, turn: TurnRecord, situation: Situation) -> str:
        if self.answer == "no":
            return ""
        if self.until:
            return parse_estimate(self.until, situation.now, situation.policy.office).isoformat()
        return turn.deadline.isoformat()

    undo = staticmethod(revoke_decision)


COMMAND = Decide
