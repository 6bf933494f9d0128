"""A bell without a house: asks the plan as the engine does, at whatever instants a test makes of time.

It looks only at deadlines whose time to look has come, as the database does, and keeps what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.notices.digest import gather
from mailcrm.domain.notices.levels import Level, Role, Told, Watch
from mailcrm.domain.notices.planning import Firing, Rota, first_look, plan
from mailcrm.domain.team import Team

__all__ = ["Bell", "Rung", "minutes"]

Key = tuple[str, datetime]


@dataclass(frozen=True)
class Rung:
    """One level that fired."""

    at: datetime
    turn: str
    deadline: datetime
    role: Role
    level: Level
    people: tuple[str, ...]
    covers: tuple[Level, ...]


@dataclass
class Bell:
    """What is told, when time passes over `watches`."""

    policy: Policy
    team: Team = field(default_factory=Team)
    told: dict[Key, set[Told]] = field(default_factory=dict)
    looks: dict[Key, datetime | None] = field(default_factory=dict)
    rung: list[Rung] = field(default_factory=list)
    planned: int = 0

    def __post_init__(self) -> None:
        self.rota = Rota(self.policy, self.team)

    def restart(self) -> None:
        """Forget everything but what was told, as a process does that ends; each deadline is looked at anew."""
        self.looks.clear()
        self.rota = Rota(self.policy, self.team)

    def tick(self, watches: Iterable[Watch], now: datetime) -> dict[str, list[tuple[str, str]]]:
        """Look once; return each person's digest as (turn, level)."""
        fired: list[tuple[Watch, Firing]] = []
        for watch in watches:
            key = (watch.turn, watch.deadline)
            if key not in self.looks:
                self.looks[key] = first_look(watch, self.rota.hours, self.rota.warn(watch))
            look = self.looks[key]
            if look is None or look > now:
                continue
            self.planned += 1
            found = plan(watch, self.rota, self.told.setdefault(key, set()), now)
            assert found.next_at is None or found.next_at > now
            assert not found.told & self.told[key]
            self.told[key] |= found.told
            self.looks[key] = found.next_at
            fired += [(watch, firing) for firing in found.firings]
        self.rung += [Rung(now, w.turn, w.deadline, f.role, f.level, f.people, f.covers) for w, f in fired]
        return {who: [(e.turn, e.level.value) for e in entries] for who, entries in gather(fired).items()}

    def run(
        self, watches: Callable[[datetime], Iterable[Watch]], instants: Iterable[datetime]
    ) -> dict[datetime, dict[str, list[tuple[str, str]]]]:
        """Look at each instant; return what was told at those where something was. `watches` are asked at each."""
        told = {now: self.tick(watches(now), now) for now in instants}
        return {now: digests for now, digests in told.items() if digests}


def minutes(start: datetime, end: datetime, step: timedelta = timedelta(minutes=1)) -> Iterable[datetime]:
    """Yield the instants from `start` to `end`, both included."""
    while start <= end:
        yield start
        start += step
