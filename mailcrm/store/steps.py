"""The history of samples, quotes and orders: steps are added, and read as a timeline.

Room: store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.words import Sentence
from mailcrm.records import Step
from mailcrm.store.bulk import one_among, table_of

__all__ = ["histories", "history", "record_step"]

_step = table_of(Step).c


def record_step(session: Session, noun: str, noun_id: int, move: Move) -> None:
    """Write down what became of `noun` ("sample") number `noun_id`; in the transaction that makes it so."""
    session.add(
        Step(
            noun=noun,
            noun_id=noun_id,
            at=move.at,
            actor=move.actor,
            from_state=move.from_state,
            to_state=move.to_state,
            evidence=[one.to_json() for one in move.evidence],
            reason=move.reason.to_json() if move.reason else None,
        )
    )


def history(session: Session, noun: str, noun_id: int) -> tuple[Move, ...]:
    """Return the steps of one noun, the first first."""
    return histories(session, noun, [noun_id]).get(noun_id, ())


def histories(session: Session, noun: str, noun_ids: Sequence[int]) -> dict[int, tuple[Move, ...]]:
    """Return the steps of many, by number; those without any are left out."""
    session.flush()
    theirs = select(Step).where(col(Step.noun) == noun, one_among(_step.noun_id, noun_ids))
    found: dict[int, list[Move]] = defaultdict(list)
    for row in session.exec(theirs.order_by(col(Step.id))):
        found[row.noun_id].append(_move(row))
    return {noun_id: tuple(moves) for noun_id, moves in found.items()}


def _move(row: Step) -> Move:
    return Move(
        row.from_state,
        row.to_state,
        row.at,
        row.actor,
        tuple(map(Evidence.from_json, row.evidence)),
        Sentence.from_json(row.reason) if row.reason else None,
    )
