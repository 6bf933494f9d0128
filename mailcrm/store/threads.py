"""Threads made one: everything that belongs to a thread moves to another.

Room: store. In: two threads. Out: rows moved in the caller's transaction; the turns are recomputed by the rules afterwards.
Mail that shows two threads to be one (ingest) and a person who says so (actions) come through here.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.records import ActionEntry, Contact, Decision, Message, Outgoing, Thread, ThreadReference, TurnRecord

__all__ = ["merge_threads", "settle_threads"]


def merge_threads(session: Session, gone: int, into: int) -> None:
    """Move everything of thread `gone` to thread `into`, which is then apart from whatever either was apart from."""
    for table in (ThreadReference, Message, Decision, Outgoing, TurnRecord, ActionEntry):
        session.execute(update(table).where(col(table.thread_id) == gone).values(thread_id=into))
    old, new = session.get_one(Thread, gone), session.get_one(Thread, into)
    new.company_id = new.company_id or old.company_id
    new.contact_id = new.contact_id or old.contact_id
    if old.split_from is not None and new.split_from is not None:
        same = col(Thread.split_from) == old.split_from
        session.execute(update(Thread).where(same).values(split_from=new.split_from))
    new.split_from = new.split_from or old.split_from
    session.add(new)
    session.delete(old)
    session.flush()


def settle_threads(session: Session, thread_ids: Collection[int]) -> None:
    """Let each thread bear the subject of its first mail and belong to the first contact who wrote in it.

    First by arrival, not by reading: a first sync reads the newest mail first.
    """
    subjects: dict[int, str] = {}
    people: dict[int, tuple[int, int | None]] = {}
    mails = (
        select(Message.thread_id, Message.subject, Message.contact_id, Contact.company_id)
        .join(Contact, isouter=True)
        .where(col(Message.thread_id).in_(thread_ids))
        .order_by(col(Message.arrived_at), col(Message.identity))
    )
    for thread_id, subject, contact_id, company_id in session.exec(mails):
        subjects.setdefault(thread_id, subject)
        if contact_id is not None:
            people.setdefault(thread_id, (contact_id, company_id))
    for thread in session.exec(select(Thread).where(col(Thread.id).in_(subjects))):
        assert thread.id is not None  # noqa: S101  (it was read from the table)
        thread.subject = subjects[thread.id]
        thread.contact_id, thread.company_id = people.get(thread.id, (thread.contact_id, thread.company_id))
        session.add(thread)
