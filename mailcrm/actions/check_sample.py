"""Check sample: the checklist made of the sheet is ticked, or the sample won't do and is made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, take_back
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.samples.checklist import CheckLine, checked, lines_of, open_lines
from mailcrm.domain.samples.gates import listed
from mailcrm.domain.samples.sheet import FIELD_WORDS
from mailcrm.domain.samples.states import STATE_WORDS, SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.samples import Deed, note, sample_named, sample_of, snapshot

__all__ = ["COMMAND", "CheckSample"]

_LOOKED_AT = (SampleState.MADE, SampleState.CHECKED, SampleState.PHOTOGRAPHED)
_ALL = "all"


@dataclass(frozen=True)
class CheckSample:
    """Tick the checklist of sample `id`. `ok`: lines that are as the sheet asks ("all": every one without a deviation).

    `deviations`: line → how it differs, in words. `fail`: it won't do, with the reason: it is made again. `differs` and `how`: one deviation,
    as a form asks for it.
    """

    id: str
    ok: Sequence[str] = ()
    deviations: Mapping[str, str] = field(default_factory=dict)
    fail: str = ""
    differs: str = ""
    how: str = ""

    verb: ClassVar[str] = "check_sample"
    title: ClassVar[Sentence] = say("Check a sample")
    help: ClassVar[Sentence] = say(
        "Tick the checklist of a sample line by line; a deviation is noted in words, and one that won't do is made again."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Tick; the sample is checked once no line is open."""
        row = sample_named(session, self.id)
        before, sample = snapshot(row), sample_of(session, row)
        if sample.state not in _LOOKED_AT:
            raise RefusedByRule(
                say(
                    "{number} is {state}: there is nothing to look at.",
                    number=sample.name,
                    state=STATE_WORDS[sample.state],
                ),
                say("A sample is checked between its making and its shipping."),
            )
        if self.fail.strip():
            return self._failed(session, row, situation)
        known = {line.field for line in lines_of(sample.sheet)}
        differing = {**self.deviations, **({self.differs: self.how} if self.differs else {})}
        named = known - differing.keys() if _ALL in self.ok else {*self.ok}
        if not named and not differing:
            raise UsageError(
                say("No line is ticked."),
                say("Name lines that are ok, or all: its lines are {names}.", names=", ".join(sorted(known))),
            )
        lines = _merged(sample.lines, checked(sample.sheet, named, differing))
        note(row, lines=[line.to_json() for line in lines])
        open_ones = open_lines(sample.sheet, lines)
        if open_ones:
            names = listed(FIELD_WORDS[line.field] for line in open_ones)
            return changed(
                session, row, before, say("{number}: still to be looked at: {lines}.", number=sample.name, lines=names)
            )
        if sample.state is SampleState.MADE:
            told = "; ".join(f"{line.field}: {line.deviation or 'ok'}" for line in lines)
            deed = Deed(situation.now, situation.actor, (Evidence("text", told),))
            advance(session, row, SampleState.CHECKED, deed)
            if sample.photos:
                advance(session, row, SampleState.PHOTOGRAPHED, deed)
        return changed(session, row, before, say("{number} is checked.", number=sample.name))

    def _failed(self, session: Session, row: SampleRecord, situation: Situation) -> Done:
        before, why = snapshot(row), self.fail.strip()
        reason = say("It won't do: {reason}", reason=why)
        advance(
            session, row, SampleState.MAKING, Deed(situation.now, situation.actor, (Evidence("text", why),), reason)
        )
        return changed(session, row, before, say("{number} is made again.", number=row.number))

    undo = staticmethod(take_back)


def _merged(before: Sequence[CheckLine], after: Sequence[CheckLine]) -> list[CheckLine]:
    """Return the newer word on each line, and the older one where nothing was said."""
    known = {(line.field, line.asked): line for line in before}
    return [known.get((line.field, line.asked), line) if line.is_open else line for line in after]


COMMAND = CheckSample
