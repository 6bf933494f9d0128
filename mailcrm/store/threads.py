"""Threads made one and taken apart: what belongs to a thread, and how it moves to another.

Room: store. In: threads. Out: rows moved in the caller's transaction; the turns are recomputed by the rules afterwards.
Mail that shows two threads to be one (ingest) and a person who says so (actions) come through here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from mailcrm.records import (
    ActionEntry,
    Contact,
    Decision,
    MailAccount,
    Message,
    Outgoing,
    Task,
    Thread,
    ThreadReference,
    TurnRecord,
    WaitParty,
    WaitRecord,
)
from mailcrm.store.bulk import among, change_rows, differs, rows, stale, table_of
from mailcrm.store.evidence import forget_evidence

__all__ = [
    "belongings",
    "forget_waits",
    "mentioned_by",
    "merge_threads",
    "move",
    "new_thread_with",
    "settle_threads",
    "thread_with",
]

# What belongs to a thread, and the column by which each row is known. Turns go with the mails that opened them.
_KEYS: Mapping[str, tuple[type[SQLModel], str]] = {
    "messages": (Message, "id"),
    "references": (ThreadReference, "reference"),
    "decisions": (Decision, "id"),
    "outgoing": (Outgoing, "id"),
    "actions": (ActionEntry, "id"),
    "tasks": (Task, "id"),
}
_AT_ONCE = 5_000
_THREAD, _message, _contact = table_of(Thread), table_of(Message).c, table_of(Contact).c
_MAILS = (
    columns(_message.thread_id, _message.subject, _message.contact_id, _contact.company_id)
    .select_from(table_of(Message).join(table_of(Contact), isouter=True))
    .where(among(_message.thread_id))
    .order_by(_message.arrived_at, _message.identity)
)
_THREADS = columns(_THREAD.c.id, _THREAD.c.subject, _THREAD.c.contact_id, _THREAD.c.company_id).where(
    among(_THREAD.c.id)
)
_SUBJECT = 80

_ON_A_THREAD: tuple[type[SQLModel], ...] = (ThreadReference, Message, Decision, Outgoing, TurnRecord, ActionEntry, Task)
_OF_THREAD = [
    update(table).where(table.c.thread_id == bindparam("gone")).values(thread_id=bindparam("into"))
    for table in map(table_of, _ON_A_THREAD)
]

Belongings = Mapping[str, Sequence[Any]]


def belongings(session: Session, thread_id: int) -> dict[str, list[Any]]:
    """Return the keys of everything that belongs to a thread, by kind; JSON values."""
    return {
        name: list(session.exec(select(getattr(table, key)).where(getattr(table, "thread_id") == thread_id)))  # noqa: B009
        for name, (table, key) in _KEYS.items()
    }


def move(session: Session, what: Belongings, into: int) -> None:
    """Let `what` belong to thread `into`."""
    mails = col(Message.id).in_(what.get("messages", ()))
    forget_evidence(session, session.exec(select(Message.thread_id).where(mails).distinct()))
    for name, keys in what.items():
        table, key = _KEYS[name]
        _move(session, table, key, keys, into)
    _move(session, TurnRecord, "opened_by", what.get("messages", ()), into)
    session.flush()


def _move(session: Session, table: type[SQLModel], key: str, keys: Sequence[Any], into: int) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        some = getattr(table, key).in_(keys[start : start + _AT_ONCE])
        session.execute(update(table).where(some).values(thread_id=into))


def mentioned_by(message: Message) -> frozenset[str]:
    """Return the Message-IDs that a stored mail answers or reports on."""
    bounced = (message.bounce or {}).get("original_message_id", "")
    return frozenset({message.in_reply_to, bounced, *message.references}) - {""}


def merge_threads(session: Session, gone: int, into: int) -> None:
    """Move everything of thread `gone` to thread `into`, which is then apart from whatever either was apart from."""
    session.flush()
    for statement in _OF_THREAD:
        session.connection().execute(statement, {"gone": gone, "into": into})
    stale(session, *_ON_A_THREAD)
    forget_waits(session, [gone])
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


def forget_waits(session: Session, thread_ids: Collection[int]) -> None:
    """Drop what is known of the waits on these threads; the rules make it anew."""
    for table in (WaitParty, WaitRecord):
        session.execute(delete(table).where(col(table.thread_id).in_(thread_ids)))


def settle_threads(session: Session, thread_ids: Collection[int]) -> None:
    """Let each thread bear the subject of its first mail and belong to the first contact who wrote in it.

    First by arrival, not by reading: a first sync reads the newest mail first.
    """
    session.flush()
    told: dict[int, dict[str, Any]] = {}
    for thread_id, subject, contact, company in rows(session, _MAILS, thread_ids):
        first = told.setdefault(thread_id, {"subject": subject})
        if contact is not None and "contact_id" not in first:
            first |= {"contact_id": contact, "company_id": company}
    changed = []
    for row in rows(session, _THREADS, told):
        values = {"id": row.id, "contact_id": row.contact_id, "company_id": row.company_id, **told[row.id]}
        if differs(row, values):
            changed.append(values)
    change_rows(session, _THREAD, "id", changed)
    stale(session, Thread)


def thread_with(session: Session, contact: Contact, subject: str) -> int:
    """Return the contact's thread with the newest mail, a new one about `subject` where there is none."""
    theirs = select(Thread.id).where(col(Thread.contact_id) == contact.id)
    newest = theirs.join(Message, isouter=True).order_by(
        col(Message.sort_key).desc().nulls_last(), col(Thread.id).desc()
    )
    return session.exec(newest.limit(1)).first() or new_thread_with(session, contact, subject)


def new_thread_with(session: Session, contact: Contact, subject: str) -> int:
    """Return a new thread with the contact, in the account in which they wrote last."""
    theirs = col(Message.contact_id) == contact.id, col(Message.account_id).is_not(None)
    accounts = select(Message.account_id).where(*theirs).order_by(col(Message.sort_key).desc()).limit(1)
    account = session.exec(accounts).first() or session.exec(select(MailAccount.id).limit(1)).first()
    thread = Thread(
        account_id=account, subject=subject[:_SUBJECT], contact_id=contact.id, company_id=contact.company_id
    )
    session.add(thread)
    session.flush()
    assert thread.id is not None  # noqa: S101  (flush gave it one)
    return thread.id
