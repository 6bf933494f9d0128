"""Edit sample: fill in or change its sheet; whoever changes what is signed voids the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import SheetFields, changed, evidence_of, take_back, take_up, unchanged
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.samples.gates import listed
from mailcrm.domain.samples.kinds import needs_signature
from mailcrm.domain.samples.sheet import FIELD_WORDS, Sheet
from mailcrm.domain.samples.signing import who_may_sign
from mailcrm.domain.samples.states import BEFORE_SHIPPED, ENDED, SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.finding import contact_named
from mailcrm.store.samples import NOUN, Deed, move_sample, note, put_sheet, sample_named, sample_of, snapshot
from mailcrm.store.steps import history
from mailcrm.store.team import load_team

__all__ = ["COMMAND", "EditSample"]

_FREE = frozenset({SampleState.REQUESTED, SampleState.SPEC_DRAFT})


@dataclass(frozen=True)
class EditSample(SheetFields):
    """Change fields of the sheet of sample `id` ("s3", or its number); `contact`: somebody else is asked about it."""

    id: str
    contact: str = ""

    verb: ClassVar[str] = "edit_sample"
    title: ClassVar[Sentence] = say("Fill in the sample sheet")
    help: ClassVar[Sentence] = say(
        "Fill in or change the sheet of a sample; a change of what is signed voids the signature."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule where it is too late for such a change."""
        row = sample_named(session, self.id)
        before, sheet = snapshot(row), sample_of(session, row).sheet
        given = self.given()
        if not given and not self.contact:
            raise UsageError(say("Nothing is changed."), say('Name a field, such as `--colour "Pantone 185 C"`.'))
        after = sheet.changed(given)
        state = SampleState(row.state)
        if state in ENDED:
            raise RefusedByRule(
                say("{number} has come to its end.", number=row.number), say("Make a new one: `mailcrm sample new`.")
            )
        voids = after.content_hash() != sheet.content_hash() and state not in _FREE
        if voids and state not in BEFORE_SHIPPED:
            raise RefusedByRule(
                say("{number} has left the house: its sheet says what was sent.", number=row.number),
                say("Where changes are wanted, a new version is made: `mailcrm sample feedback ID changes`."),
            )
        self._refuse_relabelling(session, row, after, situation)
        put_sheet(row, after)
        another = self._ask_another(session, row)
        taken_up = take_up(session, row, situation)
        if after == sheet and not another and not taken_up:
            said = say("{number}: the sheet says that already; nothing is changed.", number=row.number)
            return unchanged(session, row, said)
        said = say("{number}: the sheet is changed.", number=row.number)
        if taken_up:
            said = say("{number}: the sheet has all that it needs.", number=row.number)
        if voids:
            reason = _told(sheet, after)
            shown = evidence_of(session, "", str(after.content_hash()))
            move_sample(session, row, SampleState.SPEC_DRAFT, Deed(situation.now, situation.actor, shown, reason))
            said = say("{number}: the sheet is changed, and has to be signed anew.", number=row.number)
            if not after.is_made:
                said = say("{number}: the sheet is changed, and it is looked at anew.", number=row.number)
        return changed(session, row, before, said)

    def _refuse_relabelling(self, session: Session, row: SampleRecord, after: Sheet, situation: Situation) -> None:
        """Let nobody but who may sign turn a sheet that was handed in to be signed into one that needs no signature."""
        needed = needs_signature(after.kind, after.direction) or not sample_of(session, row).needs_signature
        handed_in = any(move.to_state == SampleState.PENDING_SIGN for move in history(session, NOUN, row.id or 0))
        team = load_team(session)
        if needed or not handed_in or not team.managers() or situation.actor in who_may_sign(team, situation.now):
            return
        raise RefusedByRule(
            say("{number} was handed in to be signed: it can't become one that needs no signature.", number=row.number),
            say("Whoever signs may change that, or rejects it with `mailcrm sample reject`."),
        )

    def _ask_another(self, session: Session, row: SampleRecord) -> bool:
        """Let somebody else be asked how it did, where one is named; a mail that reached nobody is written anew."""
        contact = contact_named(session, self.contact) if self.contact else None
        if contact is None or (contact.id == row.contact_id and not row.details.get("unreachable")):
            return False
        row.contact_id = contact.id or 0
        if row.details.get("unreachable"):
            row.round, row.asked_at = row.round + 1, None
        note(row, unreachable=False)
        return True

    undo = staticmethod(take_back)


def _told(before: Sheet, after: Sheet) -> Sentence:
    names = [name for name in FIELD_WORDS if getattr(before, name) != getattr(after, name)]
    words = listed(FIELD_WORDS[name] for name in names)
    return say("The sheet was changed ({fields}): what was signed before holds no more.", fields=words)


COMMAND = EditSample
