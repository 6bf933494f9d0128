"""Raw mails: every byte of every mail, once by its sha256, compressed.

Room: store. This is the only module that knows how the bytes are kept.
"""

from __future__ import annotations

import hashlib

import zstandard
from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.words import say
from mailcrm.records import Location, Message, QuarantinedMail, RawMail

__all__ = ["digest", "drop_unused", "read_raw", "store_raw"]

_LEVEL = 1


def digest(raw: bytes) -> str:
    """Return the name of the bytes: their sha256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def store_raw(session: Session, raw: bytes) -> int:
    """Keep `raw` and return its id; the same bytes are kept once."""
    name = digest(raw)
    known = session.exec(select(RawMail.id).where(col(RawMail.sha256) == name)).first()
    if known is not None:
        return known
    row = RawMail(sha256=name, size=len(raw), packed=zstandard.compress(raw, _LEVEL))
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (flush gave it one)
    return row.id


def read_raw(session: Session, raw_id: int) -> bytes:
    """Return the bytes that `store_raw` kept."""
    packed = session.exec(select(RawMail.packed).where(col(RawMail.id) == raw_id)).first()
    if packed is None:
        raise NotFound(
            say("The stored mail {id} is gone.", id=raw_id), say("Run `mailcrm sync --full` to fetch it again.")
        )
    return zstandard.decompress(packed)


def drop_unused(session: Session, raw_id: int) -> None:
    """Forget bytes that no message, copy or quarantined mail refers to; nothing where one does."""
    for table in (Location, Message, QuarantinedMail):
        if session.exec(select(table.id).where(col(table.raw_id) == raw_id).limit(1)).first() is not None:
            return
    session.execute(delete(RawMail).where(col(RawMail.id) == raw_id))
