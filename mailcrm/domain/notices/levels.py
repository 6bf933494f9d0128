"""What there is to tell of a deadline: six levels, and for whom each of them is.

Room: domain. The levels stand in the order of their weight: of several that are due, the last one tells for all of them.

    warn   T − 4 h (the policy's `warn`)          owner
    leave  before the office closes the last       owner
           time that helps
    hour   T − 1 h                                 owner
    due    T                                       owner
    four   T + 4 h                                 owner, deputy, manager
    day    T + 24 h: reassign, answer or waive     manager; the owner where there is none

T is the deadline: the promised instant where something was promised. What comes up on rest days is told to whoever is on
duty then, besides; the others have it on their next working minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.states import deadline

__all__ = ["AFTER", "WARNINGS", "Level", "Role", "Told", "Watch", "watch"]


class Level(StrEnum):
    """The levels, the lighter first."""

    WARN = "warn"
    LEAVE = "leave"
    HOUR = "hour"
    DUE = "due"
    FOUR = "four"
    DAY = "day"

    @property
    def weight(self) -> int:
        """How much it tells: the greater counts for the smaller."""
        return _WEIGHTS[self]


_WEIGHTS = {level: weight for weight, level in enumerate(Level)}
WARNINGS = frozenset({Level.WARN, Level.LEAVE, Level.HOUR})
AFTER = {
    Level.HOUR: timedelta(hours=-1),
    Level.DUE: timedelta(),
    Level.FOUR: timedelta(hours=4),
    Level.DAY: timedelta(hours=24),
}
"""How long after the deadline a level comes; `warn` is the policy's, `leave` the office's."""


class Role(StrEnum):
    """As what somebody is told; each level is told once as each of them."""

    OWNER = "owner"
    DEPUTY = "deputy"
    MANAGER = "manager"
    DUTY = "duty"


Told = tuple[Level, Role]


@dataclass(frozen=True, slots=True)
class Watch:
    """A deadline to be watched.

    `turn` is the turn's `opened_by`. `promise`: it is a promised instant; `supposed`: only perhaps, so that it can't be
    broken and nothing is told after it. `domestic`: it is warned of as the domestic rule says. `silent_until`: an answer may
    have left already and is being looked for.
    """

    turn: str
    deadline: datetime
    owner: str = ""
    promise: bool = False
    supposed: bool = False
    domestic: bool = False
    silent_until: datetime | None = None


def watch(turn: Turn, owner: str = "", silent_until: datetime | None = None) -> Watch | None:
    """Return what is to be watched of `turn`, None where nobody is told at any level.

    That is one that has ended, looks finished or has us in Cc only; but what was promised is always watched.
    """
    promised = turn.promised_until is not None
    if turn.end or ((turn.looks_finished or turn.low) and not promised):
        return None
    return Watch(turn.opened_by, deadline(turn), owner, promised, bool(turn.supposed_by), turn.domestic, silent_until)
