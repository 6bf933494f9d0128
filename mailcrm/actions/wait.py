"""Wait: a person says that we wait for an answer, for how long until it is asked for again, or that nobody waits any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.domain.clock.estimate import instant_ahead
from mailcrm.domain.clock.ledger import WaitDecided
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.records import WaitRecord
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "WaitForThem"]

_LONGEST = 365


@dataclass(frozen=True)
class WaitForThem:
    """Wait for an answer on `thread`: with the usual steps from our newest mail on, or from now for `days` working days.

    `days` 0 ends it. `until` parks it: out of sight until then, written as in a holding reply.
    """

    thread: str
    days: int | None = None
    until: str = ""

    verb: ClassVar[str] = "wait"
    title: ClassVar[Sentence] = say("Wait for their answer")
    help: ClassVar[Sentence] = say(
        "Wait for an answer and be told when to ask again; 0 days: wait no more. Park it until a day to leave it alone till then."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule while the customer waits for us, UsageError for a number of days that can't be."""
        if self.days is not None and not 0 <= self.days <= _LONGEST:
            raise UsageError(
                say("{days} working days can't be waited.", days=self.days), say("Give 1 to 365, or 0 to wait no more.")
            )
        if self.days is not None and self.until:
            raise UsageError(say("Both days and a time are given."), say("Give --days, or --until to park it."))
        thread_id = thread_id_of(session, self.thread)
        record = session.get(WaitRecord, thread_id)
        self._refuse(session, thread_id, record)
        until = instant_ahead(self.until, situation.now, situation.policies.office) if self.until else None
        details = {"days": "" if self.days is None else str(self.days), "until": until.isoformat() if until else ""}
        decision = record_decision(session, situation, thread_id, WaitDecided.name, situation.now, details)
        return Done(
            self._said(until, situation),
            thread_id,
            frozenset({thread_id}),
            ("thread", {"id": f"t{thread_id}"}),
            {"decision": decision},
        )

    def _refuse(self, session: Session, thread_id: int, record: WaitRecord | None) -> None:
        if self.days == 0:
            if record is None:
                raise RefusedByRule(
                    say("Nobody waits on this thread."),
                    say("`mailcrm worklist --view waiting` shows what we wait for."),
                )
        elif record is None and open_turns(session, thread_id):
            raise RefusedByRule(
                say("On this thread the customer waits for us."),
                say("Reply, hold (tell when), note that it was answered elsewhere, or waive (no reply needed)."),
            )

    def _said(self, until: datetime | None, situation: Situation) -> Sentence:
        if until is not None:
            return say("Parked until {until}.", until=stamp(until, situation.zone, active_language()))
        return say("Nobody waits any more: noted.") if self.days == 0 else say("Waiting for their answer: noted.")

    undo = staticmethod(revoke_decision)


COMMAND = WaitForThem
