"""When a mail server that failed is asked again.

Room: domain. In: how often it failed in a row, what it asked for, the moment. Out: the moment of the next try. The waits
double, so that a server in trouble isn't pressed; they differ between accounts and moments, so that a hundred clients of a
server that comes back don't all come at once. A refused login waits longer: providers lock a mailbox that keeps trying.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

__all__ = ["next_try"]

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(minutes=30)
_FIRST_REFUSED = timedelta(minutes=5)
_LONGEST_REFUSED = timedelta(hours=1)
# Nobody may silence an account for longer by asking for it.
_MOST_ASKED_FOR = timedelta(days=1)
_DOUBLINGS = 10
_SPREAD = 0.2


def next_try(
    failures: int, now: datetime, *, name: str, login_refused: bool = False, asked_for: float | None = None
) -> datetime:
    """Return when to try again after `failures` (≥ 1) in a row.

    `asked_for`: the seconds that the server itself suggested; never less than those. `name` spreads the accounts: up to
    20 % is added.
    """
    first, longest = (_FIRST_REFUSED, _LONGEST_REFUSED) if login_refused else (_FIRST, _LONGEST)
    doublings: int = min(max(failures, 1) - 1, _DOUBLINGS)
    wait = min(first * (1 << doublings), longest)
    if asked_for is not None:
        seconds = min(max(asked_for, 0.0), _MOST_ASKED_FOR.total_seconds())
        wait = max(wait, timedelta(seconds=seconds))
    return now + wait * (1 + _SPREAD * _between(f"{name}\n{failures}\n{now.isoformat()}"))


def _between(text: str) -> float:
    """Return a number from 0 to 1 that nobody can foresee by eye and a test can repeat."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4]) / 0xFFFFFFFF
