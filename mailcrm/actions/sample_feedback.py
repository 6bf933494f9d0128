"""Sample feedback: what the customer says of it: ok, changes (then a next version is made), or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, evidence_of, take_back
from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.states import STATE_WORDS, WITH_THE_CUSTOMER, SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.samples import Deed, note, sample_named, snapshot

__all__ = ["COMMAND", "SampleFeedback"]

_VERDICTS = {"ok": SampleState.OK, "changes": SampleState.CHANGES, "rejected": SampleState.REJECTED}


@dataclass(frozen=True)
class SampleFeedback:
    """Note what they say of sample `id`: `verdict` "ok", "changes" or "rejected" ("": they have said something), in `text`.

    "changes" begins the next version; "rejected" loses it, for the reason in `text`. `evidence`: the mail that says so.
    """

    id: str
    verdict: str = ""
    text: str = ""
    evidence: str = ""

    verb: ClassVar[str] = "sample_feedback"
    title: ClassVar[Sentence] = say("Sample: their feedback")
    help: ClassVar[Sentence] = say(
        "What the customer says of a sample: it is fine, it is to be changed (the next version begins), or it is rejected."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where the sample isn't with them."""
        verdict, words = self.verdict.strip().lower(), self.text.strip()
        if verdict not in ("", *_VERDICTS):
            raise UsageError(say("{verdict} is no verdict.", verdict=verdict), say("It is ok, changes or rejected."))
        row = sample_named(session, self.id)
        before = snapshot(row)
        reason = Sentence("{reason}", {"reason": words}) if words else None
        deed = Deed(
            situation.now, situation.actor, evidence_of(session, self.evidence, words or verdict or "feedback"), reason
        )
        self._come_in(session, row, deed)
        if verdict or row.state != SampleState.FEEDBACK_IN:
            advance(session, row, _VERDICTS.get(verdict, SampleState.FEEDBACK_IN), deed, reason=words)
        if words:
            note(
                row,
                feedback=[
                    *row.details.get("feedback", ()),
                    {"at": situation.now.isoformat(), "by": situation.actor, "verdict": verdict, "text": words},
                ],
            )
        state = STATE_WORDS[SampleState(row.state)]
        return changed(session, row, before, say("{number} is now: {state}.", number=row.number, state=state))

    @staticmethod
    def _come_in(session: Session, row: SampleRecord, deed: Deed) -> None:
        """Let the feedback be in: whoever speaks of the sample has it."""
        if row.state == SampleState.SHIPPED:
            advance(session, row, SampleState.DELIVERED, deed)
        if row.state in WITH_THE_CUSTOMER:
            advance(session, row, SampleState.FEEDBACK_IN, deed)
        note(row, heard=[*row.details.get("heard", ()), *(one.ref for one in deed.evidence if one.kind == "message")])

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be asked on, with its dates; the mail that was no answer is not taken for one again."""
        row = sample_named(session, f"s{before['sample']}")
        heard = list(row.details.get("heard", ()))
        touched = take_back(session, before, situation)
        note(row, heard=heard)
        return touched


COMMAND = SampleFeedback
