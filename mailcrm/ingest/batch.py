"""A batch of mails in one transaction, and what happens where the database won't take one of them.

Room: ingest. In: mails that are ready. Out: what became of each. One mail that no database takes costs itself only: it goes to
quarantine, the others are stored. Where another process stored the same mail in the same moment, the second look finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.exc import StatementError
from sqlmodel import Session

from mailcrm.domain.parties import Ours
from mailcrm.domain.words import Sentence, say
from mailcrm.ingest.preparing import Ready
from mailcrm.ingest.storable import storable
from mailcrm.ingest.storing import Stored, store_mails
from mailcrm.store.engine import Store

__all__ = ["refused", "store_batch"]

# What belongs to the same transaction: the places in the batch of the mails in it, and what became of them.
After = Callable[[Session, Sequence[int], Sequence[Stored]], None]


def store_batch(store: Store, batch: Sequence[Ready], ours: Ours, after: After) -> list[Stored]:
    """Store `batch`, with `after` in the same transaction; where that fails for a mail's sake, one by one."""
    try:
        return _together(store, batch, range(len(batch)), ours, after)
    except StatementError:  # the driver's own "no" to a value; a full disk and a lock are errors of the house by now
        return [stored for place, mail in enumerate(batch) for stored in _alone(store, mail, place, ours, after)]


def _together(store: Store, batch: Sequence[Ready], places: Sequence[int], ours: Ours, after: After) -> list[Stored]:
    with store.begin() as session:
        stored = store_mails(session, batch, ours)
        after(session, places, stored)
    return stored


def _alone(store: Store, mail: Ready, place: int, ours: Ours, after: After) -> list[Stored]:
    try:
        return _together(store, [mail], [place], ours, after)
    except StatementError as error:
        return _together(store, [mail._replace(read=None, error=refused(error))], [place], ours, after)


def refused(error: StatementError) -> Sentence:
    """Return why the database won't take a mail, as a sentence to be kept with it."""
    return say("The database doesn't take this mail: {reason}.", reason=storable(str(error.orig).partition("\n")[0]))
