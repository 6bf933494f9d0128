"""What every read model needs to know of the moment: now, the rules, our own people, the zone to speak in.

Room: queries. Made anew for each question by the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.parties import Ours

__all__ = ["Outlook"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The moment of a question."""

    now: datetime
    policy: Policy
    ours: Ours
    zone: str
    owner: str
