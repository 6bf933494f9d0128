"""Threads: the union of Message-ID, In-Reply-To, References and what a bounce returned, whatever the order of arrival.

Room: ingest. Every id that a mail carries or mentions has a row (`ThreadReference`); an id whose mail isn't here yet is a
ghost. A mail whose ids belong to two threads shows that they are one: they are merged in the same transaction.
Subjects never join threads, and what a person took apart stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mailcrm.ingest.preparing import Readable
from mailcrm.records import Thread, ThreadReference
from mailcrm.store.bulk import add_rows, among, rows, table_of
from mailcrm.store.ids import next_ids
from mailcrm.store.threads import merge_threads

__all__ = ["assign_thread", "assign_threads"]

_REFERENCE, _THREAD = table_of(ThreadReference).c, table_of(Thread).c
_KNOWN = select_columns(_REFERENCE.reference, _REFERENCE.thread_id).where(among(_REFERENCE.reference))
_APART = select_columns(_THREAD.id).where(among(_THREAD.id), _THREAD.split_from.is_not(None))


@dataclass(slots=True)
class _Family:
    """Mails that belong together by their ids, and the threads in which some of these ids are known."""

    mails: list[int] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)


def assign_threads(session: Session, mails: Sequence[Readable]) -> list[int]:
    """Return the thread of each new mail: a known one, several made one, or a new one."""
    known: dict[str, int] = dict(map(tuple, rows(session, _KNOWN, {i for mail in mails for i in mail.ids if i})))
    families = _families(mails, known)
    apart = _apart(session, {thread for family in families for thread in family.threads})
    chosen: dict[int, int] = {}
    fresh = [family for family in families if not family.threads]
    for family, thread_id in zip(fresh, _new_threads(session, fresh, mails), strict=True):
        chosen.update(dict.fromkeys(family.mails, thread_id))
    taken_apart = []
    for family in families:
        if family.threads and apart.isdisjoint(family.threads):
            into, *gone = sorted(family.threads)
            for one in gone:
                merge_threads(session, one, into)
            chosen.update(dict.fromkeys(family.mails, into))
        elif family.threads:
            taken_apart += family.mails
    unknown = {i: chosen[number] for number in chosen for i in mails[number].ids if i and i not in known}
    references = [{"reference": reference, "thread_id": thread_id} for reference, thread_id in unknown.items()]
    add_rows(session, table_of(ThreadReference), references)
    for number in sorted(taken_apart):  # here the order of the mails, and which id is nearer, decides
        columns = mails[number].columns
        chosen[number] = assign_thread(session, columns["account_id"], mails[number].ids, columns["subject"])
    return [chosen[number] for number in range(len(mails))]


def _families(mails: Sequence[Readable], known: Mapping[str, int]) -> list[_Family]:
    """Join the mails that share an id or a thread, in the order of the first of each."""
    head = list(range(len(mails)))

    def find(number: int) -> int:
        while head[number] != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    seen: dict[str | int, int] = {}
    for number, mail in enumerate(mails):
        for i in mail.ids:
            if i:
                one, other = find(seen.setdefault(known.get(i, i), number)), find(number)
                head[max(one, other)] = min(one, other)
    families: dict[int, _Family] = defaultdict(_Family)
    for number, mail in enumerate(mails):
        family = families[find(number)]
        family.mails.append(number)
        family.threads.update(known[i] for i in mail.ids if i in known)
    return list(families.values())


def _apart(session: Session, threads: Collection[int]) -> set[int]:
    """Return those threads that a person took apart."""
    return {thread_id for (thread_id,) in rows(session, _APART, threads)} if threads else set()


def _new_threads(session: Session, families: Sequence[_Family], mails: Sequence[Readable]) -> Sequence[int]:
    ids = next_ids(session, Thread, len(families))
    threads = []
    for thread_id, family in zip(ids, families, strict=True):
        columns = mails[family.mails[0]].columns
        threads.append(
            {
                "id": thread_id,
                "account_id": columns["account_id"],
                "subject": columns["subject"],
                "company_id": None,
                "contact_id": None,
                "owner": "",
                "done": False,
                "snoozed_until": None,
                "split_from": None,
                "letter_id": None,
            }
        )
    add_rows(session, table_of(Thread), threads)
    return ids


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
