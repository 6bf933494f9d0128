"""Known mail under new numbers: recognised by (Message-ID, size, internaldate) instead of fetched again.

Room: ingest. A folder whose UIDVALIDITY changed (moved to another machine, restored, rebuilt) shows the same mails under
other uids. In: heads of what lies there now. Out: locations that were moved over; only what nobody recognises is fetched.
Nothing is deleted: a location without a successor stays as it was, and so do message, thread and turns.

A mail without Message-ID or without internaldate isn't recognised: to fetch it again is harmless, to miss one is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.ingest.storable import storable_id
from mailcrm.ports import MailHead, MailSource
from mailcrm.records import Location, Message
from mailcrm.store.engine import Store

__all__ = ["has_old_numbers", "numbers_hold", "rebind"]

_SAMPLE = 20

Key = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class _Known:
    """A copy as it was stored; "" and None: not known of this one."""

    uid: int
    message_id: str
    size: int | None
    internaldate: datetime | None

    def is_like(self, head: MailHead, message_id: str) -> bool:
        """Whether what lies under this uid now may be the same mail."""
        pairs = (
            (self.message_id, message_id),
            (self.size, head.size or None),
            (self.internaldate, head.internaldate),
        )
        return all(before in ("", None) or before == now for before, now in pairs)


def numbers_hold(store: Store, source: MailSource, mailbox_id: int, uidvalidity: int) -> bool:
    """Whether the newest known uids of the examined folder still mean the mails that they meant.

    For folders of which no UIDVALIDITY says so, and for one that may be another one renamed. True where nothing is known
    that could be wrong.
    """
    with store.read() as session:
        known = _newest(session, mailbox_id, uidvalidity)
    if not known:
        return True
    heads = source.heads([each.uid for each in known])
    ids = source.message_ids(list(heads))
    there = [each for each in known if each.uid in heads]
    return bool(there) and all(each.is_like(heads[each.uid], storable_id(ids.get(each.uid, ""))) for each in there)


def _newest(session: Session, mailbox_id: int, uidvalidity: int) -> list[_Known]:
    newest = (
        select(Location, Message.message_id)
        .join(Message, isouter=True)
        .where(col(Location.mailbox_id) == mailbox_id, col(Location.uidvalidity) == uidvalidity)
        .order_by(col(Location.uid).desc())
        .limit(_SAMPLE)
    )
    return [_Known(place.uid, name or "", place.size, place.internaldate) for place, name in session.exec(newest)]


def has_old_numbers(session: Session, mailbox_id: int, uidvalidity: int) -> bool:
    """Whether copies of this folder are known under another UIDVALIDITY."""
    other = (col(Location.mailbox_id) == mailbox_id, col(Location.uidvalidity) != uidvalidity)
    return session.exec(select(Location.id).where(*other).limit(1)).first() is not None


def rebind(
    store: Store, source: MailSource, mailbox_id: int, uidvalidity: int, heads: Mapping[int, MailHead]
) -> frozenset[int]:
    """Move known copies to the uids of `heads` that show them now; return those uids, and those bound before."""
    ids = {uid: storable_id(name) for uid, name in source.message_ids(list(heads)).items()}
    with store.begin() as session:
        bound = _bound(session, mailbox_id, uidvalidity, list(heads))
        free = _old_places(session, mailbox_id, uidvalidity, [ids[uid] for uid in heads if ids.get(uid)])
        for uid, head in heads.items():
            if uid in bound or not ids.get(uid) or head.internaldate is None:
                continue
            places = free[(ids[uid], head.size, head.internaldate)]
            if places:  # two copies that look alike are bound to two uids: each place once
                place = places.pop(0)
                place.uid, place.uidvalidity = uid, uidvalidity
                session.add(place)
                bound.add(uid)
    return frozenset(bound)


def _bound(session: Session, mailbox_id: int, uidvalidity: int, uids: Sequence[int]) -> set[int]:
    here = (col(Location.mailbox_id) == mailbox_id, col(Location.uidvalidity) == uidvalidity)
    return set(session.exec(select(Location.uid).where(*here, col(Location.uid).in_(uids))))


def _old_places(session: Session, mailbox_id: int, uidvalidity: int, names: Sequence[str]) -> dict[Key, list[Location]]:
    """Return the copies under other numbers, the newest numbers first, by what they are recognised by."""
    old = (
        select(Location, Message.message_id)
        .join(Message)
        .where(
            col(Location.mailbox_id) == mailbox_id,
            col(Location.uidvalidity) != uidvalidity,
            col(Message.message_id).in_(names),
        )
        .order_by(col(Location.id).desc())
    )
    places: dict[Key, list[Location]] = defaultdict(list)
    for place, name in session.exec(old):
        if place.size is not None and place.internaldate is not None:
            places[(name, place.size, place.internaldate)].append(place)
    return places
