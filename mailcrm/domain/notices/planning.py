"""The plan: what is to be told of a deadline now, and when to look again.

Room: domain. In: a `Watch`, a `Rota` (office hours, people, duties), what was told already, `now`. Out: a `Plan`. The caller
keeps `Plan.told` for good, and asks again at `Plan.next_at`: earlier asking tells nothing, and nothing is told twice, however
the clock jumps.

Warnings that would fall into quiet hours come earlier: on the last working minute before them, or, where that lies in the last
hour before the office closes, as it begins to leave; so they stand in that digest, with an hour left to act. What is broken waits
for the next working minute. On rest days whoever is on duty is told of what came up since the office closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.notices.hours import LAST_HOUR, DutyHours, Hours
from mailcrm.domain.notices.levels import AFTER, WARNINGS, Level, Role, Told, Watch
from mailcrm.domain.team import Team

__all__ = ["Firing", "Plan", "Rota", "first_look", "plan"]

_AFTER_OPENING = timedelta(hours=1)
_FOR_THE_OWNER = (Level.WARN, Level.LEAVE, Level.HOUR, Level.DUE, Level.FOUR)
_ON_DUTY = (Level.WARN, Level.HOUR, Level.DUE, Level.FOUR)

_At = tuple[datetime, Level]


class Rota:
    """Who can be told when: made once for many deadlines."""

    def __init__(self, policy: Policy, team: Team) -> None:
        self.hours = Hours(policy.office)
        self.duty = DutyHours(self.hours, team)
        self.team = team
        self._policy = policy

    def warn(self, watch: Watch) -> timedelta:
        """Return how long before its deadline `watch` is at risk."""
        return self._policy.warns(domestic=watch.domestic)


@dataclass(frozen=True, slots=True)
class Firing:
    """One level, told to some people as one role; `covers` are the levels that count as told with it, itself included."""

    level: Level
    role: Role
    people: tuple[str, ...]
    covers: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be told now, what counts as told then, and when to look again (None: never)."""

    firings: tuple[Firing, ...] = ()
    told: frozenset[Told] = frozenset()
    next_at: datetime | None = None


@dataclass(slots=True)
class _Looking:
    """What one look has found so far."""

    firings: list[Firing] = field(default_factory=list)
    told: set[Told] = field(default_factory=set)
    later: list[datetime] = field(default_factory=list)

    def fire(self, role: Role, people: tuple[str, ...], due: list[Level]) -> None:
        top = max(due, key=lambda level: level.weight)
        self.firings.append(Firing(top, role, people, tuple(due)))
        self.told |= {(level, role) for level in due}

    def plan(self) -> Plan:
        return Plan(tuple(self.firings), frozenset(self.told), min(self.later, default=None))


def plan(watch: Watch, rota: Rota, told: Collection[Told], now: datetime) -> Plan:
    """Return what is to be told of `watch` at `now`, given what was `told` of this turn and deadline before."""
    if watch.silent_until is not None and now < watch.silent_until:
        return Plan(next_at=watch.silent_until)
    looking, known = _Looking(), set(told)
    on_duty = rota.duty.people(now)
    _look_for_duty(watch, rota, known, now, looking)
    worker = rota.team.works_on(watch.owner, now)
    if worker in on_duty:  # she has it already, and isn't told again on Monday
        looking.told |= {(level, Role.OWNER) for firing in looking.firings for level in firing.covers}
    known |= looking.told
    for role, people, levels in _roles(watch, rota, now):
        _look_for(role, people, _left(levels, role, known), rota.hours, now, looking)
    return looking.plan()


def first_look(watch: Watch, hours: Hours, warn: timedelta) -> datetime:
    """Return when something may be told of `watch` for the first time; nothing is due before."""
    return min(at for at, _level in _scheduled(watch, hours, warn, _FOR_THE_OWNER))


