"""Asking how a sample did: when each mail is due, and when nobody answers.

Room: domain. In: when it was delivered, when we asked, whom out-of-office notes say is away, the customer's working days. Out:
instants. The days are counted from the feedback mail; a follow-up neither restarts nor shifts the ones behind it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from mailcrm.domain.clock.counting import after_office_time
from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.samples.sample import Away
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.waiting.steps import MOST_NUDGES, Schedule
from mailcrm.domain.words import say

__all__ = ["SamplePolicy", "expected_on", "feedback_due", "follow_up_dues"]

_ENOUGH = 3
_AWAY_TOO_LONG = timedelta(days=30)
_UNDATED_DAYS = 3


@dataclass(frozen=True, slots=True)
class SamplePolicy:
    """`[samples]`.

    `ask_within`: so much office time after the delivery the customer is asked, and never later than the reply rule would have it.
    `follow_ups`: after how many working days of the customer. `expected_days`: so many working days is a parcel on its way where we
    have no experience. `stale`: after how many of our working days a sample that stands still is work, by its state. `automatic_tag`: whoever is tagged
    so is asked unattended, "" for nobody.
    """

    ask_within: timedelta = timedelta(hours=4)
    follow_ups: tuple[int, ...] = (4, 8, 15)
    expected_days: int = 6
    stale: tuple[tuple[str, int], ...] = ()
    automatic_tag: str = ""

    @classmethod
    def from_settings(
        cls,
        ask_within_hours: int,
        follow_ups: Sequence[int],
        expected_days: int,
        stale: Mapping[str, int],
        automatic_tag: str = "",
    ) -> SamplePolicy:
        """Return the policy; ConfigError for follow-ups that don't rise, are too many, or aren't there, and unknown states."""
        strange = sorted(stale.keys() - set(SampleState))
        if strange:
            raise ConfigError(
                say("samples.stale: {state} is no state of a sample.", state=strange[0]),
                say("States are: {known}.", known=", ".join(SampleState)),
            )
        rising = all(after > day for day, after in pairwise(follow_ups))
        if not 1 <= len(follow_ups) <= MOST_NUDGES or follow_ups[0] < 1 or not rising:
            raise ConfigError(
                say("samples.follow_ups can't be {value}.", value=list(follow_ups)),
                say("Write one to three rising numbers of working days, such as [4, 8, 15]."),
            )
        return cls(
            timedelta(hours=ask_within_hours), tuple(follow_ups), expected_days, tuple(stale.items()), automatic_tag
        )


def feedback_due(
    delivered_at: datetime, within: timedelta, policy: Policy, grade: str = "", country: str = "", agreed: str = ""
) -> datetime:
    """Return until when the customer is asked: so much office time, and no later than a mail of theirs would be answered."""
    office = after_office_time(delivered_at, within, policy.office)
    return min(office, policy.due(delivered_at, grade, country, agreed))


def follow_up_dues(
    asked_at: datetime, followed_up: Sequence[datetime], away: Iterable[Away], schedule: Schedule
) -> list[datetime]:
    """Return when each follow-up is due, and last when nobody answers any more.

    A note that names the day of return moves the next step to the working day after it (unless that is a month away: then
    somebody else there may answer); one without a day moves it three working days, once a step.
    """
    dues, moved = schedule.dues(asked_at), set[int]()
    for note in sorted(away, key=lambda one: one.at):
        if note.at < asked_at:
            continue
        step = min(sum(sent <= note.at for sent in followed_up), schedule.steps)
        later = _moved_to(note, dues[step], asked_at, schedule, again=step in moved)
        if later is not None and later > dues[step]:
            dues = schedule.later(dues, step, later)
            moved.add(step)
    return dues


def _moved_to(note: Away, due: datetime, asked_at: datetime, schedule: Schedule, *, again: bool) -> datetime | None:
    if note.back is None:
        return None if again else schedule.after(due, _UNDATED_DAYS)
    if note.back - schedule.day_of(note.at) > _AWAY_TOO_LONG:
        return None
    return schedule.back_at_work(note.back, asked_at)


def expected_on(shipped_on: date, took: Sequence[int], usual: int, calendar: Office) -> tuple[datetime, int]:
    """Return until when a parcel is expected to be there, and the number of working days that this is.

    `took`: the working days that our parcels of this carrier to this country took; fewer than three tell nothing. `usual` then.
    """
    days = round(statistics.median(took)) if len(took) >= _ENOUGH else usual
    day = calendar.working_day_after(shipped_on, max(days, 1))
    return datetime.combine(day, time.max.replace(microsecond=0), calendar.tz).astimezone(UTC), days
