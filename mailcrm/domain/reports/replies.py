"""How fast customers are answered: one measured row per turn, and figures over many.

Room: domain. In: facts of turns, now. Out: `MeasuredTurn`s and `Figures`, for all and for each rep, country, grade or week.

A turn counts as soon as its first touch is decided: there was one, or the deadline passed without. So neither silence nor a
late holding reply takes a turn out of the figures; answering it changes nothing that was decided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from operator import attrgetter
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from mailcrm.domain.reports.period import iso_week
from mailcrm.domain.words import say

__all__ = ["NOTES", "By", "Figures", "Group", "MeasuredTurn", "Standing", "TurnFacts", "measure", "summed"]

By = Literal["rep", "country", "grade", "week"]

NOTES = (
    say("A mail belongs to the day on which it arrived, in the office's time zone."),
    say(
        "In time: the first touch came before the deadline. By holding: the part of it, in percent of all that are counted, whose first touch only promised a later answer."
    ),
    say(
        "Mail without an answer whose deadline has passed counts as late, with its wait so far: leaving mail unanswered improves no figure."
    ),
    say("Median and P90 are waits that happened: half of the mails waited no longer, and nine of ten (nearest rank)."),
    say(
        "Not counted: waived mail (its number stands beside), spam and other kinds, mail that only thanks, and mail from before mailcrm."
    ),
)


class Standing(StrEnum):
    """How a turn stands in a report; the first three count."""

    ANSWERED = "answered"
    HELD = "held"
    OVERDUE = "overdue"
    RUNNING = "running"
    WAIVED = "waived"


_COUNTED = (Standing.ANSWERED, Standing.HELD, Standing.OVERDUE)


class TurnFacts(NamedTuple):
    """What is stored of a turn (domain.clock.account.Turn) and of its customer.

    `owner` is whose work it is, who stands for what nobody has answered. `country` and `grade` are None where unknown.
    """

    opened_by: int
    thread_id: int
    customer: str
    country: str | None
    grade: str | None
    anchor: datetime
    due: datetime
    first_touch_at: datetime | None
    first_touch: str
    promised_until: datetime | None
    supposed_by: str
    promise: str
    end: str
    ended_at: datetime | None
    external: bool
    looks_finished: bool
    policy_version: str
    seen_late: int
    answered_by: str
    owner: str


@dataclass(frozen=True, slots=True)
class MeasuredTurn:
    """One customer demand and how it was met. Seconds are whole.

    `rep`: who answered it, whose work it is while nobody has. `first_touch`: "met" or "late", None for what isn't counted.
    `first_touch_seconds`: from the anchor to the first touch, to now where there is none; `early_seconds`: from the first touch
    (or now) to the due instant, negative where late. `via_holding`: the first touch was no answer but named a later instant.
    `promise`: "kept" or "broken", None without a decided one. `external`: answered outside of mailcrm. `week`: the anchor's.
    `seen_late_seconds`: so long after its arrival nobody could see it.
    """

    id: str
    thread_id: str
    standing: Standing
    customer: str
    country: str | None
    grade: str | None
    rep: str
    anchor: datetime
    due: datetime
    first_touch_at: datetime | None
    answered_at: datetime | None
    first_touch: str | None
    first_touch_seconds: int
    early_seconds: int
    via_holding: bool
    promise: str | None
    external: bool
    week: str
    policy_version: str
    seen_late_seconds: int

    @property
    def is_counted(self) -> bool:
        """Whether it stands in the figures."""
        return self.standing in _COUNTED


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over turns. Percentages have one decimal and are None where there is nothing to divide by.

    `count` turns are behind all but the last two. `by_holding` are those `in_time` whose first touch was a holding reply, so
    that both percentages, each of `count`, are told side by side. Median and P90 are seconds until the first touch. The
    promises' percentages are of those that were kept or broken. `open_overdue` are without a first touch to this day.
    `running` (not yet due) and `waived` stand beside; `seen_late` are those that nobody could see for an hour or more.
    """

    count: int
    answered: int
    in_time: int
    in_time_percent: float | None
    by_holding: int
    by_holding_percent: float | None
    late: int
    median_seconds: int | None
    p90_seconds: int | None
    promises_kept: int
    promises_kept_percent: float | None
    promises_broken: int
    promises_broken_percent: float | None
    open_overdue: int
    running: int
    waived: int
    seen_late: int


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one rep, country, grade or week; `key` is "" where it isn't known."""

    key: str
    figures: Figures


