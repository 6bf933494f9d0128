"""Note: write something down about a thread or a contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import record_decision, revoke_decision
from mailcrm.domain.clock.ledger import NoteWritten
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.store.finding import contact_named, is_contact, thread_id_of
from mailcrm.store.threads import thread_with

__all__ = ["COMMAND", "Note"]


@dataclass(frozen=True)
class Note:
    """Write `text` into the story of `about`: a thread, or a contact's newest one."""

    about: str
    text: str

    verb: ClassVar[str] = "note"
    title: ClassVar[Sentence] = say("Write a note")
    help: ClassVar[Sentence] = say("Write something down about this thread; it touches no clock.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; UsageError without a word."""
        text = self.text.strip()
        if not text:
            raise UsageError(say("The note is empty."), say("Write at least a word."))
        if is_contact(self.about):
            thread_id = thread_with(session, contact_named(session, self.about), text)
        else:
            thread_id = thread_id_of(session, self.about)
        event = (NoteWritten.name, situation.now, {"text": text})
        decision = record_decision(session, situation, thread_id, *event)
        shown = ("thread", {"id": f"t{thread_id}"})
        return Done(say("Noted."), thread_id, frozenset({thread_id}), shown, {"decision": decision})

    undo = staticmethod(revoke_decision)


COMMAND = Note
