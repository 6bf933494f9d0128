"""A stored message taken over by another reading of it: a better parser's, or the whole where only the header was known.

Room: ingest. In: the row of a message and the columns of the other reading. Out: rows changed in the caller's transaction; what
a person decided stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.ingest.message_rows import READ_FROM_BODY
from mailcrm.ingest.preparing import Ready
from mailcrm.records import AttachmentFile, Location, Message, MessageText
from mailcrm.store.decided import keep_purpose
from mailcrm.store.evidence import forget_evidence
from mailcrm.store.indexed import listed, reindex
from mailcrm.store.raws import drop_unused, keep_raws

__all__ = ["complete", "replace_text", "take_over"]


def complete(session: Session, row: Message, mail: Ready) -> None:
    """Fill in a message of which only the header was known, now that `mail` is the whole.

    The bytes of the header alone go where nothing refers to them any more: they are in the whole.
    """
    assert mail.read is not None  # noqa: S101  (only what could be read completes anything)
    assert row.id is not None  # noqa: S101  (it was read from the table)
    indexed = listed(session, [row.id])
    take_over(row, mail.read.columns, READ_FROM_BODY)
    keep_purpose(session, row)
    header_only, row.raw_id, row.whole = row.raw_id, keep_raws(session, [mail.bytes_])[0], True
    if not row.message_id:
        row.identity = _free_identity(session, row, mail.bytes_.sha256)
    session.add(row)
    replace_text(session, row.id, mail.read.text, mail.read.files)
    reindex(session, indexed)
    here = (col(Location.message_id) == row.id, col(Location.raw_id) == header_only)
    session.execute(update(Location).where(*here).values(raw_id=row.raw_id))
    session.flush()
    drop_unused(session, header_only)
    forget_evidence(session, {row.thread_id})


def _free_identity(session: Session, row: Message, identity: str) -> str:
    taken = session.exec(select(Message.id).where(col(Message.identity) == identity)).first()
    return row.identity if taken is not None else identity


def take_over(row: Message, fresh: Mapping[str, Any], names: Sequence[str]) -> None:
    """Let `row` say what `fresh` says in these columns and of the kind; a kind that a person set stays."""
    for name in names:
        setattr(row, name, fresh[name])
    if row.reclassified_at is None:
        row.kind = fresh["kind"]
    row.kind_rule = fresh["kind"]


def replace_text(
    session: Session, message_id: int, text: Mapping[str, Any], files: Sequence[Mapping[str, Any]]
) -> None:
    """Keep the text and the files of another reading instead of those of the last one; a file's id stays."""
    row = session.get(MessageText, message_id) or MessageText(message_id=message_id, packed=b"")
    _fill(session, row, text)
    known = session.exec(select(AttachmentFile).where(col(AttachmentFile.message_id) == message_id))
    rows = {row.position: row for row in known}
    for file in files:
        known_file = rows.pop(file["position"], None)
        _fill(session, known_file or AttachmentFile(message_id=message_id, position=0), file)
    for gone in rows.values():
        session.delete(gone)


def _fill(session: Session, row: MessageText | AttachmentFile, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    session.add(row)
