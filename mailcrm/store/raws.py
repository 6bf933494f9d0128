"""Raw mails: every byte of every mail, once by its sha256, compressed.

Room: store. This is the only module that knows how the bytes are kept: beside a SQLite database in packs, in PostgreSQL in the
row itself, since the team's computers share nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.words import say
from mailcrm.records import Location, Message, Paper, QuarantinedMail, RawMail
from mailcrm.store.bulk import add_rows, among, rows, table_of
from mailcrm.store.engine import pack_writer, packs_of
from mailcrm.store.ids import next_ids
from mailcrm.store.packs import PackedMail, Place, pack, unpack

__all__ = ["drop_unused", "keep_raws", "move_into_packs", "read_raw", "store_raw"]

_AT_ONCE = 50
_RAW = table_of(RawMail)
_KNOWN = select_columns(_RAW.c.sha256, _RAW.c.id).where(among(_RAW.c.sha256))


def store_raw(session: Session, raw: bytes) -> int:
    """Keep `raw` and return its id; the same bytes are kept once."""
    return keep_raws(session, [pack(raw)])[0]


def keep_raws(session: Session, mails: Sequence[PackedMail]) -> list[int]:
    """Keep the bytes of `mails` and return their ids; the same bytes are kept once."""
    names = {mail.sha256 for mail in mails}
    known: dict[str, int] = dict(map(tuple, rows(session, _KNOWN, names)))
    fresh = {mail.sha256: mail for mail in mails if mail.sha256 not in known}
    if fresh:
        known.update(zip(fresh, next_ids(session, RawMail, len(fresh)), strict=True))
        add_rows(session, _RAW, [{"id": known[name], **_columns(session, mail)} for name, mail in fresh.items()])
    return [known[mail.sha256] for mail in mails]


def _columns(session: Session, mail: PackedMail) -> dict[str, str | int | bytes | None]:
    place = _append(session, mail.packed)
    return {
        "sha256": mail.sha256,
        "size": mail.size,
        "segment": place.segment if place else None,
        "position": place.offset if place else None,
        "length": place.length if place else None,
        "packed": b"" if place else mail.packed,
    }


def move_into_packs(session: Session) -> None:
    """Take bytes that an earlier release kept in rows out of a database that has packs beside it."""
    inside = select(RawMail.id, RawMail.packed).where(col(RawMail.packed) != b"").order_by(col(RawMail.id))
    for raw_id, packed in session.exec(inside.execution_options(yield_per=_AT_ONCE)):
        place = _append(session, packed)
        if place is None:
            return
        columns = {"segment": place.segment, "position": place.offset, "length": place.length, "packed": b""}
        session.execute(update(RawMail).where(col(RawMail.id) == raw_id).values(columns))


def _append(session: Session, packed: bytes) -> Place | None:
    writer = pack_writer(session, lambda: _last_place(session))
    return writer.append(packed) if writer else None


def _last_place(session: Session) -> Place | None:
    """Return what was packed last: ids and places grow together."""
    places = select(RawMail.segment, RawMail.position, RawMail.length).where(col(RawMail.segment).is_not(None))
    return _place(session.exec(places.order_by(col(RawMail.id).desc()).limit(1)).first())


def _place(found: tuple[int | None, int | None, int | None] | None) -> Place | None:
    segment, offset, length = found or (None, None, None)
    return None if segment is None or offset is None or length is None else Place(segment, offset, length)


def read_raw(session: Session, raw_id: int) -> bytes:
    """Return the bytes that `store_raw` kept."""
    where = select(RawMail.segment, RawMail.position, RawMail.length, RawMail.packed).where(col(RawMail.id) == raw_id)
    found = session.exec(where).first()
    if found is None:
        raise NotFound(
            say("The stored mail {id} is gone.", id=raw_id), say("Run `mailcrm sync --full` to fetch it again.")
        )
    *where_it_lies, packed = found
    place = _place((where_it_lies[0], where_it_lies[1], where_it_lies[2]))
    return unpack(packs_of(session).read(place) if place else packed)


def drop_unused(session: Session, raw_id: int) -> None:
    """Forget bytes that no message, copy, quarantined mail or kept file refers to; nothing where one does."""
    for table in (Location, Message, QuarantinedMail, Paper):
        if session.exec(select(table.id).where(col(table.raw_id) == raw_id).limit(1)).first() is not None:
            return
    # Where this transaction is rolled back the row is there again: its bytes may not be written over before that is decided.
    pack_writer(session, lambda: _last_place(session))
    session.execute(delete(RawMail).where(col(RawMail.id) == raw_id))
