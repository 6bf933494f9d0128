"""Tasks: what somebody is to do.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CompoundSelect
from sqlmodel import Session, col, or_, select

from mailcrm.domain.clock.states import State
from mailcrm.domain.clock.story import localised
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import TaskRow, WorklistRow
from mailcrm.records import Company, Contact, Message, Task
from mailcrm.store.finding import number

__all__ = ["task", "task_rows", "tasks", "tasks_of"]


def task(session: Session, outlook: Outlook, *, id: str) -> TaskRow:  # noqa: A002  (as on the command line)
    """Return one task."""
    return _row(session, session.get_one(Task, number(id, "k", "task")), outlook, Owners(session, outlook))


def tasks(session: Session, outlook: Outlook, *, done: bool = False) -> tuple[TaskRow, ...]:
    """Return what is to be done, the nearest due first and what has none at the end; with `done` what was done too."""
    owners = Owners(session, outlook)
    return tuple(_row(session, row, outlook, owners) for row in _tasks(session, done=done))


def tasks_of(
    session: Session,
    outlook: Outlook,
    threads: CompoundSelect[int | None],
    people: Collection[int | None],
) -> tuple[TaskRow, ...]:
    """Return what is to be done about any of these threads or people."""
    theirs = or_(col(Task.thread_id).in_(threads), col(Task.contact_id).in_(people))
    found = session.exec(select(Task).where(col(Task.done_at).is_(None), theirs)).all()
    owners = Owners(session, outlook) if found else None
    return tuple(_row(session, row, outlook, owners) for row in sorted(found, key=_nearest) if owners)


def _tasks(session: Session, *, done: bool) -> Sequence[Task]:
    wanted = select(Task) if done else select(Task).where(col(Task.done_at).is_(None))
    rows = session.exec(wanted).all()
    return sorted(rows, key=_nearest)


def _nearest(row: Task) -> tuple[bool, datetime, int]:
    return row.due is None, row.due or row.created_at, row.id or 0


def _title(row: Task, outlook: Outlook) -> Sentence:
    """Return a person's words as they are, a rule's in the reader's language."""
    if row.source is None:
        return Sentence("{text}", {"text": row.title})
    return localised(Sentence.from_json(row.title), outlook.zone)


def _row(session: Session, row: Task, outlook: Outlook, owners: Owners) -> TaskRow:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    return TaskRow(
        id=f"k{row.id}",
        title=_title(row, outlook),
        thread_id=f"t{row.thread_id}" if row.thread_id else None,
        contact_id=f"c{contact.id}" if contact else None,
        contact=(contact.name or contact.address) if contact else None,
        due=row.due,
        owner=row.owner or owners.of(row.thread_id, None),
        source=row.source or "",
        created_at=row.created_at,
        done_at=row.done_at,
        done_by=row.done_by,
    )


def task_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of what is to be done."""
    made = []
    for row in _tasks(session, done=False):
        told = _row(session, row, outlook, owners)
        contact = session.get(Contact, row.contact_id) if row.contact_id else None
        company = session.get(Company, contact.company_id) if contact and contact.company_id else None
        soon = row.due is None or row.due <= outlook.end_of_today()
        made.append(
            WorklistRow(
                id=told.id,
                ref=told.id,
                band="step" if soon else "later",
                kind="task",
                state=State.IDLE.value,
                why=told.title,
                thread_id=told.thread_id,
                company=company.name if company else None,
                contact=told.contact,
                grade=company.grade if company else None,
                gist=str(told.title),
                subject=_subject(session, row),
                due=row.due,
                overdue_seconds=max(0, int((outlook.now - row.due).total_seconds())) if row.due else 0,
                arrived_at=row.created_at,
                owner=told.owner,
            )
        )
    return made


def _subject(session: Session, row: Task) -> str:
    newest = select(Message.subject).where(col(Message.thread_id) == row.thread_id)
    return session.exec(newest.order_by(col(Message.sort_key)).limit(1)).first() or "" if row.thread_id else ""
