"""Sort keys: the place of each mail among all others, by which they are read newest first.

Room: store. The arrival in seconds, times 64, and a counter. No two mails have the same: it is the key of the search index too, which
notes for every word how far it is to the next mail: in finer steps (as in milliseconds) it was a third larger.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

__all__ = ["first_sort_key", "free_sort_keys"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_IN_A_SECOND = 64

# One row for each second, with the last key that is taken there.
_LAST = "SELECT value, (SELECT max(sort_key) FROM message WHERE sort_key >= value AND sort_key < value + 64) FROM ({starts})"
_STARTS = {
    "sqlite": "SELECT value FROM json_each(:starts)",
    "postgresql": "SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST(:starts AS json)) AS each (value)",
}


def first_sort_key(at: datetime) -> int:
    """Return the least key of a mail that arrived at `at`: those before it arrived in an earlier second."""
    return (at - _EPOCH) // _SECOND * _IN_A_SECOND


def free_sort_keys(session: Session, arrived: Sequence[datetime]) -> list[int]:
    """Return a key for each of these arrivals that no mail has, in one look at the table.

    Where more than 64 arrive in the same second (files without any date) the others take places in the next ones.
    """
    session.flush()
    starts = [first_sort_key(at) for at in arrived]
    last = _last(session, set(starts))
    places = dict(zip(starts, starts, strict=True))  # of each second the first one with room
    keys = []
    for start in starts:
        place = places[start]
        while last[place] == place + _IN_A_SECOND - 1:
            place += _IN_A_SECOND
            if place not in last:
                last |= _last(session, {place})
        places[start] = place
        last[place] += 1
        keys.append(last[place])
    return keys


def _last(session: Session, starts: Collection[int]) -> dict[int, int]:
    """Return the last key that is taken in each of the seconds, the one before its first where none is."""
    asked = _LAST.format(starts=_STARTS[session.get_bind().dialect.name]) + " AS starts"
    found = session.connection().execute(text(asked), {"starts": json.dumps(list(starts))})
    return {start: start - 1 if last is None else last for start, last in found}
