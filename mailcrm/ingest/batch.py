"""A batch of mails in one transaction, and what happens where the database won't take one of them.

Room: ingest. In: mails, each with whatever the caller knows it by. Out: what became of each. One mail that no database
takes costs itself only: it goes to quarantine, the others are stored. Where another process stored the same mail in the
same moment, the second look finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.exc import StatementError
from sqlmodel import Session

from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.message_rows import Incoming
from mailcrm.ingest.storable import storable
from mailcrm.ingest.storing import Stored, store_mail
from mailcrm.store import Store

__all__ = ["refused", "store_batch"]

K = TypeVar("K")


def store_batch(
    store: Store,
    batch: Sequence[tuple[K, Incoming]],
    ours: Ours,
    after: Callable[[Session, Sequence[tuple[K, Stored]]], None],
) -> list[tuple[K, Stored]]:
    """Store `batch`, with `after` in the same transaction; where that fails for a mail's sake, one by one."""
    try:
        return _together(store, batch, ours, after)
    except StatementError:  # the driver's own "no" to a value; a full disk and a lock are errors of the house by now
        return [stored for one in batch for stored in _alone(store, one, ours, after)]


def _together(
    store: Store,
    batch: Sequence[tuple[K, Incoming]],
    ours: Ours,
    after: Callable[[Session, Sequence[tuple[K, Stored]]], None],
) -> list[tuple[K, Stored]]:
    with store.begin() as session:
        stored = [(key, store_mail(session, mail, ours)) for key, mail in batch]
        after(session, stored)
    return stored


def _alone(
    store: Store,
    one: tuple[K, Incoming],
    ours: Ours,
    after: Callable[[Session, Sequence[tuple[K, Stored]]], None],
) -> list[tuple[K, Stored]]:
    try:
        return _together(store, [one], ours, after)
    except StatementError as error:
        key, mail = one
        return _together(store, [(key, replace(mail, read=None, error=refused(error)))], ours, after)


def refused(error: StatementError) -> Sentence:
    """Return why the database won't take a mail, as a sentence to be kept with it."""
    return say("The database doesn't take this mail: {reason}.", reason=storable(str(error.orig).partition("\n")[0]))
