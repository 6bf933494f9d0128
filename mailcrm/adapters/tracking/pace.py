"""A tracker that is asked no more often than is allowed, and not again for what it told a moment ago.

Room: adapters. In: any tracker. Out: one that may be asked in every tick: within some hours the same question has the same answer.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from mailcrm.adapters.tracking.troubles import too_often
from mailcrm.ports.tracking import Tracker, TrackingEvent

__all__ = ["Paced"]

_MINUTE, _HOUR = 60.0, 3600.0
_KEPT = 1_000


class Paced:
    """ports.tracking.Tracker. `seconds` reads a clock that only goes on."""

    def __init__(
        self, tracker: Tracker, per_minute: int, every_hours: float, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._tracker = tracker
        self._per_minute = per_minute
        self._fresh = every_hours * _HOUR
        self._seconds = seconds
        self._asked: deque[float] = deque(maxlen=per_minute)
        self._told: dict[tuple[str, str], tuple[float, tuple[TrackingEvent, ...]]] = {}
        self._lock = threading.Lock()

    def look(self, courier: str, number: str) -> tuple[TrackingEvent, ...]:
        """Return what happened; Deferred where the minute's questions are used up."""
        now = self._seconds()
        with self._lock:
            told = self._told.get((courier, number))
            if told is not None and now - told[0] < self._fresh:
                return told[1]
            self._take_turn(now)
        events = self._tracker.look(courier, number)
        with self._lock:
            self._told[courier, number] = (now, events)
            while len(self._told) > _KEPT:
                del self._told[next(iter(self._told))]
        return events

    def _take_turn(self, now: float) -> None:
        if len(self._asked) == self._per_minute and now - self._asked[0] < _MINUTE:
            raise too_often(self._per_minute, _MINUTE - (now - self._asked[0]))
        self._asked.append(now)
