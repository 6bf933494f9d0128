"""Threads: the union of Message-ID, In-Reply-To, References and what a bounce returned, whatever the order of arrival.

Room: ingest. Every id that a mail carries or mentions has a row (`ThreadReference`); an id whose mail isn't here yet is a
ghost. A mail whose ids belong to two threads shows that they are one: they are merged in the same transaction.
Subjects never join threads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.domain.message import ReadMail
from mailcrm.ingest.storable import storable, storable_id
from mailcrm.records import ActionEntry, Contact, Decision, Message, Outgoing, Thread, ThreadReference, TurnRecord

__all__ = ["assign_thread", "mentioned_ids", "settle_threads"]

_MOST_IDS = 500


def mentioned_ids(read: ReadMail) -> tuple[str, ...]:
    """Return every Message-ID that the mail carries or mentions, its own first, each once, as they are stored."""
    mail = read.mail
    bounced = read.bounce.original_message_id if read.bounce else ""
    ids = (mail.message_id, mail.in_reply_to, mail.original_message_id, bounced, *mail.references)
    return tuple(dict.fromkeys(storable_id(i) for i in ids if storable(i)))[:_MOST_IDS]


def assign_thread(session: Session, account_id: int | None, ids: Iterable[str], subject: str) -> int:
    """Return the thread that `ids` belong to: a known one, several made one, or a new one."""
    ids = list(ids)
    found = session.exec(select(ThreadReference).where(col(ThreadReference.reference).in_(ids))).all() if ids else []
    threads = sorted({row.thread_id for row in found})
    if threads:
        thread_id, merged = threads[0], set(threads[1:])
    else:
        thread = Thread(account_id=account_id, subject=subject)
        session.add(thread)
        session.flush()
        assert thread.id is not None  # noqa: S101  (flush gave it one)
        thread_id, merged = thread.id, set()
    for gone in merged:
        _merge(session, gone, thread_id)
    known = {row.reference for row in found}
    for reference in ids:
        if reference not in known:
            session.add(ThreadReference(reference=reference, thread_id=thread_id))
    session.flush()
    return thread_id


def _merge(session: Session, gone: int, into: int) -> None:
    """Move everything of thread `gone` to thread `into`; the turns are recomputed by the rules afterwards."""
    for table in (ThreadReference, Message, Decision, Outgoing, TurnRecord, ActionEntry):
        session.execute(update(table).where(col(table.thread_id) == gone).values(thread_id=into))
    old, new = session.get_one(Thread, gone), session.get_one(Thread, into)
    new.company_id = new.company_id or old.company_id
    new.contact_id = new.contact_id or old.contact_id
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
