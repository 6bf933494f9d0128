"""Statuses of many parcels at once: what the couriers' pages say, pasted as a table or told one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import take_back
from mailcrm.domain.couriers.batch import PastedAwb, split_awbs
from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.states import IN_A_PARCEL, SampleState
from mailcrm.domain.samples.tracking import steps_on
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, plural, say
from mailcrm.records import SampleRecord
from mailcrm.store.samples import Deed, move_sample, note, snapshot

__all__ = ["COMMAND", "SampleStatuses"]


@dataclass(frozen=True)
class SampleStatuses:
    """Note what became of parcels: `text`, as it was pasted: a line for each, "waybill, status", with the day and who signed behind it.

    A waybill that no sample on its way has is told and changes nothing.
    """

    text: str

    verb: ClassVar[str] = "sample_statuses"
    title: ClassVar[Sentence] = say("Samples: what became of their parcels")
    help: ClassVar[Sentence] = say(
        "Note what the couriers' pages say of many parcels at once: a line for each, waybill and status."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note them all; UsageError where no waybill with a status can be found."""
        pasted = split_awbs(self.text)
        if not any(one.status for one in pasted):
            raise UsageError(
                say("No waybill with its status can be read there."),
                say("Write a line for each, such as: 1234567890,delivered,2026-12-01,Mr Jansen."),
            )
        told: list[dict[str, object]] = []
        before: list[dict[str, Any]] = []
        for one in pasted:
            rows = _carried(session, one.number)
            moved = [row for row in rows if self._note(session, situation, row, one, before)]
            told.append(
                {
                    "awb": one.number,
                    "status": one.status,
                    "samples": [f"s{row.id}" for row in rows],
                    "changed": [f"s{row.id}" for row in moved],
                }
            )
        said = _said(told)
        return Done(said, shows=("sample_statuses", {"told": told}), before={"samples": before} if before else None)

    @staticmethod
    def _note(
        session: Session, situation: Situation, row: SampleRecord, one: PastedAwb, before: list[dict[str, Any]]
    ) -> bool:
        """Make the steps that follow for one sample; return whether any did."""
        was, steps = snapshot(row), steps_on(one.status, SampleState(row.state))
        too_early = one.on is not None and row.shipped_on is not None and one.on < row.shipped_on
        if not steps or too_early:
            return False
        told = " ".join(filter(None, (one.number, one.status, one.on.isoformat() if one.on else "", one.signed_by)))
        reason = say("The courier's page: {told}", told=told)
        for to in steps:
            at = _instant(one, situation)
            move_sample(session, row, to, Deed(at, situation.actor, (Evidence("text", told),), reason))
        note(row, signed_by=one.signed_by)
        session.add(row)
        before.append({**was, "came": [row.state, row.since.isoformat()]})
        return True

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take all of them back."""
        for one in before["samples"]:
            take_back(session, one, situation)
        return frozenset()


def _carried(session: Session, awb: str) -> Sequence[SampleRecord]:
    """Return the samples that are under way with this waybill."""
    under_way = [state.value for state in IN_A_PARCEL]
    return session.exec(
        select(SampleRecord).where(col(SampleRecord.awb) == awb, col(SampleRecord.state).in_(under_way))
    ).all()


def _instant(one: PastedAwb, situation: Situation) -> datetime:
    """Return when it happened: the end of the office day that was told, never later than now."""
    if one.on is None:
        return situation.now
    return min(situation.policies.office.end_of(one.on).astimezone(UTC), situation.now)


def _said(told: Sequence[Mapping[str, Any]]) -> Sentence:
    moved = sum(len(one["changed"]) for one in told)
    unknown = [str(one["awb"]) for one in told if not one["samples"]]
    first = plural("{count} sample has gone on.", "{count} samples have gone on.", moved)
    if not unknown:
        return Sentence("{first}", {"first": first})
    rest = say("Of no sample on its way: {awbs}.", awbs=", ".join(unknown))
    return Sentence("{first} {rest}", {"first": first, "rest": rest})


COMMAND = SampleStatuses