def measure(facts: TurnFacts, now: datetime, zone: ZoneInfo) -> MeasuredTurn | None:
    """Return the measured row of a turn at `now`, None for one that no report knows; `zone`: the office's."""
    standing = _standing(facts, now)
    if standing is None:
        return None
    touched = facts.first_touch_at or facts.ended_at or now
    overdue = standing is Standing.OVERDUE
    return MeasuredTurn(
        id=f"r{facts.opened_by}",
        thread_id=f"t{facts.thread_id}",
        standing=standing,
        customer=facts.customer,
        country=facts.country,
        grade=facts.grade,
        rep=facts.answered_by or facts.owner,
        anchor=facts.anchor,
        due=facts.due,
        first_touch_at=facts.first_touch_at,
        answered_at=facts.ended_at if standing is Standing.ANSWERED else None,
        first_touch="late" if overdue else facts.first_touch if standing in _COUNTED else None,
        first_touch_seconds=int((touched - facts.anchor).total_seconds()),
        early_seconds=int((facts.due - touched).total_seconds()),
        via_holding=facts.promised_until is not None,
        promise=_promise(facts, now),
        external=facts.external,
        week=iso_week(facts.anchor.astimezone(zone)),
        policy_version=facts.policy_version,
        seen_late_seconds=facts.seen_late,
    )


def _standing(facts: TurnFacts, now: datetime) -> Standing | None:
    if facts.looks_finished or facts.end == "void":
        return None
    if facts.end == "waived":
        return Standing.WAIVED
    if facts.end == "closed":
        return Standing.ANSWERED
    if facts.first_touch_at is not None:
        return Standing.HELD
    return Standing.OVERDUE if now >= facts.due else Standing.RUNNING


def _promise(facts: TurnFacts, now: datetime) -> str | None:
    """Return what became of the promise: as it was judged, else broken once it has run out with nothing after it."""
    runs = not facts.end and not facts.supposed_by
    if runs and facts.promised_until is not None and now >= facts.promised_until:
        return "broken"
    return facts.promise or None


def summed(turns: Iterable[MeasuredTurn], by: By) -> tuple[Figures, tuple[Group, ...]]:
    """Return the figures over `turns`, read once, and those of each group.

    Weeks and grades come in their order, reps and countries by count, what isn't known last.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    key_of = attrgetter(by)
    for turn in turns:
        tallies[key_of(turn) or ""].add(turn)
    whole = _Tally()
    for tally in tallies.values():
        whole.take_in(tally)
    groups = sorted((Group(key, tally.figures()) for key, tally in tallies.items()), key=lambda group: group.key)
    if by in ("rep", "country"):
        groups.sort(key=lambda group: -group.figures.count)
    return whole.figures(), tuple(sorted(groups, key=lambda group: not group.key))


class _Tally:
    """Figures in the making: how often each thing was seen, and every wait."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._waits: list[int] = []

    def add(self, turn: MeasuredTurn) -> None:
        self._seen[turn.standing] += 1
        if not turn.is_counted:
            return
        self._waits.append(turn.first_touch_seconds)
        if turn.first_touch == "met":
            self._seen["by_holding" if turn.via_holding else "by_answer"] += 1
        if turn.promise is not None:
            self._seen[turn.promise] += 1
        if turn.seen_late_seconds:
            self._seen["seen_late"] += 1

    def take_in(self, other: _Tally) -> None:
        self._seen += other._seen
        self._waits += other._waits

    def figures(self) -> Figures:
        seen, waits, count = self._seen, sorted(self._waits), len(self._waits)
        in_time = seen["by_holding"] + seen["by_answer"]
        decided = seen["kept"] + seen["broken"]
        return Figures(
            count=count,
            answered=seen[Standing.ANSWERED],
            in_time=in_time,
            in_time_percent=_percent(in_time, count),
            by_holding=seen["by_holding"],
            by_holding_percent=_percent(seen["by_holding"], count),
            late=count - in_time,
            median_seconds=_percentile(waits, 50),
            p90_seconds=_percentile(waits, 90),
            promises_kept=seen["kept"],
            promises_kept_percent=_percent(seen["kept"], decided),
            promises_broken=seen["broken"],
            promises_broken_percent=_percent(seen["broken"], decided),
            open_overdue=seen[Standing.OVERDUE],
            running=seen[Standing.RUNNING],
            waived=seen[Standing.WAIVED],
            seen_late=seen["seen_late"],
        )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _percentile(ordered: Sequence[int], percent: int) -> int | None:
    """Return the nearest rank: the smallest value that at least `percent` of a hundred don't exceed; None of none."""
    return ordered[ceil(len(ordered) * percent / 100) - 1] if ordered else None
