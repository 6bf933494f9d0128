"""A stored mail read again: what was read from it follows, what people decided and when it came stays.

Room: ingest. In: the row of a mail, or of one in quarantine, with another reading of its bytes. Out: rows changed in the
caller's transaction, and the threads to recompute. Arrival and history were decided when the mail came: a clock that a person
has seen isn't moved by a better parser.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mailcrm.domain.arrival import filed_at
from mailcrm.domain.message import ReadMail, Side
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence
from mailcrm.ingest.message_rows import (
    READ_FROM_BODY,
    READ_FROM_HEADER,
    file_columns,
    identity_of,
    mentioned_ids,
    message_columns,
    text_columns,
    writer_of_mail,
)
from mailcrm.ingest.people import link_writers
from mailcrm.ingest.preparing import Arriving, Door
from mailcrm.ingest.storable import storable
from mailcrm.ingest.storing import store_mail
from mailcrm.ingest.taking_over import replace_text, take_over
from mailcrm.ingest.threads import assign_thread
from mailcrm.ingest.writer import side_of
from mailcrm.ports import MailParser
from mailcrm.records import Location, MailAccount, Message, QuarantinedMail
from mailcrm.store.decided import keep_purpose
from mailcrm.store.evidence import forget_evidence
from mailcrm.store.indexed import listed, reindex
from mailcrm.store.packs import digest

__all__ = ["release", "renew"]


def renew(session: Session, row: Message, raw: bytes, read: ReadMail, version: str, ours: Ours) -> frozenset[int]:
    """Let `row` say what `read`, a reading of its `raw` bytes by parser `version`, says; return the threads touched."""
    assert row.id is not None  # noqa: S101  (it was read from the table)
    indexed = listed(session, [row.id])
    side = side_of(read, ours)
    fresh = message_columns(read, side, row.arrived_at, ours) | {"parser_version": version}
    forget_evidence(session, {row.thread_id})
    size = row.size
    take_over(row, fresh, (*READ_FROM_HEADER, *READ_FROM_BODY))
    keep_purpose(session, row)
    if not row.whole:
        row.size = size  # what the server says; the header alone doesn't know
    row.identity = _free_identity(session, row, identity_of(read.mail, digest(raw)))
    before = row.thread_id
    subject = storable(read.mail.subject)
    row.thread_id = assign_thread(session, row.account_id, mentioned_ids(read), subject, home=before)
    writer = writer_of_mail(read, ours) if side is Side.THEIRS else None
    (row.contact_id,), others = link_writers(session, [writer], ours, row.fetched_at)
    session.add(row)
    replace_text(session, row.id, text_columns(read), file_columns(read))
    reindex(session, indexed)
    forget_evidence(session, {row.thread_id})
    return others | {before, row.thread_id}


def _free_identity(session: Session, row: Message, identity: str) -> str:
    """Return `identity`, or the one that the mail has where another mail is known by it: two stored mails stay two."""
    taken = select(Message.id).where(col(Message.identity) == identity, col(Message.id) != row.id)
    return row.identity if session.exec(taken).first() is not None else identity


def release(
    session: Session, row: QuarantinedMail, raw: bytes, read: ReadMail | Sentence, parser: MailParser, ours: Ours
) -> frozenset[int] | None:
    """Make a message of a mail in quarantine, where its copies lie too; return the threads touched.

    `read` is why it can't be read where it still can't: then it stays with that, and None is returned.
    """
    if isinstance(read, Sentence):
        row.error, row.parser_version = read.to_json(), parser.version
        session.add(row)
        return None
    arriving = Arriving(raw, _came_at(session, row, read, ours), row.fetched_at, row.whole_size)
    stored = store_mail(session, _door(session, row, parser, ours).judged(arriving, read), ours)
    here = (col(Location.raw_id) == row.raw_id, col(Location.message_id).is_(None))
    session.execute(update(Location).where(*here).values(message_id=stored.message_id))
    session.delete(row)
    session.flush()
    return stored.touched


def _door(session: Session, row: QuarantinedMail, parser: MailParser, ours: Ours) -> Door:
    account = session.get(MailAccount, row.account_id) if row.account_id else None
    return Door(parser, ours, row.account_id, account.go_live if account else None, history=row.history)


def _came_at(session: Session, row: QuarantinedMail, read: ReadMail, ours: Ours) -> datetime | None:
    """Return when the mail came: from a server its internaldate, from a file what it tells."""
    if not _placed(session, row.raw_id):
        return filed_at(read.mail, ours.side(read.mail.from_), row.arrived_at)
    first = session.exec(select(func.min(Location.internaldate)).where(col(Location.raw_id) == row.raw_id)).one()
    return first or row.arrived_at


def _placed(session: Session, raw_id: int) -> bool:
    """Whether a server showed us this mail."""
    return session.exec(select(Location.id).where(col(Location.raw_id) == raw_id).limit(1)).first() is not None
