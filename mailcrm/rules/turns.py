"""Turns from the ledger: the table of turns is a cache that this rule keeps true.

Room: rules. In: thread ids, the policy. Out: the rows of `turn`, equal to what `replay` gives. Runs in the transaction
of whatever changed the ledger, so that a turn never disagrees with the mail behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlmodel import Session, col, select

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.states import deadline
from mailcrm.domain.clock.turns import Turn, replay
from mailcrm.domain.parties import Ours
from mailcrm.records import Thread, TurnRecord
from mailcrm.store.facts import ledger

__all__ = ["rebuild_turns", "recompute_turns"]

_BATCH = 200
_SAME = (
    "anchor due sender party low looks_finished first_touch_at first_touch promised_until extensions promise end ended_at "
    "ended_by answered_by result external bounced late_arrivals reason policy_version"
).split()


def recompute_turns(session: Session, thread_ids: Collection[int], ours: Ours, policy: Policy) -> None:
    """Make the turns of these threads what their ledgers come to."""
    if not thread_ids:
        return
    session.flush()
    events = ledger(session, thread_ids, ours)
    known = {
        row.opened_by: row for row in session.exec(select(TurnRecord).where(col(TurnRecord.thread_id).in_(thread_ids)))
    }
    for thread_id, happened in events.items():
        for turn in replay(happened, policy).turns:
            opened_by = int(turn.opened_by.removeprefix("m"))
            row = known.pop(opened_by, None) or TurnRecord.model_construct(opened_by=opened_by)
            _write(row, turn, thread_id)
            session.add(row)
    for gone in known.values():
        session.delete(gone)
    session.flush()


def rebuild_turns(session: Session, ours: Ours, policy: Policy) -> int:
    """Recompute the turns of every thread; return how many threads there are."""
    threads = list(session.exec(select(Thread.id).order_by(col(Thread.id))))
    for batch in _batches([t for t in threads if t is not None]):
        recompute_turns(session, batch, ours, policy)
    return len(threads)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _write(row: TurnRecord, turn: Turn, thread_id: int) -> None:
    for name in _SAME:
        setattr(row, name, getattr(turn, name))
    row.thread_id = thread_id
    row.messages = [int(key.removeprefix("m")) for key in turn.messages]
    row.deadline = deadline(turn)
