"""Gates: what a step still lacks.

Room: domain. In: a sample, and the state that it is to come to. Out: nothing, or RefusedByRule that names *all* that is missing, each
with its mend. Some gates are hard: nobody skips the signature, the check, the photo and the waybill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.samples.checklist import open_lines
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sheet import FIELD_WORDS
from mailcrm.domain.samples.states import PATH, STATE_WORDS, STEPS, SampleState
from mailcrm.domain.words import Sentence, say

__all__ = ["Lack", "check_step", "following", "lacks", "listed"]

_S = SampleState
_NO_MAKING = (_S.PENDING_SIGN, _S.SIGNED, _S.MAKING)
_MADE = PATH.index(_S.MADE)
_REASONED = frozenset({_S.DECLINED, _S.CANCELLED, _S.LOST, _S.REJECTED})


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, and what mends it; `name` as `--json` spells it; `hard`: no reason lets it pass."""

    name: str
    what: Sentence
    mend: Sentence
    hard: bool = True


def listed(sentences: Iterable[Sentence], between: str = ", ") -> Sentence:
    """Return sentences as one, each shown in the reader's language."""
    values = {f"s{place}": one for place, one in enumerate(sentences)}
    return Sentence(between.join(f"{{{name}}}" for name in values), values)


def following(sample: Sample) -> frozenset[SampleState]:
    """Return the states that this sample may come to from where it is, whatever they lack still."""
    steps = STEPS[sample.state]
    if not sample.is_ours:
        steps -= {_S.SHIPPED}
    elif sample.state is _S.PHOTOGRAPHED:
        steps -= {_S.OK, _S.REJECTED}
    if sample.sheet.is_made:
        return steps - {_S.MADE} if sample.state is _S.SPEC_DRAFT else steps
    return steps - set(_NO_MAKING)


def lacks(sample: Sample, to: SampleState) -> tuple[Lack, ...]:
    """Return what `sample` lacks to be `to`, in the order in which it is done."""
    if to not in PATH:
        return ()
    ahead = PATH.index(to)
    found = _in_the_sheet(sample) if ahead >= PATH.index(_S.SPEC_DRAFT) else []
    if ahead >= PATH.index(_S.SIGNED) and sample.needs_signature and not sample.is_signed:
        mend = say("The manager signs: `mailcrm sample sign {number}`.", number=sample.number)
        found.append(Lack("signature", say("the signature"), mend))
    if ahead > _MADE and sample.state in PATH[:_MADE]:
        mend = say("Say so when it is made: `mailcrm sample advance {number} made`.", number=sample.number)
        found.append(Lack("made", say("that it is made"), mend, hard=False))
    if ahead >= PATH.index(_S.CHECKED):
        found += _in_the_check(sample)
    if ahead >= PATH.index(_S.PHOTOGRAPHED) and not sample.photos:
        mend = say("Add one: `mailcrm sample photo {number} FILE`.", number=sample.number)
        found.append(Lack("photos", say("a photo"), mend))
    if ahead >= PATH.index(_S.SHIPPED) and sample.is_ours:
        found += _in_the_parcel(sample)
    return tuple(found)


def _in_the_sheet(sample: Sample) -> list[Lack]:
    mend = say("Fill in the sheet: `mailcrm sample edit {number}`.", number=sample.number)
    return [Lack(name, FIELD_WORDS[name], mend, hard=False) for name in sample.sheet.missing()]


def _in_the_check(sample: Sample) -> list[Lack]:
    open_ones = open_lines(sample.sheet, sample.lines)
    if not open_ones:
        return []
    names = listed(FIELD_WORDS[line.field] for line in open_ones)
    mend = say("Tick each line or note how it differs: `mailcrm sample check {number}`.", number=sample.number)
    return [Lack("checklist", say("the check of {lines}", lines=names), mend)]


