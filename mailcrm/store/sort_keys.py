"""Sort keys: the place of each mail among all others, by which they are read newest first.

Room: store. The arrival in milliseconds, times 1024, and a counter. No two mails have the same: it is the key of the search index too.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

__all__ = ["first_sort_key", "free_sort_keys"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_IN_A_MILLISECOND = 1024

# One row for each millisecond, with the last key that is taken there.
_LAST = "SELECT value, (SELECT max(sort_key) FROM message WHERE sort_key >= value AND sort_key < value + 1024) FROM ({starts})"
_STARTS = {
    "sqlite": "SELECT value FROM json_each(:starts)",
    "postgresql": "SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST(:starts AS json)) AS each (value)",
}


def first_sort_key(at: datetime) -> int:
    """Return the least key of a mail that arrived at `at`: those before it arrived in an earlier millisecond."""
    return (at - _EPOCH) // _MILLISECOND * _IN_A_MILLISECOND


def free_sort_keys(session: Session, arrived: Sequence[datetime]) -> list[int]:
    """Return a key for each of these arrivals that no mail has, in one look at the table.

    Where more than 1,024 arrive in the same millisecond (files without any date) the others take places in the next ones.
    """
    session.flush()
    starts = [first_sort_key(at) for at in arrived]
    last = _last(session, set(starts))
    keys = []
    for start in starts:
        place = start
        while last[place] == place + _IN_A_MILLISECOND - 1:
            place += _IN_A_MILLISECOND
            if place not in last:
                last |= _last(session, {place})
        last[place] += 1
        keys.append(last[place])
    return keys


def _last(session: Session, starts: Collection[int]) -> dict[int, int]:
    """Return the last key that is taken in each of the milliseconds, the one before its first where none is."""
    asked = _LAST.format(starts=_STARTS[session.get_bind().dialect.name]) + " AS starts"
    found = session.connection().execute(text(asked), {"starts": json.dumps(list(starts))})
    return {start: start - 1 if last is None else last for start, last in found}
