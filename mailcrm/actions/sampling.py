"""What the commands about samples share: a sheet's fields as arguments, a checked step, its evidence, and taking it back.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.gates import check_step
from mailcrm.domain.samples.sheet import Sheet
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.finding import message_of, numbered
from mailcrm.store.papers import PAPER_ID, paper_id, paper_named
from mailcrm.store.samples import Deed, give_back, move_sample, sample_named, sample_of, standing_of, thread_of, undo_of

__all__ = ["SheetFields", "advance", "changed", "evidence_of", "read_state", "take_back", "take_up", "unchanged"]


@dataclass(frozen=True, kw_only=True)
class SheetFields:
    """The fields of a sample sheet as a person types them; None: not said, "": emptied."""

    item: str | None = None
    material: str | None = None
    colour: str | None = None
    size: str | None = None
    quantity: str | None = None
    kind: str | None = None
    direction: str | None = None
    purpose: str | None = None
    needed_by: str | None = None
    sample_paid_by: str | None = None
    freight_paid_by: str | None = None
    collect_account: str | None = None
    cost: str | None = None
    true_value: str | None = None
    hs: str | None = None
    consignee: str | None = None
    consignee_tax_id: str | None = None
    consignee_phone: str | None = None
    kept_at: str | None = None
    order: str | None = None
    stops_on: str | None = None

    def given(self) -> dict[str, object]:
        """Return what was said."""
        values = {each.name: getattr(self, each.name) for each in fields(SheetFields)}
        return {name: value for name, value in values.items() if value is not None}


def read_state(given: str) -> SampleState:
    """Return the state that a person names; UsageError names all of them."""
    try:
        return SampleState(given.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError(
            say("{state} is no state of a sample.", state=given),
            say("States are: {known}.", known=", ".join(SampleState)),
        ) from None


def evidence_of(session: Session, given: str, otherwise: str) -> tuple[Evidence, ...]:
    """Return what a person names as evidence: a mail ("m12"), a kept file ("kf3"), a mail of ours ("x7"), or words."""
    named = given.strip()
    if numbered(named, "m") is not None:
        return (Evidence("message", f"m{message_of(session, named).id}"),)
    if numbered(named, PAPER_ID) is not None:
        return (Evidence("paper", paper_id(paper_named(session, named).id)),)
    if numbered(named, "x") is not None:
        return (Evidence("outgoing", named),)
    return (Evidence("text", named or otherwise),)


def advance(
    session: Session, row: SampleRecord, to: SampleState, deed: Deed, *, reason: str = "", skip: bool = False
) -> None:
    """Check a step and make it; what follows by itself on changes and a rejection is made with it."""
    check_step(sample_of(session, row), to, reason=reason, skip=skip)
    move_sample(session, row, to, deed)
    if to is SampleState.CHANGES:
        move_sample(session, row, SampleState.SPEC_DRAFT, deed)
    elif to is SampleState.REJECTED:
        move_sample(session, row, SampleState.LOST, deed)


def take_up(session: Session, row: SampleRecord, situation: Situation) -> bool:
    """Let a sample that was asked for be in work once its sheet has all that it needs; return whether it is so now."""
    sheet = Sheet.from_json(row.sheet)
    if row.state != SampleState.REQUESTED or sheet.missing():
        return False
    shown = Evidence("message", f"m{row.message_id}") if row.message_id else Evidence("text", sheet.content_hash())
    deed = Deed(situation.now, situation.actor, (shown,), say("The sheet has all that it needs."))
    advance(session, row, SampleState.SPEC_DRAFT, deed)
    return True


def changed(
    session: Session,
    row: SampleRecord,
    before: Mapping[str, Any],
    said: Sentence,
    *,
    more: Mapping[str, object] | None = None,
) -> Done:
    """Return what a command did to a sample; `before`: its snapshot, taken first."""
    session.add(row)
    session.flush()
    undo = {**undo_of(row, before), **(more or {})}
    return Done(said, thread_of(session, row), frozenset(), ("sample", {"id": f"s{row.id}"}), undo)


def unchanged(session: Session, row: SampleRecord, said: Sentence) -> Done:
    """Return that a command found everything as it wants it: there is nothing to log, and nothing to take back."""
    shows = ("sample", {"id": f"s{row.id}"})
    return Done(said, thread_of(session, row), frozenset(), shows, topic="", logged=False)


def take_back(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
    """Make a sample what it was before a command; RefusedByRule where it has gone on since, or somebody changed more of it."""
    row = sample_named(session, f"s{before['sample']}")
    if [row.state, row.since.isoformat()] != before["came"] or before.get("left", standing_of(row)) != standing_of(row):
        raise refuse_undo(say("{number} has gone on since.", number=row.number))
    by_hand = (Evidence("text", "undo"),)
    give_back(session, row, before["was"], Deed(situation.now, situation.actor, by_hand, say("Taken back.")))
    return frozenset()
