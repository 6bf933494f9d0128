"""Answered elsewhere: a person answered the customer by phone, chat or fax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import checked_channel, open_turns, past_moment, record_decision, revoke_decision, seen
from mailcrm.domain.clock.ledger import AnsweredElsewhere
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.store.finding import thread_id_of

__all__ = ["COMMAND", "Answered"]


@dataclass(frozen=True)
class Answered:
    """Close the open turns of `thread`: answered by `channel` at `at` (an instant, ISO text, or empty for now).

    `seen_until` as of `Waive`.
    """

    thread: str
    channel: str
    at: str | datetime | None = None
    text: str = ""
    seen_until: datetime | None = None

    verb: ClassVar[str] = "answered"
    title: ClassVar[Sentence] = say("Answered elsewhere")
    help: ClassVar[Sentence] = say("The customer was answered by phone, chat or in person: note when and what.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nothing is open or the time lies ahead, UsageError for the channel."""
        channel = checked_channel(self.channel)
        at = past_moment(self.at, situation)
        thread_id = thread_id_of(session, self.thread)
        if not open_turns(session, thread_id):
            raise RefusedByRule(
                say("Nothing is open on this thread."), say("`mailcrm explain {id}` tells why.", id=f"t{thread_id}")
            )
        details = {"channel": channel, "summary": self.text.strip(), **seen(session, thread_id, self.seen_until)}
        decision = record_decision(session, situation, thread_id, AnsweredElsewhere.name, at, details)
        return Done(
            say("Answered by {channel}: noted.", channel=channel),
            thread_id,
            frozenset({thread_id}),
            ("thread", {"id": f"t{thread_id}"}),
            {"decision": decision},
        )

    undo = staticmethod(revoke_decision)


COMMAND = Answered
