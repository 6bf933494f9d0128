"""Asking where parcels are: the port, and what it answers.

Room: ports. A *tracker* is a service that knows many couriers ("aggregator"). It is off unless the settings name one. Only numbers
of parcels of ours that are on their way are asked for, outside of any transaction; whatever it says is untrusted text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

__all__ = ["Tracker", "TrackingEvent"]


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """Something that happened to a parcel. `status`: shipped, in_transit, delivered, exception, "" for none of these.

    `at` is aware, None where the service gives no readable time. `told` and `place` are a courier's words, untrusted. `customs`:
    the exception is one of customs.
    """

    status: str
    at: datetime | None = None
    told: str = ""
    place: str = ""
    customs: bool = False


class Tracker(Protocol):
    """A service that knows where parcels are. Every error is one of `domain/errors.py`."""

    def look(self, courier: str, number: str) -> tuple[TrackingEvent, ...]:
        """Return what happened to a courier's number (as records keep both), the newest first; () where nobody knows yet.

        Deferred where it was asked too often; the question costs nothing then.
        """
        ...
