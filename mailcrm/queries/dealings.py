"""What is going on with a customer, thread by thread: demands, waits, notes, the last mails, and all of it in numbers.

Room: queries. In: the customer's threads. Out: the parts of `CustomerRow`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import CompoundSelect
from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.ledger import AnsweredElsewhere, NoteWritten
from mailcrm.domain.clock.states import deadline, state
from mailcrm.domain.waiting.wait import state as wait_state
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import CustomerMail, CustomerNote, DemandRow, Person, TotalsRow, WaitingRow
from mailcrm.records import Decision, Message, TurnRecord, WaitRecord
from mailcrm.store.turns import turn_of
from mailcrm.store.waiting import wait_of

__all__ = ["Threads", "demands", "mails", "notes", "totals", "waits"]

_LAST = 10

Threads = CompoundSelect[int | None]
"""A select of the ids of threads."""


def demands(session: Session, outlook: Outlook, threads: Threads) -> tuple[DemandRow, ...]:
    """Return the open turns, the nearest due first."""
    found = session.exec(
        select(TurnRecord, Message)
        .join(Message, col(Message.id) == col(TurnRecord.opened_by))
        .where(col(TurnRecord.thread_id).in_(threads), col(TurnRecord.end) == "")
        .order_by(col(TurnRecord.deadline))
    )
    return tuple(_demand(outlook, record, mail) for record, mail in found)


def _demand(outlook: Outlook, record: TurnRecord, mail: Message) -> DemandRow:
    turn = turn_of(record)
    return DemandRow(
        thread_id=f"t{record.thread_id}",
        subject=mail.subject,
        gist=mail.gist,
        state=state(turn, outlook.policies.clock, outlook.now).value,
        due=deadline(turn),
        reply_due=turn.due,
        since=turn.anchor,
        promise=turn.promise,
    )


def waits(session: Session, outlook: Outlook, threads: Threads) -> tuple[WaitingRow, ...]:
    """Return what we wait for, the nearest step first."""
    found = session.exec(
        select(WaitRecord, Message)
        .join(Message, col(Message.id) == col(WaitRecord.message_id))
        .where(col(WaitRecord.thread_id).in_(threads))
        .order_by(col(WaitRecord.due))
    )
    return tuple(
        WaitingRow(
            thread_id=f"t{record.thread_id}",
            subject=mail.subject,
            question=mail.question or mail.gist,
            state=wait_state(wait_of(record), outlook.now).value,
            due=record.due,
            since=record.since,
        )
        for record, mail in found
    )


def notes(session: Session, threads: Threads) -> tuple[CustomerNote, ...]:
    """Return what was last written down, the newest first."""
    written = col(Decision.event).in_([NoteWritten.name, AnsweredElsewhere.name])
    here = (col(Decision.thread_id).in_(threads), written, col(Decision.revoked_at).is_(None))
    found = session.exec(
        select(Decision).where(*here).order_by(col(Decision.at).desc(), col(Decision.id).desc()).limit(_LAST)
    )
    return tuple(
        CustomerNote(
            id=f"d{row.id}",
            at=row.at,
            by=row.actor,
            channel=row.details.get("channel", ""),
            text=row.details.get("text") or row.details.get("summary", ""),
            thread_id=f"t{row.thread_id}",
        )
        for row in found
    )


def mails(session: Session, threads: Threads) -> tuple[CustomerMail, ...]:
    """Return the last mails of both sides, the newest first."""
    # The sum keeps SQLite from going through everybody's mails along their keys.
    newest = (
        select(Message.id)
        .where(col(Message.thread_id).in_(threads))
        .order_by((col(Message.sort_key) + 0).desc())
        .limit(_LAST)
    )
    found = session.exec(
        select(Message).where(col(Message.id).in_(session.exec(newest).all())).order_by(col(Message.sort_key).desc())
    )
    return tuple(
        CustomerMail(
            id=f"m{mail.id}",
            thread_id=f"t{mail.thread_id}",
            from_=Person(mail.from_name, mail.from_address),
            subject=mail.subject,
            arrived_at=mail.arrived_at,
            side=mail.side,
            kind=mail.kind,
            purpose=mail.purpose,
            gist=mail.gist,
            channel=mail.channel,
        )
        for mail in found
    )


def totals(session: Session, threads: Threads, people: Sequence[int | None]) -> TotalsRow:
    """Return all of it in numbers."""
    here = col(Message.thread_id).in_(threads)
    wrote = col(Message.contact_id).in_(people)
    theirs, first = session.exec(select(func.count(), func.min(Message.sort_key)).where(wrote)).one()
    ended = session.exec(
        select(TurnRecord.result, func.count())
        .where(col(TurnRecord.thread_id).in_(threads))
        .group_by(col(TurnRecord.result))
    )
    answered = dict(ended.all())
    return TotalsRow(
        threads=session.exec(select(func.count()).select_from(threads.subquery())).one(),
        mails=session.exec(select(func.count()).select_from(Message).where(here)).one(),
        theirs=theirs,
        first_at=session.exec(select(Message.arrived_at).where(col(Message.sort_key) == first)).first(),
        met=answered.get("met", 0),
        late=answered.get("late", 0),
    )
