"""Threads: the union of Message-ID, In-Reply-To, References and what a bounce returned, whatever the order of arrival.

Room: ingest. Every id that a mail carries or mentions has a row (`ThreadReference`); an id whose mail isn't here yet is a
ghost. A mail whose ids belong to two threads shows that they are one: they are merged in the same transaction.
Subjects never join threads, and what a person took apart stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.message import ReadMail
from mailcrm.ingest.storable import storable, storable_id
from mailcrm.records import Thread, ThreadReference
from mailcrm.store.threads import merge_threads

__all__ = ["assign_thread", "mentioned_ids"]

_MOST_IDS = 500


def mentioned_ids(read: ReadMail) -> tuple[str, ...]:
    """Return every Message-ID that the mail carries or mentions, each once, as they are stored.

    Its own first ("" where it has none), then the nearest relative before the farther ones.
    """
    mail = read.mail
    bounced = read.bounce.original_message_id if read.bounce else ""
    own = storable_id(mail.message_id)
    mentioned = (mail.in_reply_to, mail.original_message_id, bounced, *mail.references[::-1])
    return tuple(dict.fromkeys([own, *(storable_id(i) for i in mentioned if storable(i))]))[:_MOST_IDS]


def assign_thread(
    session: Session, account_id: int | None, ids: Sequence[str], subject: str, home: int | None = None
) -> int:
    """Return the thread that `ids` belong to: a known one, several made one, or a new one.

    `ids`: the nearest first, but for the mail's own, which is the first of all. `home`: the thread in which the mail is
    already. Of threads that a person took apart the mail belongs to one only: its home, else that of the nearest id.
    """
    found = session.exec(select(ThreadReference).where(col(ThreadReference.reference).in_(ids))).all() if ids else []
    known = {row.reference: row for row in found}
    nearest = [known[i].thread_id for i in (*ids[1:], *ids[:1]) if i in known]
    threads = _joinable(session, ([home] if home is not None else []) + nearest)
    thread_id = min(threads, default=None) or _new_thread(session, account_id, subject)
    for gone in sorted(threads - {thread_id}):
        merge_threads(session, gone, thread_id)
    for reference in ids:
        if reference and reference not in known:
            session.add(ThreadReference(reference=reference, thread_id=thread_id))
    if ids[:1] and ids[0] in known and known[ids[0]].thread_id != thread_id:
        known[ids[0]].thread_id = thread_id
        session.add(known[ids[0]])
    session.flush()
    return thread_id


def _joinable(session: Session, nearest: Iterable[int]) -> set[int]:
    """Return the threads to be made one: all of them, but of those that were taken apart only the nearest."""
    wanted = list(dict.fromkeys(nearest))
    apart = {row.id: row.split_from for row in session.exec(select(Thread).where(col(Thread.id).in_(wanted)))}
    chosen: dict[tuple[str, int], int] = {}
    for thread_id in wanted:
        family = apart[thread_id]
        chosen.setdefault(("alone", thread_id) if family is None else ("apart", family), thread_id)
    return set(chosen.values())


def _new_thread(session: Session, account_id: int | None, subject: str) -> int:
    thread = Thread(account_id=account_id, subject=subject)
    session.add(thread)
    session.flush()
    assert thread.id is not None  # noqa: S101  (flush gave it one)
    return thread.id
