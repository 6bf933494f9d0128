"""`FakeTracker`: ports.tracking.Tracker without a network, for tests and for trying a setup.

Room: adapters. The same contract tests run on it and on the real one against a server on loopback.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mailcrm.domain.errors import MailcrmError
from mailcrm.ports.tracking import TrackingEvent

__all__ = ["FakeTracker"]


@dataclass
class FakeTracker:
    """Knows what `known` holds, by courier and number, the newest event first. `trouble` is raised instead of an answer."""

    known: dict[tuple[str, str], tuple[TrackingEvent, ...]] = field(default_factory=dict)
    trouble: MailcrmError | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    def look(self, courier: str, number: str) -> tuple[TrackingEvent, ...]:
        """Return what is known (ports.tracking.Tracker.look)."""
        self.asked.append((courier, number))
        if self.trouble is not None:
            raise self.trouble
        return self.known.get((courier, number), ())
