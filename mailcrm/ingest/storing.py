"""Storing mails that are ready: raw first, then what was read from them, many at a time.

Room: ingest. In: what `preparing` made of the bytes. Out: rows, and which threads were touched. Runs inside the caller's
transaction. The same bytes are one message; so are mails with the same Message-ID, From, Date and subject (a server adds
headers to a Sent copy); anything else is a message of its own. Lookups are made once for all mails, and rows go in by
SQLAlchemy Core: a mapped object costs as much as everything else about a mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mailcrm.domain.parties import Ours
from mailcrm.ingest.people import link_writers
from mailcrm.ingest.preparing import Readable, Ready
from mailcrm.ingest.taking_over import complete
from mailcrm.ingest.threads import assign_threads
from mailcrm.records import AttachmentFile, Judgement, Message, MessageText, QuarantinedMail, Thread
from mailcrm.store.bulk import add_rows, among, rows, table_of
from mailcrm.store.ids import next_ids
from mailcrm.store.indexed import listed, reindex
from mailcrm.store.raws import keep_raws
from mailcrm.store.search_index import index_mails
from mailcrm.store.sort_keys import free_sort_keys

__all__ = ["Stored", "store_mail", "store_mails"]

_KNOWN = select_columns(table_of(Message).c.identity).where(among(table_of(Message).c.identity))
_THREAD = table_of(Thread).c
_ASLEEP = select_columns(_THREAD.id).where(
    among(_THREAD.id), or_(_THREAD.done.is_(True), _THREAD.snoozed_until.is_not(None))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a mail: "new", "duplicate" or "quarantined"; the threads to recompute; `old`: it is old mail, and new here."""

    outcome: str
    raw_id: int
    message_id: int | None = None
    touched: frozenset[int] = frozenset()
    old: bool = False


@dataclass(frozen=True, slots=True)
class _New:
    """A mail that is stored for the first time; `place`: its number in the batch."""

    place: int
    raw_id: int
    read: Readable


def store_mail(session: Session, mail: Ready, ours: Ours) -> Stored:
    """Store one mail and link it to its thread and people."""
    return store_mails(session, [mail], ours)[0]


def store_mails(session: Session, mails: Sequence[Ready], ours: Ours) -> list[Stored]:
    """Store mails and link them to their threads and people; the same as one after the other."""
    session.flush()
    raw_ids = keep_raws(session, [mail.bytes_ for mail in mails])
    identities = {mail.read.identity for mail in mails if mail.read is not None}
    seen = {identity for (identity,) in rows(session, _KNOWN, identities)}
    stored: dict[int, Stored] = {}
    fresh: list[_New] = []
    copies: list[int] = []
    for place, (mail, raw_id) in enumerate(zip(mails, raw_ids, strict=True)):
        if mail.read is None:
            stored[place] = _quarantine(session, mail, raw_id)
        elif mail.read.identity in seen:
            copies.append(place)
        else:
            seen.add(mail.read.identity)
            fresh.append(_New(place, raw_id, mail.read))
    for new, row in zip(fresh, _write(session, fresh, mails, ours), strict=True):
        stored[new.place] = row
    for place in copies:
        stored[place] = _seen_again(session, mails[place], raw_ids[place])
    return [stored[place] for place in range(len(mails))]


def _quarantine(session: Session, mail: Ready, raw_id: int) -> Stored:
    known = session.exec(select(QuarantinedMail).where(col(QuarantinedMail.raw_id) == raw_id)).first()
    if known is not None:
        return Stored("duplicate", raw_id)
    assert mail.error is not None  # noqa: S101  (a mail without reading has a reason)
    session.add(
        QuarantinedMail(
            account_id=mail.account_id,
            raw_id=raw_id,
            arrived_at=mail.at,
            fetched_at=mail.fetched_at,
            error=mail.error.to_json(),
            parser_version=mail.parser_version,
            history=mail.history,
            whole_size=mail.whole_size,
        )
    )
    session.flush()
    return Stored("quarantined", raw_id)


def _seen_again(session: Session, mail: Ready, raw_id: int) -> Stored:
    """Let copies of a mail agree, whichever was read first: the earliest arrival counts, and one live copy is enough."""
    assert mail.read is not None  # noqa: S101  (only what was read has an identity)
    known = session.exec(select(Message).where(col(Message.identity) == mail.read.identity)).one()
    if mail.history is not True:
        known.history = known.history and mail.read.columns["history"]
        at = mail.read.columns["arrived_at"]
        if at < known.arrived_at:
            if known.seen_late:
                known.seen_late += int((known.arrived_at - at).total_seconds())
            before = listed(session, [known.id or 0])
            known.arrived_at, known.sort_key = at, free_sort_keys(session, [at])[0]
            reindex(session, before)
            # A turn that was judged by the later arrival is judged anew, as if this copy had been read first.
            session.execute(delete(Judgement).where(col(Judgement.opened_by) == known.id))
        session.add(known)
    if mail.whole_size is None and not known.whole:
        complete(session, known, mail)
    session.flush()
    return Stored("duplicate", raw_id, known.id, frozenset({known.thread_id}))


def _write(session: Session, fresh: Sequence[_New], mails: Sequence[Ready], ours: Ours) -> list[Stored]:
    if not fresh:
        return []
    threads = assign_threads(session, [new.read for new in fresh])
    now = max(mails[new.place].fetched_at for new in fresh)
    contacts, others = link_writers(session, [new.read.writer for new in fresh], ours, now)
    ids = next_ids(session, Message, len(fresh))
    keys = free_sort_keys(session, [new.read.columns["arrived_at"] for new in fresh])
    messages = [
        {
            **new.read.columns,
            "id": message_id,
            "identity": new.read.identity,
            "raw_id": new.raw_id,
            "thread_id": thread_id,
            "contact_id": contact_id,
            "sort_key": key,
            "reclassified_at": None,
            "channel": "",
        }
        for message_id, key, new, thread_id, contact_id in zip(ids, keys, fresh, threads, contacts, strict=True)
    ]
    add_rows(session, table_of(Message), messages)
    of_mails = list(zip(ids, (new.read for new in fresh), strict=True))
    texts = [{"message_id": message_id, **read.text} for message_id, read in of_mails]
    add_rows(session, table_of(MessageText), texts)
    files = [{"message_id": message_id, **file} for message_id, read in of_mails for file in read.files]
    add_rows(session, table_of(AttachmentFile), files)
    index_mails(session, [(key, new.read.index_text) for key, new in zip(keys, fresh, strict=True)])
    _wake(session, set(threads))
    return [
        Stored(
            "new",
            new.raw_id,
            row["id"],
            others | {row["thread_id"]},
            old=row["old_mail"] and row["side"] == "theirs",
        )
        for new, row in zip(fresh, messages, strict=True)
    ]


def _wake(session: Session, threads: set[int]) -> None:
    """Bring threads back that were done or snoozed until something happens."""
    asleep = [thread_id for (thread_id,) in rows(session, _ASLEEP, threads)]
    if asleep:
        awake = update(Thread).where(col(Thread.id).in_(asleep)).values(done=False, snoozed_until=None)
        session.execute(awake)
