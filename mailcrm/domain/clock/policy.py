"""How long there is to answer: the values of `[clock]`, `[domestic]`, `[overrides]` and `[office]` as the clock uses them.

Room: domain. In: the settings as they are written. Out: a `Policy`, or a ConfigError that names the mend.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.terms import COUNTS, Pace, Terms, read_duration, read_length, written_in_workdays
from mailcrm.domain.errors import ConfigError, RefusedByRule
from mailcrm.domain.words import Sentence, say

__all__ = ["Domestic", "Policy"]

_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Domestic:
    """The rule for customers in our own country (ISO 3166-1)."""

    country: str
    pace: Pace
    warn: timedelta


@dataclass(frozen=True)
class Policy:
    """`reply_within` counted by `count` (`terms.Pace`).

    `by_grade` are shorter times for customers of a grade. `warn` is how long before a deadline a turn is at risk; `promise_extensions` how many new estimates a promise may get.
    `domestic`: the rule for customers in our own country, None where it is the same.
    """

    reply_within: timedelta = timedelta(hours=24)
    count: str = "elapsed"
    warn: timedelta = timedelta(hours=4)
    promise_extensions: int = 2
    office: Office = field(default_factory=Office)
    by_grade: tuple[tuple[str, timedelta], ...] = ()
    domestic: Domestic | None = None

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
        pace = _pace("clock", reply_within, count, office)
        if promise_extensions < 0:
            raise ConfigError(
                say("clock.promise_extensions is {value}, less than none.", value=promise_extensions),
                say("Write 0 to allow no second estimate, or a number such as 2."),
            )
        overrides = tuple(
            (grade, _override(grade, written, pace, office)) for grade, written in sorted((by_grade or {}).items())
        )
        return cls(pace.within, count, _duration("clock.warn", warn), promise_extensions, office, overrides)

    @property
    def pace(self) -> Pace:
        """The rule for everybody."""
        return Pace(self.reply_within, self.count)

    @cached_property
    def version(self) -> str:
        """A short name for exactly these values: closed turns keep the one they were judged by."""
        values = (
            self.reply_within,
            self.count,
            self.warn,
            self.promise_extensions,
            self.office.canonical(),
            self.by_grade,
            self.domestic,
        )
        return hashlib.sha256(repr(values).encode()).hexdigest()[:12]

    def domestic_from(self, country: str, reply_within: str, count: str, warn: str) -> Domestic | None:
        """Return the rule of `[domestic]` for customers in `country`; what is "" there is as in `[clock]`, all of it: None.

        ConfigError where no country is known to be ours.
        """
        if not (reply_within or count or warn):
            return None
        if not country:
            raise ConfigError(
                say("[domestic] says how soon customers of our own country are answered, but no country is ours."),
                say('Write office.country = "CN", or whichever it is.'),
            )
        pace = self.pace
        if reply_within or count:
            pace = _pace("domestic", reply_within or _written(pace, self.office), count or self.count, self.office)
        return Domestic(country, pace, _duration("domestic.warn", warn) if warn else self.warn)

    def is_domestic(self, country: str) -> bool:
        """Whether a customer in `country` ("": nobody knows) falls under the domestic rule."""
        return self.domestic is not None and country == self.domestic.country

    def warns(self, *, domestic: bool) -> timedelta:
        """Return how long before a deadline a turn is at risk."""
        return self.domestic.warn if domestic and self.domestic else self.warn

    def terms(self, anchor: datetime, grade: str = "", country: str = "", agreed: str = "") -> Terms:
        """Return what is owed to a customer of `grade` in `country` whose mail arrived at `anchor` (aware UTC).

        `agreed`: what was agreed with this customer, written like `reply_within`. The earliest deadline counts; of equal ones
        the more general rule. What was agreed under another way of counting, and can't be read under this one, doesn't count.
        """
        office = self.office
        rules = self._rules_for(grade, country, agreed)
        due, rule = min(((pace.after(anchor, office), rule) for pace, rule in rules), key=lambda each: each[0])
        counted = any(pace.counts_days for pace, _rule in rules)
        return Terms(due, rule, office.calendar(anchor, due) if counted else "")

    def due(self, anchor: datetime, grade: str = "", country: str = "", agreed: str = "") -> datetime:
        """Return the deadline of `terms`."""
        return self.terms(anchor, grade, country, agreed).due

    def check_agreed(self, written: str, country: str = "") -> str:
        """Return what is to be agreed with a customer in `country`, tidied; RefusedByRule where it isn't shorter than the rule."""
        base = self.domestic.pace if self.domestic and self.is_domestic(country) else self.pace
        length = read_length(written, self.count, self.office)
        if length is None:
            raise RefusedByRule(
                say('"{value}" can\'t be read as a time to answer.', value=written.strip()),
                say('Write it like clock.reply_within: "6h" or "30m", with count = "office" as "1 workday".'),
            )
        longest = base.within if base.count == self.count else self.reply_within
        if not timedelta() < length <= longest:
            rule = Pace(longest, self.count).spoken(self.office)
            raise RefusedByRule(
                say('"{value}" is longer than the rule ({rule}), or nothing.', value=written.strip(), rule=rule),
                say(
                    "A customer may only be answered sooner than the rule; for more time, tell the customer when (hold)."
                ),
            )
        return " ".join(written.split())

    @cached_property
    def _rules_for(self) -> Callable[[str, str, str], list[tuple[Pace, Sentence]]]:
        """`_rules`, remembered: most customers are owed the same."""
        return lru_cache(maxsize=_REMEMBERED)(self._rules)

    def _rules(self, grade: str, country: str, agreed: str) -> list[tuple[Pace, Sentence]]:
        """Return every rule that could apply, the most general first."""
        office = self.office
        if self.domestic and self.is_domestic(country):
            pace = self.domestic.pace
            rules = [(pace, say("domestic: {time}", time=pace.spoken(office)))]
        else:
            rules = [(self.pace, say("the rule for everybody: {time}", time=self.pace.spoken(office)))]
        if grade in dict(self.by_grade):
            pace = Pace(dict(self.by_grade)[grade], self.count)
            rules.append((pace, say("graded {grade}: {time}", grade=grade, time=pace.spoken(office))))
        length = read_length(agreed, self.count, office)
        if length:
            pace = Pace(length, self.count)
            rules.append((pace, say("agreed with this customer: {time}", time=pace.spoken(office))))
        return rules


