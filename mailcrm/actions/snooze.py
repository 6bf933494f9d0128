"""Snooze: a thread is out of sight for a while, and never past the hour at which its deadline is at risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns
from mailcrm.domain.clock.estimate import instant_ahead
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.states import back_from_snooze
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.records import Thread
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "Snooze"]


@dataclass(frozen=True)
class Snooze:
    """Keep `thread` off the lists `until` an instant, written as in a holding reply; new mail on it brings it back at once."""

    thread: str
    until: str

    verb: ClassVar[str] = "snooze"
    title: ClassVar[Sentence] = say("Snooze")
    help: ClassVar[Sentence] = say(
        "Keep this thread off the lists for a while; it is back before its deadline is at risk."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note until when; RefusedByRule where nothing is open, or where the deadline is at risk before anything could be hidden."""
        thread_id = thread_id_of(session, self.thread)
        turns = open_turns(session, thread_id)
        if not turns:
            raise RefusedByRule(
                say("Nothing is open on this thread."), say("`mailcrm done {id}` puts it away.", id=f"t{thread_id}")
            )
        until = instant_ahead(self.until, situation.now, situation.policies.office)
        policy = situation.policies.clock
        back = min(back_from_snooze(until, turn.deadline, policy, domestic=turn.domestic) for turn in turns)
        if back <= situation.now:
            raise RefusedByRule(
                say("Its deadline is too near to put it out of sight."), say("Reply, or tell the customer when (hold).")
            )
        thread = session.get_one(Thread, thread_id)
        before, thread.snoozed_until = thread.snoozed_until, until
        session.add(thread)
        return Done(
            say("Snoozed: back {back}.", back=stamp(back, situation.zone, active_language())),
            thread_id,
            frozenset(),
            ("thread", {"id": f"t{thread_id}"}),
            {"thread": thread_id, "until": before.isoformat() if before else ""},
            {"until": until.isoformat()},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be where it was."""
        del situation
        thread = session.get_one(Thread, before["thread"])
        thread.snoozed_until = datetime.fromisoformat(before["until"]) if before["until"] else None
        session.add(thread)
        return frozenset()


COMMAND = Snooze
