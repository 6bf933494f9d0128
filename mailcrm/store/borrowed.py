"""Mails of ours that count on another thread than their own: "also answers", and what a person said answers it too.

Room: store. In: threads. Out: the mails that the ledgers of these threads borrow, with the reports that came back for them; and
the other way round, the threads whose ledgers borrow from these.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.clock.ledger import AnswerDecided
from mailcrm.domain.message import Kind
from mailcrm.records import AlsoAnswered, Decision, Message, Outgoing

__all__ = ["Borrowed", "borrowed_mails", "borrowing_threads"]

_BOUNCES = [Kind.BOUNCE_HARD.value, Kind.BOUNCE_SOFT.value]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A mail that counts on `thread` too; `until`: it answers what arrived there up to then, None: up to its sending.

    A report that a mail came back is borrowed with it: `original` is then the mail's id.
    """

    thread: int
    message: Message
    outgoing: Outgoing | None = None
    until: datetime | None = None
    original: int | None = None


def borrowed_mails(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    """Return what the ledgers of these threads borrow from others, in no order."""
    found = [*_also(session, thread_ids), *_said(session, thread_ids)]
    return [*found, *_reports(session, found)] if found else []


def _also(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    shown = (
        select(Message.thread_id, Message.arrived_at, Outgoing)
        .join(AlsoAnswered, col(AlsoAnswered.message_id) == col(Message.id))
        .join(Outgoing, col(Outgoing.id) == col(AlsoAnswered.outgoing_id))
        .where(col(Message.thread_id).in_(thread_ids), col(Outgoing.stored_message_id).is_not(None))
    )
    rows = session.exec(shown).all()
    mails = _mails(session, {row.stored_message_id for _thread, _until, row in rows})
    return [
        Borrowed(thread, mails[row.stored_message_id], row, until)
        for thread, until, row in rows
        if mails[row.stored_message_id].thread_id != thread
    ]


def _said(session: Session, thread_ids: Collection[int]) -> list[Borrowed]:
    """Return the mails of other threads of which a person said that they answer these."""
    here = col(Decision.thread_id).in_(thread_ids)
    said = select(Decision.thread_id, Message, Decision.details).join(Message, col(Message.id) == col(Decision.about))
    rows = session.exec(said.where(here, col(Decision.event) == AnswerDecided.name, col(Decision.revoked_at).is_(None)))
    chosen = [(thread, mail) for thread, mail, told in rows if told.get("answer") == "yes" and mail.thread_id != thread]
    sent = select(Outgoing).where(col(Outgoing.stored_message_id).in_({mail.id for _thread, mail in chosen}))
    outgoing = {row.stored_message_id: row for row in session.exec(sent)} if chosen else {}
    return [Borrowed(thread, mail, outgoing.get(mail.id)) for thread, mail in chosen]


def _mails(session: Session, ids: Collection[int | None]) -> dict[int | None, Message]:
    if not ids:
        return {}
    return {row.id: row for row in session.exec(select(Message).where(col(Message.id).in_(ids)))}


def _reports(session: Session, found: Collection[Borrowed]) -> list[Borrowed]:
    """Return the reports that came back for borrowed mails."""
    homes = {one.message.thread_id for one in found}
    bounces = select(Message).where(col(Message.thread_id).in_(homes), col(Message.kind).in_(_BOUNCES))
    named = [(row, (row.bounce or {}).get("original_message_id", "")) for row in session.exec(bounces)]
    return [
        Borrowed(one.thread, report, original=one.message.id)
        for one in found
        for report, original in named
        if original and original == one.message.message_id and report.thread_id == one.message.thread_id
    ]


def borrowing_threads(session: Session, thread_ids: Collection[int]) -> frozenset[int]:
    """Return the other threads whose ledgers have mails of these."""
    shown = (
        select(Message.thread_id)
        .join(AlsoAnswered, col(AlsoAnswered.message_id) == col(Message.id))
        .join(Outgoing, col(Outgoing.id) == col(AlsoAnswered.outgoing_id))
        .where(col(Outgoing.thread_id).in_(thread_ids), col(Outgoing.stored_message_id).is_not(None))
    )
    said = (
        select(Decision.thread_id)
        .join(Message, col(Message.id) == col(Decision.about))
        .where(col(Message.thread_id).in_(thread_ids), col(Decision.event) == AnswerDecided.name)
    )
    return frozenset({*session.exec(shown), *session.exec(said)}) - frozenset(thread_ids)
