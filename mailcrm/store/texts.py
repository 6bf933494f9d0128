"""The readable texts of mails, which are kept compressed.

Room: store. In: messages' ids. Out: their texts. Body, newest part and signature are packed together: the latter two repeat the first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.records import MessageText
from mailcrm.store.bulk import among, rows, table_of
from mailcrm.store.packs import unpack_texts

__all__ = ["Texts", "text_of", "texts_of"]

_TEXT = table_of(MessageText).c
_STORED = select(_TEXT.message_id, _TEXT.packed, _TEXT.quoted_lines).where(among(_TEXT.message_id))


class Texts(NamedTuple):
    """The whole body, the newest part with quotes and signature taken off, the signature."""

    body: str = ""
    reply: str = ""
    signature: str = ""
    quoted_lines: int = 0


def texts_of(session: Session, message_ids: Collection[int]) -> dict[int, Texts]:
    """Return the texts of these messages; those that have none (their header alone is here) are missing."""
    if not message_ids:
        return {}
    found = rows(session, _STORED, message_ids)
    return {message_id: Texts(*unpack_texts(packed), quoted) for message_id, packed, quoted in found}


def text_of(session: Session, message_id: int) -> Texts:
    """Return the texts of one message, empty ones where it has none."""
    return texts_of(session, [message_id]).get(message_id, Texts())
