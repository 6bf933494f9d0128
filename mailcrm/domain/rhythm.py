"""How often somebody writes, and whether he is unusually silent.

Room: domain. In: when his mails arrived (aware UTC, in any order). Out: his usual pause, and whether the present one is longer than
anybody who knows him would expect.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

__all__ = ["LATEST", "LEAST", "is_silent", "usual_pause"]

_HISTORY = 5
LATEST = 12
_TIMES = 3
LEAST = timedelta(days=30)


def usual_pause(arrivals: Iterable[datetime]) -> timedelta | None:
    """Return the median pause between his latest dozen mails; None below five mails, which tell no rhythm."""
    latest = sorted(arrivals)[-LATEST:]
    if len(latest) < _HISTORY:
        return None
    return timedelta(seconds=median((after - before).total_seconds() for before, after in pairwise(latest)))


def is_silent(arrivals: Iterable[datetime], now: datetime) -> bool:
    """Whether he has written nothing for longer than three usual pauses, and than 30 days."""
    known = list(arrivals)
    usual = usual_pause(known)
    return usual is not None and now - max(known) > max(_TIMES * usual, LEAST)
