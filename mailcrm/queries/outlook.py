"""What every read model needs to know of the moment: now, the rules, our own people, the zone to speak in.

Room: queries. Made anew for each question by the core.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.parties import Ours
from mailcrm.domain.samples.sequence import SamplePolicy
from mailcrm.domain.team import Team
from mailcrm.domain.waiting.steps import WaitingPolicy

__all__ = ["Outlook"]

_AFTER_OPENING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The moment of a question; `actor` is who asks."""

    now: datetime
    policy: Policy
    ours: Ours
    zone: str
    actor: str
    team: Team = field(default_factory=Team)
    waiting: WaitingPolicy = field(default_factory=WaitingPolicy)
    samples: SamplePolicy = field(default_factory=SamplePolicy)

    def end_of_today(self) -> datetime:
        """Return the end of our office day."""
        office = self.policy.office
        return office.end_of(self.now.astimezone(office.tz).date())

    def before_you_leave(self) -> datetime:
        """Return the instant up to which a deadline falls before we are back: an hour after the next office day begins."""
        office = self.policy.office
        next_day = office.working_day_after(self.now.astimezone(office.tz).date())
        return datetime.combine(next_day, office.hours[0][0], office.tz) + _AFTER_OPENING
