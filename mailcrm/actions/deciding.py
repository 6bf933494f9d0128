"""Decisions in the ledger: how the commands that decide about a thread write one and take it back.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mailcrm.actions.command import Situation
from mailcrm.records import Decision, TurnRecord

__all__ = ["open_turns", "record_decision", "revoke_decision"]


def open_turns(session: Session, thread_id: int) -> list[TurnRecord]:
    """Return the open turns of a thread."""
    found = select(TurnRecord).where(col(TurnRecord.thread_id) == thread_id, col(TurnRecord.end) == "")
    return list(session.exec(found))


def record_decision(
    session: Session, situation: Situation, thread_id: int, event: str, at: datetime, details: Mapping[str, str]
) -> int:
    """Write a decision into the ledger and return its id."""
    row = Decision(
        thread_id=thread_id,
        event=event,
        at=at,
        actor=situation.actor,
        details=dict(details),
        recorded_at=situation.now,
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (flush gave it one)
    return row.id


def revoke_decision(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
    """Revoke the decision that `before` names; it stays on record and counts no more."""
    row = session.get_one(Decision, before["decision"])
    row.revoked_at = situation.now
    session.add(row)
    return frozenset({row.thread_id})
