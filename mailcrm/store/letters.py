"""Letters: the newest mails of threads that no clock runs for, kept with their threads, so that the list of them needs no search.

Room: store. In: threads whose mail or turns changed. Out: `thread.letter_id`: the newest mail since go-live where it is the other
side's, written by hand, and the thread has no turn; None elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Integer, case, null, select
from sqlmodel import Session

from mailcrm.domain.message import Kind, Side
from mailcrm.records import Message, Thread, TurnRecord
from mailcrm.store.bulk import among, change_rows, rows, table_of

__all__ = ["settle_letters"]

_THREAD, _mail = table_of(Thread), table_of(Message).c
_NEWEST = (
    select(case(((_mail.side == Side.THEIRS.value) & (_mail.kind == Kind.HUMAN.value), _mail.id), else_=null()))
    .where(_mail.thread_id == _THREAD.c.id, _mail.history.is_(False))
    .order_by(_mail.sort_key.desc())
    .limit(1)
    .scalar_subquery()
)
_TURNED = select(table_of(TurnRecord).c.opened_by).where(table_of(TurnRecord).c.thread_id == _THREAD.c.id).exists()
_WANTED = (
    select(_THREAD.c.id, _THREAD.c.letter_id, case((_TURNED, null()), else_=_NEWEST).cast(Integer).label("wanted"))
    .where(among(_THREAD.c.id))
    .subquery()
)
_CHANGED = select(_WANTED.c.id, _WANTED.c.wanted).where(_WANTED.c.letter_id.is_distinct_from(_WANTED.c.wanted))


def settle_letters(session: Session, thread_ids: Iterable[int]) -> None:
    """Let these threads tell their letters."""
    changed = [{"id": thread_id, "letter_id": wanted} for thread_id, wanted in rows(session, _CHANGED, thread_ids)]
    change_rows(session, _THREAD, "id", changed)
