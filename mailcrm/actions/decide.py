"""Decide: a person answers what a row of the worklist asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.actions.proposed import decide_proposal, take_back_proposal
from mailcrm.actions.waits import asked_about_waiting, still_waiting
from mailcrm.domain.clock.estimate import parse_estimate
from mailcrm.domain.clock.ledger import AnswerDecided, ForwardDecided, PromiseDecided
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.message import Address
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message, Thread, TurnRecord
from mailcrm.store.evidence import forget_evidence
from mailcrm.store.finding import numbered, thread_id_of
from mailcrm.store.parties import contact_of
from mailcrm.store.questions import open_forwards, probable_answers
from mailcrm.store.threads import settle_threads

__all__ = ["COMMAND", "Decide"]

_ROW = "r"


@dataclass(frozen=True)
class Decide:
    """Say "yes" or "no" to what is asked on `item`, a worklist row or a thread.

    Asked is, in this order: did our reply only promise; does that mail of ours answer this; is the mail that a colleague passed on
    ours to answer. A proposal ("j5") is done with yes, as the verb that it names. `until`: another instant of the promise than the one read from the text, as in a holding reply.
    """

    item: str
    answer: str
    until: str = ""

    verb: ClassVar[str] = "decide"
    title: ClassVar[Sentence] = say("Answer what is asked")
    help: ClassVar[Sentence] = say(
        "Yes or no to what a row asks: whether our reply only promised, whether a mail of ours answers this, whether a forwarded mail is ours to answer, whether we still wait though they wrote elsewhere."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nothing is asked, UsageError for another word than yes or no."""
        if self.answer not in ("yes", "no"):
            raise UsageError(say("{answer} is neither yes nor no.", answer=self.answer), say("Answer yes or no."))
        proposal = numbered(self.item, "j")
        if proposal is not None:
            return decide_proposal(session, situation, proposal, yes=self.answer == "yes")
        asked_wait = asked_about_waiting(session, self.item)
        if asked_wait is not None:
            return still_waiting(session, situation, asked_wait, self.answer)
        row = numbered(self.item, _ROW)
        thread_id = thread_id_of(session, self.item if row is None else f"m{row}")
        turns = [turn for turn in open_turns(session, thread_id) if row in (None, turn.opened_by)]
        supposed = [turn for turn in turns if turn.supposed_by]
        probable = {} if supposed else probable_answers(session, turns, situation.ours)
        if supposed:
            return self._promise(session, situation, supposed[-1])
        if probable:
            return self._answer(session, situation, thread_id, min(probable.items())[1])
        return self._forward(session, situation, thread_id)

    def _promise(self, session: Session, situation: Situation, turn: TurnRecord) -> Done:
        details = {"sent": turn.supposed_by, "until": self._until(turn, situation)}
        decision = record_decision(session, situation, turn.thread_id, PromiseDecided.name, situation.now, details)
        said = say("Promised: noted.") if details["until"] else say("It was the answer: noted.")
        return _done(said, turn.thread_id, {"decision": decision})

    def _until(self, turn: TurnRecord, situation: Situation) -> str:
        if self.answer == "no":
            return ""
        if self.until:
            return parse_estimate(self.until, situation.now, situation.policies.office).isoformat()
        return turn.deadline.isoformat()

    def _answer(self, session: Session, situation: Situation, thread_id: int, mail: Message) -> Done:
        event = (AnswerDecided.name, situation.now, {"answer": self.answer}, mail.id)
        decision = record_decision(session, situation, thread_id, *event)
        yes = self.answer == "yes"
        said = say("It was the answer: noted.") if yes else say("It was no answer to this: noted.")
        return _done(said, thread_id, {"decision": decision})

    def _forward(self, session: Session, situation: Situation, thread_id: int) -> Done:
        asked = [m for m in open_forwards(session, situation.now, situation.ours) if m.thread_id == thread_id]
        if not asked:
            raise RefusedByRule(
                say("Nothing is asked on this thread."), say("`mailcrm explain {id}` tells why.", id=f"t{thread_id}")
            )
        forward, thread = asked[0], session.get_one(Thread, thread_id)
        event = (ForwardDecided.name, situation.now, {"answer": self.answer}, forward.id)
        before: dict[str, object] = {"decision": record_decision(session, situation, thread_id, *event)}
        if self.answer == "no":
            return _done(say("Not ours to answer: noted."), thread_id, before)
        before |= {"forward": forward.id, "contact": thread.contact_id, "company": thread.company_id}
        inside = forward.forwarded or {}
        who = Address(inside["name"], inside["address"])
        contact, colleagues = contact_of(session, who, situation.ours, situation.now)
        forward.contact_id = contact.id
        session.add(forward)
        forget_evidence(session, {thread_id})
        settle_threads(session, {thread_id})
        return _done(say("Taken over: the answer goes to {who}.", who=who.addr_spec), thread_id, before, colleagues)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take the word back."""
        if "proposal" in before:
            return take_back_proposal(session, before, situation)
        if "forward" in before:
            forward = session.get_one(Message, before["forward"])
            thread = session.get_one(Thread, forward.thread_id)
            forget_evidence(session, {thread.id or 0})
            forward.contact_id, thread.contact_id, thread.company_id = None, before["contact"], before["company"]
            session.add_all([forward, thread])
        return revoke_decision(session, before, situation)


def _done(said: Sentence, thread_id: int, before: dict[str, object], others: frozenset[int] = frozenset()) -> Done:
    return Done(said, thread_id, others | {thread_id}, ("thread", {"id": f"t{thread_id}"}), before)


COMMAND = Decide
