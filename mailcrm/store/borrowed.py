"""Mails of ours that count on another thread than their own: "also answers", and what a person said answers it too.

Room: store. In: threads. Out: the mails that the ledgers of these threads borrow, with the reports that came back for them; and
the other way round, the threads whose ledgers borrow from these.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.domain.clock.ledger import AnswerDecided
from mailcrm.domain.message import Kind
from mailcrm.records import AlsoAnswered, Decision, Message, Outgoing
from mailcrm.store.bulk import among, one_of, rows, table_of
from mailcrm.store.mails import Dispatched, Mail, dispatched, mails_by_id

__all__ = ["Borrowed", "borrowed_mails", "borrowing_threads"]

_BOUNCES = (Kind.BOUNCE_HARD.value, Kind.BOUNCE_SOFT.value)

_message, _also_answered = table_of(Message).c, table_of(AlsoAnswered).c
_decision, _outgoing = table_of(Decision).c, table_of(Outgoing).c

_answers = table_of(AlsoAnswered).join(table_of(Message), _also_answered.message_id == _message.id)
_answers = _answers.join(table_of(Outgoing), _outgoing.id == _also_answered.outgoing_id)
_about = table_of(Decision).join(table_of(Message), _message.id == _decision.about)

_SHOWN = (
    select(_message.thread_id, _message.arrived_at, _outgoing.stored_message_id)
    .select_from(_answers)
    .where(among(_message.thread_id), _outgoing.stored_message_id.is_not(None))
)
_SHOWN_TO = (
    select(_message.thread_id)
    .select_from(_answers)
    .where(among(_outgoing.thread_id), _outgoing.stored_message_id.is_not(None))
)
_SAID = select(_decision.thread_id, _decision.about, _decision.details).where(
    among(_decision.thread_id),
    _decision.event == AnswerDecided.name,
    _decision.revoked_at.is_(None),
    _decision.about.is_not(None),
)
_SAID_OF = (
    select(_decision.thread_id)
    .select_from(_about)
    .where(among(_message.thread_id), _decision.event == AnswerDecided.name)
)
_BOUNCED = select(_message.id).where(among(_message.thread_id), one_of(_message.kind, *_BOUNCES))


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A mail that counts on `thread` too; `until`: it answers what arrived there up to then, None: up to its sending.

    A report that a mail came back is borrowed with it: `original` is then the mail's id.
    """

    thread: int
    mail: Mail
    outgoing: Dispatched | None = None
    until: datetime | None = None
    original: int | None = None


def borrowed_mails(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    """Return what the ledgers of these threads borrow from others, in no order."""
    found = [*_also(session, thread_ids), *_said(session, thread_ids)]
    return [*found, *_reports(session, found)] if found else []


def _also(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    shown = rows(session, _SHOWN, thread_ids)
    ids = {mail for _thread, _until, mail in shown}
    mails, sent = mails_by_id(session, ids), dispatched(session, ids)
    return [
        Borrowed(thread, mails[mail], sent[mail], until)
        for thread, until, mail in shown
        if mails[mail].thread_id != thread
    ]


def _said(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    """Return the mails of other threads of which a person said that they answer these."""
    said = [(thread, about) for thread, about, told in rows(session, _SAID, thread_ids) if told.get("answer") == "yes"]
    mails = mails_by_id(session, {about for _thread, about in said})
    chosen = [(thread, mails[about]) for thread, about in said if mails[about].thread_id != thread]
    sent = dispatched(session, {mail.id for _thread, mail in chosen})
    return [Borrowed(thread, mail, sent.get(mail.id)) for thread, mail in chosen]


def _reports(session: Session, found: Collection[Borrowed]) -> list[Borrowed]:
    """Return the reports that came back for borrowed mails."""
    homes = {one.mail.thread_id for one in found}
    bounces = mails_by_id(session, [key for (key,) in rows(session, _BOUNCED, homes)])
    named = [(row, (row.bounce or {}).get("original_message_id", "")) for row in bounces.values()]
    return [
        Borrowed(one.thread, report, original=one.mail.id)
        for one in found
        for report, original in named
        if original and original == one.mail.message_id and report.thread_id == one.mail.thread_id
    ]


def borrowing_threads(session: Session, thread_ids: Collection[int]) -> frozenset[int]:
    """Return the other threads whose ledgers have mails of these."""
    found = {thread for statement in (_SHOWN_TO, _SAID_OF) for (thread,) in rows(session, statement, thread_ids)}
    return frozenset(found) - frozenset(thread_ids)
