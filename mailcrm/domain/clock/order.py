"""The order in which a ledger is replayed: by instant, then by the rank of the event, then by its key.

Room: domain. In: events in any order, any number of times. Out: each of them once, in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from mailcrm.domain.clock.ledger import Event

__all__ = ["in_order"]


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return each event once, as they happened; their whole text decides only where two stand in the same place.

    To compare them whole costs most, and so it is done only where it can make a difference.
    """
    ordered = sorted(events, key=_place)
    if not any(one.at == other.at and _place(one) == _place(other) for one, other in pairwise(ordered)):
        return ordered
    return sorted(set(ordered), key=lambda event: (_place(event), repr(event)))


def _place(event: Event) -> tuple[datetime, int, str, str]:
    return event.at, event.rank, event.key, event.name
