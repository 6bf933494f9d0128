"""Advance sample: any step that has no command of its own, or one that is left out with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, evidence_of, read_state, take_back, unchanged
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.samples.states import STATE_WORDS, STEPS, SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.samples import Deed, sample_named, snapshot

__all__ = ["COMMAND", "AdvanceSample"]


@dataclass(frozen=True)
class AdvanceSample:
    """Let sample `id` be `state`; where it is that, nothing happens. `evidence`: a mail, a kept file, or words that show it.

    `reason` is needed where it is given up; `skip` leaves out the steps before, for a reason, but no gate that saves money. `goes_on`: the
    courier, or the tracking service, says that the same parcel goes on after its trouble; without that another one has to leave.
    """

    id: str
    state: str
    reason: str = ""
    skip: str = ""
    evidence: str = ""
    goes_on: bool = False

    verb: ClassVar[str] = "advance_sample"
    title: ClassVar[Sentence] = say("Sample: the next step")
    help: ClassVar[Sentence] = say("Say that a sample has come to its next state; what is still missing is named.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Make the step; RefusedByRule names all that is missing."""
        row, to = sample_named(session, self.id), read_state(self.state)
        if to == row.state and to not in STEPS[to]:
            return unchanged(
                session, row, say("{number} is that already: {state}.", number=row.number, state=STATE_WORDS[to])
            )
        if row.state == SampleState.EXCEPTION and to is SampleState.SHIPPED and not self.goes_on:
            raise RefusedByRule(
                say("{number} is in trouble on the way: another parcel has to leave.", number=row.number),
                say(
                    "Give its waybill: `mailcrm sample ship {number} --awb NUMBER`. Where the courier's page says that the same one goes on, `mailcrm sample statuses` notes it.",
                    number=row.number,
                ),
            )
        before, why = snapshot(row), (self.skip or self.reason).strip()
        shown = evidence_of(session, self.evidence, why or to.value)
        reason = say("Skipped: {reason}", reason=why) if self.skip else Sentence("{reason}", {"reason": why})
        deed = Deed(situation.now, situation.actor, shown, reason if why else None)
        advance(session, row, to, deed, reason=why, skip=bool(self.skip))
        said = say("{number} is now: {state}.", number=row.number, state=STATE_WORDS[read_state(row.state)])
        return changed(session, row, before, said)

    undo = staticmethod(take_back)


COMMAND = AdvanceSample
