"""Mails as the ledger reads them: the columns that count there, and nothing of the rest.

Room: store. In: threads, or ids. Out: `Mail`s. A `Message` with all its columns costs ten times as much, and the ledgers of
the threads that new mail touches are read with every batch.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Text, cast, select
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
    refused: dict[str, str]
    request: dict[str, Any]
    about: str


_MESSAGE, _OUTGOING = table_of(Message), table_of(Outgoing)
# Read as the text that they are: nine of ten say "null", which costs as much to decode as a mail's other columns together.
_DOCUMENTS = tuple(Mail._fields.index(name) for name in ("people", "promise", "bounce", "forwarded"))


def _column(name: str) -> ColumnElement[Any]:
    return cast(_MESSAGE.c[name], Text) if Mail._fields.index(name) in _DOCUMENTS else _MESSAGE.c[name]


_MAIL = select(*map(_column, Mail._fields))
_LIVE = _MAIL.where(among(_MESSAGE.c.thread_id), _MESSAGE.c.history.is_(False))
_HISTORY = _MAIL.where(among(_MESSAGE.c.thread_id), _MESSAGE.c.history.is_(True))
_BY_ID = _MAIL.where(among(_MESSAGE.c.id))
_SENT = select(*(_OUTGOING.c[name] for name in Dispatched._fields)).where(among(_OUTGOING.c.stored_message_id))


def _mail(row: Row[Any]) -> Mail:
    values = list(row)
    for place in _DOCUMENTS:
        text = values[place]
        values[place] = json.loads(text) if text is not None and text != "null" else None
    return Mail._make(values)


def mails_of(session: Session, thread_ids: Iterable[int], *, history: bool = False) -> list[Mail]:
    """Return the mail of these threads that arrived since go-live, or (`history`) before."""
    return [_mail(row) for row in rows(session, _HISTORY if history else _LIVE, thread_ids)]


def mails_by_id(session: Session, ids: Collection[int]) -> dict[int, Mail]:
    """Return the mails of these ids."""
    return {row[0]: _mail(row) for row in rows(session, _BY_ID, ids)} if ids else {}


def dispatched(session: Session, ids: Collection[int]) -> dict[int, Dispatched]:
    """Return, of those of these mails that mailcrm sent, what is known beside the mail."""
    return {row[0]: Dispatched._make(row) for row in rows(session, _SENT, ids)} if ids else {}
