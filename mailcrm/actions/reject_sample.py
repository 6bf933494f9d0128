"""Reject sample: the sheet that was to be signed goes back to its author, with a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import changed, take_back
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.samples.states import STATE_WORDS, SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.store.samples import Deed, move_sample, sample_named, snapshot

__all__ = ["COMMAND", "RejectSample"]


@dataclass(frozen=True)
class RejectSample:
    """Don't sign the sheet of sample `id`; `note` tells its author why."""

    id: str
    note: str

    verb: ClassVar[str] = "reject_sample"
    title: ClassVar[Sentence] = say("Send a sample sheet back")
    help: ClassVar[Sentence] = say("Don't sign a sample sheet: it goes back to its author, with a note.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Send it back; RefusedByRule where it isn't there to be signed."""
        row, words = sample_named(session, self.id), self.note.strip()
        if not words:
            raise UsageError(say("The note is empty."), say("Say in a few words what is to be changed."))
        if row.state != SampleState.PENDING_SIGN:
            raise RefusedByRule(
                say(
                    "{number} is {state}: there is nothing to sign.",
                    number=row.number,
                    state=STATE_WORDS[SampleState(row.state)],
                ),
                say("`mailcrm sample list` shows what waits for a signature."),
            )
        before = snapshot(row)
        reason = say("Sent back: {note}", note=words)
        deed = Deed(situation.now, situation.actor, (Evidence("text", words),), reason)
        move_sample(session, row, SampleState.SPEC_DRAFT, deed)
        return changed(
            session, row, before, say("{number} goes back to {author}.", number=row.number, author=row.author)
        )

    undo = staticmethod(take_back)


COMMAND = RejectSample
