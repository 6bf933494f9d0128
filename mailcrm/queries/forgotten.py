"""Forgotten before mailcrm: history in which a customer had the last word (reply-clock.md, "first import").

Room: queries. Read only: no clock runs on it, nothing is sent.
"""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, and_, col, func, select

from mailcrm.domain.message import Kind, Role, Side
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ThreadRow
from mailcrm.queries.threads import thread_rows
from mailcrm.records import MailAccount, Message

__all__ = ["forgotten"]

_BEFORE = timedelta(days=14)
_WRITTEN = [Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value]


def forgotten(session: Session, outlook: Outlook) -> tuple[ThreadRow, ...]:
    """Return the threads of the 14 days before go-live whose last human mail is theirs, the newest first."""
    last = (
        select(Message.thread_id, func.max(Message.sort_key).label("newest"))
        .where(col(Message.kind).in_(_WRITTEN))
        .group_by(col(Message.thread_id))
        .subquery()
    )
    theirs = (
        select(Message.thread_id, Message.arrived_at, MailAccount.go_live)
        .join(last, and_(last.c.thread_id == Message.thread_id, last.c.newest == Message.sort_key))
        .join(MailAccount, col(MailAccount.id) == col(Message.account_id))
        .where(col(Message.side) == Side.THEIRS.value, col(Message.history).is_(True))
        .order_by(col(Message.sort_key).desc())
    )
    ids = [i for i, at, go_live in session.exec(theirs) if go_live - _BEFORE <= at < go_live]
    return tuple(row for row in thread_rows(session, outlook, ids) if Role(row.role).starts_clock)