def _in_the_parcel(sample: Sample) -> list[Lack]:
    parcel = sample.parcel
    if parcel is None:
        return [
            Lack(
                "parcel",
                say("how and when it leaves"),
                say("Say it: `mailcrm sample ship {number} --mode …`.", number=sample.number),
            )
        ]
    found = []
    if parcel.needs_awb and not parcel.carrier:
        found.append(Lack("carrier", say("the courier"), say("Name it: `--carrier dhl`.")))
    if parcel.needs_awb and not parcel.awb:
        found.append(Lack("awb", say("the waybill number"), say("Give it: `--awb NUMBER`.")))
    if sample.shared_with and not parcel.same_parcel:
        shared = ", ".join(sample.shared_with)
        found.append(
            Lack(
                "same_parcel",
                say("a waybill of its own ({awb} is that of {samples})", awb=parcel.awb, samples=shared),
                say("Where they lie in one parcel, say so: `--same-parcel`."),
            )
        )
    return found


def check_step(sample: Sample, to: SampleState, *, reason: str = "", skip: bool = False) -> None:
    """RefusedByRule where `sample` may not come to `to` now.

    `skip` lets steps on the way be left out, with a `reason`; what is hard is asked for all the same.
    """
    steps, ahead = following(sample), _is_ahead(sample, to)
    if to not in steps and not ahead:
        raise _no_such_step(sample, to, steps)
    missing = lacks(sample, to) if ahead or to is not _S.SPEC_DRAFT else ()
    if skip:
        if not reason.strip():
            raise RefusedByRule(say("A step is skipped with a reason only."), say("Say why, in a few words."))
        missing = tuple(one for one in missing if one.hard)
    elif to not in steps:
        missing = missing or (_step_before(sample),)
    if missing:
        raise _lacking(sample, to, missing)
    if to in _REASONED and not reason.strip():
        raise RefusedByRule(
            say("{name} can't become “{state}” without a reason.", name=sample.name, state=STATE_WORDS[to]),
            say("Say why, in a few words: `--reason TEXT`."),
        )


def _is_ahead(sample: Sample, to: SampleState) -> bool:
    """Whether `to` lies further on the way; a sample of theirs has no way out of the house."""
    if to not in PATH or sample.state not in PATH or (not sample.is_ours and to is _S.SHIPPED):
        return False
    return PATH.index(to) > PATH.index(sample.state) and not (to in _NO_MAKING and not sample.sheet.is_made)


def _step_before(sample: Sample) -> Lack:
    """Return the step that comes first, where nothing but a word is missing."""
    steps = sorted(following(sample) & set(PATH), key=PATH.index)
    ahead = next(state for state in steps if PATH.index(state) > PATH.index(sample.state))
    what = say("the step “{state}” before it", state=STATE_WORDS[ahead])
    mend = say("Say so: `mailcrm sample advance {number} {state}`.", number=sample.number, state=ahead.value)
    return Lack(ahead.value, what, mend, hard=False)


def _lacking(sample: Sample, to: SampleState, missing: Iterable[Lack]) -> RefusedByRule:
    ordered = list(missing)
    what = listed(one.what for one in ordered)
    mends = listed((one.mend for one in _distinct(ordered)), " ")
    return RefusedByRule(
        say(
            "{name} can't go on to “{state}” yet. Missing: {what}.", name=sample.name, state=STATE_WORDS[to], what=what
        ),
        mends,
    )


def _distinct(ordered: Iterable[Lack]) -> list[Lack]:
    """Return one lack for each mend: a mend is told once."""
    return list({one.mend.to_json(): one for one in ordered}.values())


def _no_such_step(sample: Sample, to: SampleState, steps: frozenset[SampleState]) -> RefusedByRule:
    values = {"name": sample.name, "state": STATE_WORDS[sample.state], "wanted": STATE_WORDS[to]}
    sentence = say("{name} is “{state}”: it can't become “{wanted}” from there.", **values)
    if not steps:
        return RefusedByRule(sentence, say("Nothing follows: it has come to its end."))
    return RefusedByRule(sentence, say("From there it may come to: {states}.", states=", ".join(sorted(steps))))
