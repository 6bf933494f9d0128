"""What a customer is owed: how long, counted how, and by which rule of the house.

Room: domain. In: a pace (a length of time and a way of counting), an arrival, the office. Out: a deadline, and the rule in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailcrm.domain.clock.counting import after_office_time, after_working_days
from mailcrm.domain.clock.office import Office
from mailcrm.domain.words import Sentence, say

__all__ = ["COUNTS", "Pace", "Terms", "read_duration", "read_length", "written_in_workdays"]

COUNTS = ("elapsed", "workdays24", "office")
_DURATION = re.compile(r"(\d{1,4}) ?([mhd])", re.ASCII)
_WORKDAYS = re.compile(r"\d{1,3} ?workdays?", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """`within` counted by `count`.

    "elapsed": hours on the wall, nights and Sundays included. "workdays24": the 24 hours of each working day. "office":
    office hours; what is written as workdays stands in `within` as so much office time.
    """

    within: timedelta
    count: str

    @property
    def counts_days(self) -> bool:
        """Whether it makes a difference which days people work on."""
        return self.count != "elapsed"

    def after(self, anchor: datetime, office: Office) -> datetime:
        """Return the deadline of what arrived at `anchor`."""
        if self.count == "workdays24":
            return after_working_days(anchor, self.within, office)
        if self.count == "office":
            return after_office_time(anchor, self.within, office)
        return anchor + self.within

    def spoken(self, office: Office) -> Sentence:
        """Return it in words: "24 h", "24 h on working days", "1 × an office day"."""
        if self.count == "office":
            return say("{count} × an office day", count=f"{self.within / office.day_length:g}")
        if self.count == "workdays24":
            return say("{hours} h on working days", hours=f"{self.within / _HOUR:g}")
        return say("{hours} h", hours=f"{self.within / _HOUR:g}")


@dataclass(frozen=True, slots=True)
class Terms:
    """`due`, the `rule` that gave it, in words, and the `calendar` that it was counted by ("" where no day made a difference)."""

    due: datetime
    rule: Sentence
    calendar: str = ""


def written_in_workdays(written: str) -> bool:
    """Whether `written` is a number of workdays: "1 workday"."""
    return _WORKDAYS.fullmatch(written.strip()) is not None


def read_duration(written: str) -> timedelta | None:
    """Return the length of "30m", "24h" or "2d", None for anything else."""
    match = _DURATION.fullmatch(written.strip())
    return int(match[1]) * _UNITS[match[2]] if match else None


def read_length(written: str, count: str, office: Office) -> timedelta | None:
    """Return the length of time that `written` is under this way of counting, None where it can't be meant."""
    if count != "office":
        return read_duration(written)
    return int(written.strip().partition("w")[0]) * office.day_length if written_in_workdays(written) else None
