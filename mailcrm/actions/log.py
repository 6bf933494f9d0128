"""Log: a person spoke with a contact by phone, chat or face to face."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import checked_channel, past_moment, record_decision, revoke_decision, seen
from mailcrm.actions.heard import Heard, keep
from mailcrm.domain.clock.ledger import AnsweredElsewhere
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.message import Kind
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Contact, Message, TurnRecord
from mailcrm.store.finding import contact_named, thread_id_of
from mailcrm.store.threads import new_thread_with, thread_with

__all__ = ["COMMAND", "LogContact"]

_ANSWERED_AT = re.compile(r"(?i)(?:answered|replied|called|已?回复|已?答复|已?回电)\s*(?:at\s*)?(\d{1,2}:\d{2})(?!\d)")


@dataclass(frozen=True)
class LogContact:
    """Note that `contact` ("c7" or an address) was spoken with by `channel` at `at`; `text` says what was said.

    We spoke to them: their open turn closes (`thread` names it where several are open). With `inbound` they came to us with
    a question: a turn opens. Without `at` a time that the text names ("answered 15:10") counts, else now.
    """

    contact: str
    channel: str
    text: str
    at: str | datetime | None = None
    inbound: bool = False
    thread: str | None = None

    verb: ClassVar[str] = "log"
    title: ClassVar[Sentence] = say("Log a call or a chat")
    help: ClassVar[Sentence] = say(
        "Note that you spoke with a contact by phone, chat or in person: it closes the open turn, or opens one."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it down; RefusedByRule where it can't be told which of several open turns was answered."""
        words = self.text.strip()
        if not words:
            raise UsageError(say("What was said is missing."), say("Say it in a line: `--text …`."))
        channel, contact = checked_channel(self.channel), contact_named(session, self.contact)
        told = _ANSWERED_AT.search(words) if not self.at and not self.inbound else None
        at = past_moment(told[1] if told else self.at, situation)
        if self.inbound:
            thread_id = thread_id_of(session, self.thread) if self.thread else new_thread_with(session, contact, words)
            heard = Heard(contact, thread_id, at, channel, words)
            before: dict[str, object] = {"message": keep(session, situation, heard)}
            said = say("{who} waits for an answer: noted.", who=contact.name or contact.address)
        else:
            thread_id = self._spoken_about(session, contact, words)
            details = {"channel": channel, "summary": words, **seen(session, thread_id)}
            decision = record_decision(session, situation, thread_id, AnsweredElsewhere.name, at, details)
            before = {"decision": decision}
            said = say("Spoken with {who} by {channel}: noted.", who=contact.name or contact.address, channel=channel)
        return Done(said, thread_id, frozenset({thread_id}), ("thread", {"id": f"t{thread_id}"}), before)

    def _spoken_about(self, session: Session, contact: Contact, words: str) -> int:
        """Return the thread on which this was an answer: the named one, the only open one, else the newest."""
        if self.thread:
            return thread_id_of(session, self.thread)
        theirs = select(Message.thread_id).where(col(Message.contact_id) == contact.id)
        waiting = select(TurnRecord.thread_id).where(col(TurnRecord.end) == "", col(TurnRecord.thread_id).in_(theirs))
        threads = sorted(set(session.exec(waiting)))
        if len(threads) > 1:
            named = ", ".join(f"t{thread}" for thread in threads)
            raise RefusedByRule(
                say("Several conversations with this contact are open: {threads}.", threads=named),
                say("Say which one was answered: `--thread {first}`.", first=f"t{threads[0]}"),
            )
        return threads[0] if threads else thread_with(session, contact, words)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take it back; what they said stays on record as no mail of a customer."""
        if "decision" in before:
            return revoke_decision(session, before, situation)
        message = session.get_one(Message, before["message"])
        message.kind, message.reclassified_at = Kind.SPAM.value, situation.now
        session.add(message)
        return frozenset({message.thread_id})


COMMAND = LogContact
