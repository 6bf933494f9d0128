"""Cancel sample: nobody wants it any more, and it hasn't left the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, evidence_of, take_back
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.samples import Deed, sample_named, snapshot

__all__ = ["COMMAND", "CancelSample"]


@dataclass(frozen=True)
class CancelSample:
    """Give sample `id` up, for `reason`; `evidence`: the mail that says so."""

    id: str
    reason: str
    evidence: str = ""

    verb: ClassVar[str] = "cancel_sample"
    title: ClassVar[Sentence] = say("Cancel a sample")
    help: ClassVar[Sentence] = say("Give a sample up before it is shipped, with the reason kept.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Cancel it; RefusedByRule once it is shipped, or without a reason."""
        row, why = sample_named(session, self.id), self.reason.strip()
        before = snapshot(row)
        reason = Sentence("{reason}", {"reason": why}) if why else None
        deed = Deed(situation.now, situation.actor, evidence_of(session, self.evidence, why), reason)
        advance(session, row, SampleState.CANCELLED, deed, reason=why)
        return changed(session, row, before, say("{number} is cancelled.", number=row.number))

    undo = staticmethod(take_back)


COMMAND = CancelSample
