"""What a customer was promised before: a new estimate on the thread moves it, and the mail has to say so.

Room: outbox. In: a thread. Out: the instant of the standing promise.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from mailcrm.records import TurnRecord

__all__ = ["promised_before"]


def promised_before(session: Session, thread_id: int) -> datetime | None:
    """Return the latest instant promised on the thread, None where nothing is; what only seems a promise counts for none."""
    return session.exec(
        select(func.max(TurnRecord.promised_until)).where(
            col(TurnRecord.thread_id) == thread_id,
            col(TurnRecord.end) == "",
            col(TurnRecord.supposed_by) == "",
        )
    ).one()
