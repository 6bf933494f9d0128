"""Turns from the ledger: the table of turns is a cache that this rule keeps true.

Room: rules. In: thread ids, the policy. Out: the rows of `turn`, equal to what `replay` gives, and what a turn was judged by
when it ended, kept for good. Runs in the transaction
of whatever changed the ledger, so that a turn never disagrees with the mail behind it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.parties import Ours
from mailcrm.records import Judgement, Message, TurnRecord
from mailcrm.store.facts import ledger
from mailcrm.store.turns import write_turn

__all__ = ["recompute_turns"]


_AT_ONCE = 200
_JUDGED = ("closed", "waived")


def recompute_turns(session: Session, thread_ids: Collection[int], ours: Ours, policy: Policy) -> None:
    """Make the turns of these threads what their ledgers come to."""
    session.flush()
    ids = sorted(thread_ids)
    for start in range(0, len(ids), _AT_ONCE):
        _recompute(session, ids[start : start + _AT_ONCE], ours, policy)
        session.flush()


def _recompute(session: Session, thread_ids: Collection[int], ours: Ours, policy: Policy) -> None:
    events = ledger(session, thread_ids, ours)
    known = {
        row.opened_by: row for row in session.exec(select(TurnRecord).where(col(TurnRecord.thread_id).in_(thread_ids)))
    }
    judged = set(session.exec(select(Judgement.opened_by).join(Message).where(col(Message.thread_id).in_(thread_ids))))
    for thread_id, happened in events.items():
        for turn in replay(happened, policy).turns:
            opened_by = int(turn.opened_by.removeprefix("m"))
            row = known.pop(opened_by, None) or TurnRecord(
                opened_by=opened_by, thread_id=thread_id, anchor=turn.anchor, due=turn.due, deadline=turn.due
            )
            write_turn(row, turn, thread_id)
            session.add(row)
            if turn.end in _JUDGED and opened_by not in judged:
                session.add(Judgement(opened_by=opened_by, due=turn.due, policy_version=turn.policy_version))
    for gone in known.values():
        session.delete(gone)
