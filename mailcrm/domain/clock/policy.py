"""How long there is to answer: the values of `[clock]` and `[office]` as the clock uses them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailcrm.domain.clock.office import Office

__all__ = ["Policy"]


@dataclass(frozen=True, slots=True)
class Policy:
    """`reply_within` counted by `count` ("elapsed": hours on the wall, nights and Sundays included).

    `warn` is how long before a deadline a turn is at risk; `promise_extensions` how many new estimates a promise may get.
    """

    reply_within: timedelta = timedelta(hours=24)
    count: str = "elapsed"
    warn: timedelta = timedelta(hours=4)
    promise_extensions: int = 2
    office: Office = field(default_factory=Office)

    @property
    def version(self) -> str:
        """A short name for exactly these values: closed turns keep the one they were judged by."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    def due(self, anchor: datetime) -> datetime:
        """Return the deadline of a mail that arrived at `anchor` (aware UTC)."""
        return anchor + self.reply_within
