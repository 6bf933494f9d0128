"""Stored mails in the search index: what is written of each, and how the index follows when one changes.

Room: store. A mail that is stored goes in by `index_mails` with its `index_text`. One that changes is `listed` before and
`reindex`ed after, since the index takes a mail out only by what was put in. Whatever goes wrong with it, `rebuild_index` makes it
anew from the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mailcrm.records import AttachmentFile, Message, MessageText
from mailcrm.store.index_text import index_text
from mailcrm.store.packs import unpack_texts
from mailcrm.store.search_index import Row, clear_index, index_mails, unindex_mails

__all__ = ["Listed", "listed", "rebuild_index", "reindex"]

Listed = dict[int, Row]

_BATCH = 500
_COLUMNS: tuple[Any, ...] = (
    Message.id,
    Message.sort_key,
    Message.subject,
    Message.from_name,
    Message.from_address,
    Message.people,
    Message.has_attachments,
    Message.kind_rule,
    MessageText.packed,
)


def listed(session: Session, message_ids: Collection[int]) -> Listed:
    """Return what the index says of these mails now: by their ids their rows in it."""
    session.flush()
    found = session.connection().execute(_stored().where(col(Message.id).in_(message_ids)))
    return dict(_rows(session, found.mappings().all()))


def reindex(session: Session, before: Listed) -> None:
    """Let the index say what the mails say now; `before` is what `listed` said of them."""
    after = listed(session, before)
    changed = [number for number in before if before[number] != after.get(number)]
    unindex_mails(session, [before[number] for number in changed])
    index_mails(session, [after[number] for number in changed if number in after])


def rebuild_index(session: Session) -> int:
    """Make the index anew from the stored mails; return how many there are."""
    clear_index(session)
    count = 0
    for batch in _batches(session):
        rows = [row for _number, row in _rows(session, batch)]
        index_mails(session, rows)
        count += len(rows)
    return count


def _batches(session: Session) -> Iterator[Sequence[Any]]:
    """Return all stored mails in order of arrival: the index is written in order, and in few parts."""
    last: int | None = None
    while True:
        here = _stored().order_by(col(Message.sort_key)).limit(_BATCH)
        here = here if last is None else here.where(col(Message.sort_key) > last)
        found = session.connection().execute(here).mappings().all()
        if not found:
            return
        yield found
        last = found[-1]["sort_key"]


def _stored() -> Any:  # noqa: ANN401  (SQLAlchemy types a select by its columns)
    return select_columns(*_COLUMNS).join(MessageText, col(MessageText.message_id) == col(Message.id), isouter=True)


def _rows(session: Session, mails: Sequence[Any]) -> Iterator[tuple[int, Row]]:
    files: dict[int, list[str]] = defaultdict(list)
    of_these = select(AttachmentFile.message_id, AttachmentFile.filename).where(
        col(AttachmentFile.message_id).in_([mail["id"] for mail in mails])
    )
    for number, name in session.exec(of_these.order_by(col(AttachmentFile.message_id), col(AttachmentFile.position))):
        files[number].append(name)
    for mail in mails:
        body = unpack_texts(mail["packed"])[0] if mail["packed"] else ""
        yield mail["id"], (mail["sort_key"], index_text(mail, body, files[mail["id"]]))
