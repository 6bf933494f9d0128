"""Mails as the ledger reads them: the columns that count there, and nothing of the rest.

Room: store. In: threads, or ids. Out: `Mail`s. A `Message` with all its columns costs ten times as much, and the ledgers of
the threads that new mail touches are read with every batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session

from mailcrm.records import Message, Outgoing
from mailcrm.store.bulk import among, rows, table_of

__all__ = ["Dispatched", "Mail", "dispatched", "mails_by_id", "mails_of"]


class Mail(NamedTuple):
    """Columns of `Message`, by their names there."""

    id: int
    thread_id: int
    contact_id: int | None
    message_id: str
    from_address: str
    people: dict[str, list[list[str]]]
    date_header: datetime | None
    arrived_at: datetime
    side: str
    kind: str
    kind_rule: str
    reclassified_at: datetime | None
    purpose: str
    asks: bool
    patient: bool
    low: bool
    history: bool
    seen_late: int
    promise: dict[str, str] | None
    question: str
    away_until: date | None
    bounce: dict[str, str] | None
    forwarded: dict[str, str] | None


class Dispatched(NamedTuple):
    """Columns of `Outgoing`: what the author of a mail that left saw and promised, and to whom it really went."""

    stored_message_id: int
    sent_at: datetime | None
    answers_until: datetime | None
    estimate: datetime | None
    envelope_to: list[str]
    request: dict[str, Any]


_MESSAGE, _OUTGOING = table_of(Message), table_of(Outgoing)


def _columns(of: type[Mail] | type[Dispatched]) -> Select[Any]:
    table = _MESSAGE if of is Mail else _OUTGOING
    return select(*(table.c[name] for name in of._fields))


_LIVE = _columns(Mail).where(among(_MESSAGE.c.thread_id), _MESSAGE.c.history.is_(False))
_HISTORY = _columns(Mail).where(among(_MESSAGE.c.thread_id), _MESSAGE.c.history.is_(True))
_BY_ID = _columns(Mail).where(among(_MESSAGE.c.id))
_SENT = _columns(Dispatched).where(among(_OUTGOING.c.stored_message_id))


def mails_of(session: Session, thread_ids: Iterable[int], *, history: bool = False) -> list[Mail]:
    """Return the mail of these threads that arrived since go-live, or (`history`) before."""
    return [Mail._make(row) for row in rows(session, _HISTORY if history else _LIVE, thread_ids)]


def mails_by_id(session: Session, ids: Collection[int]) -> dict[int, Mail]:
    """Return the mails of these ids."""
    return {row[0]: Mail._make(row) for row in rows(session, _BY_ID, ids)} if ids else {}


def dispatched(session: Session, ids: Collection[int]) -> dict[int, Dispatched]:
    """Return, of those of these mails that mailcrm sent, what is known beside the mail."""
    return {row[0]: Dispatched._make(row) for row in rows(session, _SENT, ids)} if ids else {}
