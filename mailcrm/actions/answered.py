"""Answered elsewhere: a person answered the customer by phone, chat or fax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import open_turns, record_decision, revoke_decision
from mailcrm.domain.clock.ledger import AnsweredElsewhere
from mailcrm.domain.clock.moments import parse_moment
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.store.finding import thread_id_of

__all__ = ["CHANNELS", "COMMAND", "Answered"]

CHANNELS = ("phone", "whatsapp", "wechat", "platform", "fax", "fair", "visit", "other")


@dataclass(frozen=True)
class Answered:
    """Close the open turns of `thread`: answered by `channel` at `at` (an instant, ISO text, or empty for now)."""

    thread: str
    channel: str
    at: str | datetime | None = None
    text: str = ""

    verb: ClassVar[str] = "answered"
    title: ClassVar[Sentence] = say("Answered elsewhere")
    help: ClassVar[Sentence] = say("The customer was answered by phone, chat or in person: note when and what.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the decision; RefusedByRule where nothing is open or the time lies ahead, UsageError for the channel."""
        if self.channel not in CHANNELS:
            raise UsageError(
                say("{channel} is no channel.", channel=self.channel),
                say("Channels are: {known}.", known=", ".join(CHANNELS)),
            )
        at = parse_moment(self.at, situation.now, situation.zone)
        if at > situation.now:
            raise RefusedByRule(
                say("An answer can't be in the future."), say("Give the time at which the customer was answered.")
            )
        thread_id = thread_id_of(session, self.thread)
        if not open_turns(session, thread_id):
            raise RefusedByRule(
                say("Nothing is open on this thread."), say("`mailcrm explain {id}` tells why.", id=f"t{thread_id}")
            )
        details = {"channel": self.channel, "summary": self.text.strip()}
        decision = record_decision(session, situation, thread_id, AnsweredElsewhere.name, at, details)
        return Done(
            say("Answered by {channel}: noted.", channel=self.channel),
            thread_id,
            frozenset({thread_id}),
            ("thread", {"id": f"t{thread_id}"}),
            {"decision": decision},
        )

    undo = staticmethod(revoke_decision)


COMMAND = Answered
