"""Delivered sample: a person knows that it has arrived, by the courier's page, the customer's word, or a notice that proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, evidence_of, take_back
from mailcrm.domain.clock.moments import parse_moment
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.samples import Deed, note, sample_named, snapshot

__all__ = ["COMMAND", "DeliveredSample"]


@dataclass(frozen=True)
class DeliveredSample:
    """Sample `id` was delivered `at` (now where it isn't said); `evidence`: the mail, the file, or the words that say so.

    One that was in trouble on the way has gone on meanwhile. The mail that asks how it did then stands ready as a draft.
    """

    id: str
    at: str | datetime | None = None
    evidence: str = ""
    signed_by: str = ""

    verb: ClassVar[str] = "delivered_sample"
    title: ClassVar[Sentence] = say("Sample: delivered")
    help: ClassVar[Sentence] = say("Say that a sample has arrived; the mail that asks how it did then stands ready.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where the sample isn't on its way."""
        row = sample_named(session, self.id)
        before, at = snapshot(row), self._moment(row, situation)
        shown = evidence_of(session, self.evidence, self.signed_by.strip() or f"said by {situation.actor}")
        deed = Deed(at, situation.actor, shown)
        if row.state == SampleState.EXCEPTION:
            advance(session, row, SampleState.SHIPPED, deed)
        advance(session, row, SampleState.DELIVERED, deed)
        heard = [*row.details.get("heard", ()), *(one.ref for one in shown if one.kind == "message")]
        note(row, heard=heard, signed_by=self.signed_by.strip())
        return changed(session, row, before, say("{number} was delivered: noted.", number=row.number))

    def _moment(self, row: SampleRecord, situation: Situation) -> datetime:
        """Return when it arrived; RefusedByRule for a time that is still to come, or before the day on which it left."""
        at = parse_moment(self.at, situation.now, situation.zone)
        if at > situation.now:
            raise RefusedByRule(say("A sample isn't delivered in the future."), say("Say so when it has arrived."))
        if row.shipped_on is not None and at.astimezone(ZoneInfo(situation.zone)).date() < row.shipped_on:
            raise RefusedByRule(
                say("{number} left on {day}: it can't have arrived before.", number=row.number, day=row.shipped_on),
                say("Compare the day with the courier's page."),
            )
        return at

    undo = staticmethod(take_back)


COMMAND = DeliveredSample
