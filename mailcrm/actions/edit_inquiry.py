"""Edit an inquiry: what was found out since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.noting_inquiry import Noted, note_step
from mailcrm.domain.quotes.inquiry import Inquiry
from mailcrm.domain.quotes.inquiry_words import without_items
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message
from mailcrm.store.inquiries import inquiry_named, inquiry_of, settle_question, write_inquiry

__all__ = ["COMMAND", "EditInquiry"]


@dataclass(frozen=True)
class EditInquiry(Noted):
    """Change inquiry `id` ("i3"); `without`: the numbers of items that go, before others come."""

    id: str = ""
    without: tuple[int, ...] = ()

    verb: ClassVar[str] = "edit_inquiry"
    title: ClassVar[Sentence] = say("Edit the inquiry")
    help: ClassVar[Sentence] = say(
        "Note what was answered, asked or refused, whether we can make it and who was asked, or why the inquiry was lost."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it; with a reason it is lost, without one open again."""
        record = inquiry_named(session, self.id)
        before = {"id": record.id, "content": record.content, "changed_at": record.changed_at.isoformat()}
        state = record.state
        inquiry = self.noted(without_items(inquiry_of(record), self.without), situation)
        write_inquiry(session, record, inquiry, situation.now)
        settle_question(session, record, inquiry, situation.policies.office, situation.actor)
        note_step(session, record, state, Evidence("text", inquiry.lost_reason or situation.actor), situation)
        mail = session.get(Message, record.message_id) if record.message_id else None
        shows = ("inquiry", {"id": f"i{record.id}"})
        return Done(say("Inquiry changed."), mail.thread_id if mail else None, shows=shows, before=before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give it what it said before."""
        record = inquiry_named(session, f"i{before['id']}")
        state = record.state
        earlier = Inquiry.from_json(before["content"])
        write_inquiry(session, record, earlier, datetime.fromisoformat(before["changed_at"]))
        settle_question(session, record, earlier, situation.policies.office, situation.actor)
        note_step(session, record, state, Evidence("text", earlier.lost_reason or situation.actor), situation)
        return frozenset()


COMMAND = EditInquiry