def _pace(section: str, reply_within: str, count: str, office: Office) -> Pace:
    _check_count(section, count, reply_within.strip())
    within = read_length(reply_within, count, office)
    if within is None:
        within = _duration(f"{section}.reply_within", reply_within)
    if not within:
        raise ConfigError(
            say("{section}.reply_within is zero: every mail would be overdue as it arrives.", section=section),
            say('Write how long there is to answer, such as "24h".'),
        )
    return Pace(within, count)


def _written(pace: Pace, office: Office) -> str:
    """Return a pace as it is written in the settings."""
    if pace.count == "office":
        return f"{pace.within // office.day_length} workdays"
    return f"{pace.within // timedelta(minutes=1)}m"


def _check_count(section: str, count: str, reply_within: str) -> None:
    if count not in COUNTS:
        raise ConfigError(
            say('{section}.count = "{value}" is no way of counting.', section=section, value=count),
            say(
                'Write "elapsed" (nights and Sundays included), "workdays24" (no rest days) or "office" (office hours).'
            ),
        )
    if count == "office" and not written_in_workdays(reply_within):
        raise ConfigError(
            say(
                '{section}.reply_within = "{value}" with count = "office" is a trap: office hours are few, so 24 of them are three days.',
                section=section,
                value=reply_within,
            ),
            say('Write reply_within = "1 workday", or count = "elapsed" for hours on the wall.'),
        )


def _override(grade: str, written: str, pace: Pace, office: Office) -> timedelta:
    """Return the time of a grade; only a shorter one may be."""
    if pace.count == "office":
        _check_count("clock", pace.count, written.strip())
    length = read_length(written, pace.count, office)
    if length is None:
        length = _duration(f"overrides.grade.{grade}", written)
    if not timedelta() < length <= pace.within:
        raise ConfigError(
            say('overrides.grade.{grade} = "{value}" is longer than the rule, or nothing.', grade=grade, value=written),
            say("A grade may only be answered sooner than clock.reply_within."),
        )
    return length


def _duration(setting: str, text: str) -> timedelta:
    length = read_duration(text)
    if length is None:
        raise ConfigError(
            say('{setting} = "{value}" can\'t be read as a duration.', setting=setting, value=text),
            say('Write a number and m, h or d, such as "30m", "24h" or "2d".'),
        )
    return length
