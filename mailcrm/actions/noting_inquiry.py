"""What `new_inquiry` and `edit_inquiry` have in common: what a person notes of an inquiry, and the step that it may be.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from mailcrm.actions.command import Situation
from mailcrm.domain.quotes.inquiry import Inquiry, with_answer, with_asked, with_refused
from mailcrm.domain.quotes.inquiry_words import named_in, parse_item, with_fields
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.trade.cells import day_in
from mailcrm.records import InquiryRecord
from mailcrm.store.inquiries import NOUN
from mailcrm.store.steps import record_step

__all__ = ["Noted", "note_step"]


@dataclass(frozen=True)
class Noted:
    """What a person notes.

    `values`: field → text as in domain.quotes.inquiry_words.FIELDS, "" takes it away. `items`: one more each, as typed, or a text with a
    line for each. `answers`: question of the checklist → answer, "" opens it again; `asked` and `refused` name questions, one by one or with
    commas. `on`: the day of these ("": today).
    """

    values: Mapping[str, str] = field(default_factory=dict)
    items: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[str] = ()
    refused: Sequence[str] = ()
    on: str = ""

    def noted(self, inquiry: Inquiry, situation: Situation) -> Inquiry:
        """Return the inquiry with all of it."""
        day = self._day(situation)
        items = filter(str.strip, self.items.splitlines()) if isinstance(self.items, str) else self.items
        inquiry = replace(inquiry, items=(*inquiry.items, *map(parse_item, items)))
        inquiry = with_fields(inquiry, self.values)
        inquiry = with_refused(with_asked(inquiry, named_in(self.asked), day), named_in(self.refused), day)
        for topic, answer in self.answers.items():
            inquiry = with_answer(inquiry, topic, answer, day)
        return inquiry

    def _day(self, situation: Situation) -> date:
        today = situation.today
        return day_in(self.on or None) or today


def note_step(session: Session, record: InquiryRecord, before: str, evidence: Evidence, situation: Situation) -> None:
    """Write down that the inquiry came, was lost, or is taken up again; nothing where its state is as before."""
    if record.state != before:
        move = Move(before, record.state, situation.now, situation.actor, (evidence,))
        record_step(session, NOUN, record.id or 0, move)
