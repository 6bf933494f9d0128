"""What every read model needs to know of the moment: now, the rules, our own people, the zone to speak in.

Room: queries. Made anew for each question by the core.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.domain.team import Team

__all__ = ["Outlook"]

_AFTER_OPENING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The moment of a question; `actor` is who asks."""

    now: datetime
    policies: Policies
    ours: Ours
    zone: str
    actor: str
    team: Team = field(default_factory=Team)

    @property
    def today(self) -> date:
        """The day that it is in our office."""
        return self.policies.day(self.now)

    def end_of_today(self) -> datetime:
        """Return the end of our office day."""
        return self.policies.office.end_of(self.today)

    def before_you_leave(self) -> datetime:
        """Return the instant up to which a deadline falls before we are back: an hour after the next office day begins."""
        office = self.policies.office
        next_day = office.working_day_after(self.today)
        return datetime.combine(next_day, office.hours[0][0], office.tz) + _AFTER_OPENING
