"""How long there is to answer: the values of `[clock]` and `[office]` as the clock uses them.

Room: domain. In: the settings as they are written. Out: a `Policy`, or a ConfigError that names the mend.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailcrm.domain.clock.counting import after_office_time, after_working_days
from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["Policy"]

_COUNTS = ("elapsed", "workdays24", "office")
_DURATION = re.compile(r"(\d{1,4}) ?([mhd])", re.ASCII)
_WORKDAYS = re.compile(r"\d{1,3} ?workdays?", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Policy:
    """`reply_within` counted by `count`.

    "elapsed": hours on the wall, nights and Sundays included. "workdays24": the 24 hours of each working day. "office":
    office hours; what is written as workdays stands in `reply_within` as so much office time.

    `by_grade` are shorter times for customers of a grade. `warn` is how long before a deadline a turn is at risk; `promise_extensions` how many new estimates a promise may get.
    """

    reply_within: timedelta = timedelta(hours=24)
    count: str = "elapsed"
    warn: timedelta = timedelta(hours=4)
    promise_extensions: int = 2
    office: Office = field(default_factory=Office)
    by_grade: tuple[tuple[str, timedelta], ...] = ()

    @classmethod
    def from_settings(
        cls,
        reply_within: str,
        count: str,
        warn: str,
        promise_extensions: int,
        office: Office,
        by_grade: Mapping[str, str] | None = None,
    ) -> Policy:
        """Return the policy of `[clock]`: durations as "24h", "30m" or "2d"; ConfigError for what can't be meant.

        `by_grade` is `[overrides.grade]`, written like `reply_within`.
        """
        _check_count(count, reply_within.strip())
        within = _office_time(reply_within, office) if count == "office" else _duration("reply_within", reply_within)
        if not within:
            raise ConfigError(
                say("clock.reply_within is zero: every mail would be overdue as it arrives."),
                say('Write how long there is to answer, such as "24h".'),
            )
        if promise_extensions < 0:
            raise ConfigError(
                say("clock.promise_extensions is {value}, less than none.", value=promise_extensions),
                say("Write 0 to allow no second estimate, or a number such as 2."),
            )
        overrides = tuple(
            (grade, _override(grade, written, count, within, office))
            for grade, written in sorted((by_grade or {}).items())
        )
        return cls(within, count, _duration("warn", warn), promise_extensions, office, overrides)

    @property
    def version(self) -> str:
        """A short name for exactly these values: closed turns keep the one they were judged by."""
        values = (
            self.reply_within,
            self.count,
            self.warn,
            self.promise_extensions,
            self.office.canonical(),
            self.by_grade,
        )
        return hashlib.sha256(repr(values).encode()).hexdigest()[:12]

    def due(self, anchor: datetime, grade: str = "") -> datetime:
        """Return the deadline of a mail that arrived at `anchor` (aware UTC) from a customer of `grade`."""
        within = dict(self.by_grade).get(grade, self.reply_within)
        if self.count == "workdays24":
            return after_working_days(anchor, within, self.office)
        if self.count == "office":
            return after_office_time(anchor, within, self.office)
        return anchor + within


def _check_count(count: str, reply_within: str) -> None:
    if count not in _COUNTS:
        raise ConfigError(
            say('clock.count = "{value}" is no way of counting.', value=count),
            say(
                'Write "elapsed" (nights and Sundays included), "workdays24" (no rest days) or "office" (office hours).'
            ),
        )
    if count == "office" and not _WORKDAYS.fullmatch(reply_within):
        raise ConfigError(
            say(
                'clock.reply_within = "{value}" with count = "office" is a trap: office hours are few, so 24 of them are three days.',
                value=reply_within,
            ),
            say('Write reply_within = "1 workday", or count = "elapsed" for hours on the wall.'),
        )


def _override(grade: str, written: str, count: str, within: timedelta, office: Office) -> timedelta:
    """Return the time of a grade; only a shorter one may be."""
    if count == "office":
        _check_count(count, written.strip())
        length = _office_time(written, office)
    else:
        length = _duration("reply_within", written)
    if not timedelta() < length <= within:
        raise ConfigError(
            say('overrides.grade.{grade} = "{value}" is longer than the rule, or nothing.', grade=grade, value=written),
            say("A grade may only be answered sooner than clock.reply_within."),
        )
    return length


def _office_time(reply_within: str, office: Office) -> timedelta:
    return int(reply_within.partition("w")[0]) * office.day_length


def _duration(setting: str, text: str) -> timedelta:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ConfigError(
            say('clock.{setting} = "{value}" can\'t be read as a duration.', setting=setting, value=text),
            say('Write a number and m, h or d, such as "30m", "24h" or "2d".'),
        )
    return int(match[1]) * _UNITS[match[2]]
