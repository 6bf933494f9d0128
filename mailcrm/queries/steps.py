"""Histories and kept files as rows, the same for samples, quotes and orders.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session

from mailcrm.domain.clock.story import localised
from mailcrm.domain.steps import Move
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import EvidenceRow, PaperRow, StepRow
from mailcrm.records import Paper
from mailcrm.store.papers import paper_id, papers_of
from mailcrm.store.steps import histories

__all__ = ["history_rows", "paper_rows"]


def history_rows(session: Session, outlook: Outlook, noun: str, ids: Sequence[int]) -> dict[int, tuple[StepRow, ...]]:
    """Return the history of each of these nouns, the first step first."""
    found = histories(session, noun, ids)
    return {noun_id: tuple(_step(move, outlook) for move in found.get(noun_id, ())) for noun_id in ids}


def _step(move: Move, outlook: Outlook) -> StepRow:
    return StepRow(
        move.at,
        move.actor,
        move.from_state,
        move.to_state,
        tuple(EvidenceRow(one.kind, one.ref) for one in move.evidence),
        localised(move.reason, outlook.zone) if move.reason else None,
    )


def paper_rows(session: Session, noun: str, ids: Sequence[int]) -> dict[int, tuple[PaperRow, ...]]:
    """Return the kept files of each of these nouns, the oldest first."""
    found: dict[int, list[PaperRow]] = defaultdict(list)
    for paper in papers_of(session, noun, ids):
        found[paper.noun_id].append(_paper(paper))
    return {noun_id: tuple(found[noun_id]) for noun_id in ids}


def _paper(paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper_id(paper.id),
        kind=paper.kind,
        filename=paper.filename,
        content_type=paper.content_type,
        size=paper.size,
        sha256=paper.sha256,
        at=paper.at,
        actor=paper.actor,
        valid_until=paper.valid_until,
        note=paper.note,
    )