def _roles(watch: Watch, rota: Rota, now: datetime) -> Iterator[tuple[Role, tuple[str, ...], list[_At]]]:
    team = rota.team
    managers = tuple(dict.fromkeys(team.works_on(name, now) for name in team.managers()))
    deputy = team.deputy(watch.owner, now)
    alone = () if managers else (Level.DAY,)
    owner = _scheduled(watch, rota.hours, rota.warn(watch), (*_FOR_THE_OWNER, *alone))
    yield Role.OWNER, (team.works_on(watch.owner, now),), owner
    if deputy:
        yield Role.DEPUTY, (deputy,), _scheduled(watch, rota.hours, rota.warn(watch), (Level.FOUR,))
    if managers:
        yield Role.MANAGER, managers, _scheduled(watch, rota.hours, rota.warn(watch), (Level.FOUR, Level.DAY))


def _left(levels: list[_At], role: Role, known: set[Told]) -> list[_At]:
    """Return what was not told yet; nobody is warned of what was told to be late."""
    late = any(level not in WARNINGS for level, told_as in known if told_as is role)
    return [(at, one) for at, one in levels if (one, role) not in known and not (late and one in WARNINGS)]


def _look_for(
    role: Role, people: tuple[str, ...], levels: list[_At], hours: Hours, now: datetime, looking: _Looking
) -> None:
    due = [level for at, level in levels if at <= now] if hours.is_working(now) else []
    if due:
        looking.fire(role, people, due)
    looking.later += [hours.next_working(max(at, now)) for at, level in levels if level not in due]


def _look_for_duty(watch: Watch, rota: Rota, known: set[Told], now: datetime, looking: _Looking) -> None:
    """Look what whoever is on duty is told: what comes up between the closing and the next opening of the office."""
    due = []
    for level in _ON_DUTY:
        nominal = _nominal(watch, level, rota.warn(watch))
        if nominal is None or (level, Role.DUTY) in known:
            continue
        at = nominal
        if level in WARNINGS:
            at = rota.duty.last(nominal, rota.hours.last_working(nominal)) or nominal
        then = rota.duty.next(max(at, now))
        if then is None or rota.hours.next_working(nominal) < then:  # the office was open since, and had it
            continue
        if then <= now:
            due.append(level)
        else:
            looking.later.append(then)
    if due:
        looking.fire(Role.DUTY, rota.duty.people(now), due)


def _scheduled(watch: Watch, hours: Hours, warn: timedelta, levels: tuple[Level, ...]) -> list[_At]:
    found = []
    for level in levels:
        if level is Level.LEAVE:
            at = _leaving(watch.deadline, hours)
        else:
            nominal = _nominal(watch, level, warn)
            at = nominal if nominal is None or level not in WARNINGS else _earlier(nominal, hours)
        if at is not None:
            found.append((at, level))
    return found


def _nominal(watch: Watch, level: Level, warn: timedelta) -> datetime | None:
    """Return the instant of a level by the rule alone; None where the deadline has no such level."""
    if level is Level.WARN:
        return watch.deadline - warn
    if level is Level.HOUR and warn <= -AFTER[Level.HOUR]:
        return None
    if level not in WARNINGS and watch.supposed:
        return None
    return watch.deadline + AFTER[level]


def _earlier(nominal: datetime, hours: Hours) -> datetime:
    """Return when a warning is told: at its instant, or before the quiet hours in which that lies."""
    at = hours.last_working(nominal)
    if at == nominal:
        return at
    closing = hours.closing(hours.day_of(at))
    return closing - LAST_HOUR if closing - LAST_HOUR <= at < closing else at


def _leaving(deadline: datetime, hours: Hours) -> datetime | None:
    """Return when the office leaves for the last time before a deadline that comes before, or soon after, it is back."""
    day = hours.day_of(deadline)
    if hours.office.is_working_day(day) and hours.leaving(day) < deadline:
        return hours.leaving(day)
    before = hours.working_day_before(day)
    return hours.leaving(before) if deadline <= _back(before, hours) + _AFTER_OPENING else None


def _back(day: date, hours: Hours) -> datetime:
    return hours.opening(hours.office.working_day_after(day))
