"""Sign sample: the manager, or the deputy named for the day, signs the sheet exactly as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import changed, take_back
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.samples.gates import check_step
from mailcrm.domain.samples.signing import Signature, signing_part
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.store.samples import Deed, move_sample, note, sample_named, sample_of, snapshot
from mailcrm.store.team import load_team

__all__ = ["COMMAND", "SignSample"]

_PARTS = {
    "manager": say("Signed by the manager."),
    "alone": say("Signed by whoever works alone: there is nobody else."),
}


@dataclass(frozen=True)
class SignSample:
    """Sign the sheet of sample `id`; `content`: the hash of what the signer had in view, "" for what stands there now."""

    id: str
    content: str = ""

    verb: ClassVar[str] = "sign_sample"
    title: ClassVar[Sentence] = say("Sign a sample")
    help: ClassVar[Sentence] = say(
        "Sign the sheet of a sample as it stands: any change of it voids the signature. For the manager, or the deputy named for today."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Sign; RefusedByRule where this person may not, or it isn't there to be signed."""
        row = sample_named(session, self.id)
        before, sample = snapshot(row), sample_of(session, row)
        part, stands_for = signing_part(load_team(session), situation.actor, row.author, situation.now)
        content = sample.sheet.content_hash()
        if self.content and self.content != content:
            raise RefusedByRule(
                say("{number} was changed since you looked at it.", number=row.number),
                say("Look at the sheet again, then sign: `mailcrm sample show {id}`.", id=f"s{row.id}"),
            )
        signature = Signature(situation.actor, situation.now, content, part, stands_for)
        check_step(replace(sample, signature=signature), SampleState.SIGNED)
        note(row, signature=signature.to_json())
        reason = _PARTS.get(part) or say("Signed by the deputy of {manager}.", manager=stands_for)
        deed = Deed(situation.now, situation.actor, (Evidence("content", content),), reason)
        move_sample(session, row, SampleState.SIGNED, deed)
        return changed(session, row, before, say("{number} is signed.", number=row.number))

    undo = staticmethod(take_back)


COMMAND = SignSample
