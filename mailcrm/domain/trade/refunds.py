"""Refund rates of VAT: by HS code and the day of export.

Room: domain. In: a table of rates with the days on which they hold. Out: the rate of a day, and every rate that a span of days meets: a
quote whose lead time crosses a change is calculated with both. The longest code that a customs code begins with counts, since tables
name headings of 4 and 6 digits as well as codes of 8 and 10.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import say

__all__ = ["Placing", "RefundRate", "checked_hs", "place", "rate_on", "rates_between"]

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RefundRate:
    """`rate` holds for `hs` from `since` until `until`, both included; None: until it is changed."""

    hs: str
    rate: Decimal
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise UsageError(
                say("The rate of {hs} would end on {until}, before it begins.", hs=self.hs, until=self.until),
                say("Write the days on which it holds, such as 2026-01-01 and 2026-12-31."),
            )

    def holds(self, day: date) -> bool:
        """Whether the rate is that of `day`."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, first: date, last: date) -> bool:
        """Whether the rate holds on any day from `first` to `last`."""
        return self.since <= last and (self.until is None or first <= self.until)


@dataclass(frozen=True, slots=True)
class Placing:
    """What a new rate does to those of its code: `state` "created", "updated" (one of the same first day is corrected) or "duplicate".

    `ended`: the rates that hold by then and end the day before.
    """

    state: str
    ended: tuple[RefundRate, ...] = ()

    def applied(self, known: Iterable[RefundRate], new: RefundRate) -> tuple[RefundRate, ...]:
        """Return the rates of the code with the new one in its place."""
        others = [rate for rate in known if rate.since != new.since]
        return (*(replace(one, until=new.since - _A_DAY) if one in self.ended else one for one in others), new)


def place(known: Iterable[RefundRate], new: RefundRate) -> Placing:
    """Return where a new rate goes among those of its code, so that of every day there is one.

    RefusedByRule where a later rate begins within the new one's days.
    """
    rates = tuple(known)
    same = [rate for rate in rates if rate.since == new.since]
    if new in same:
        return Placing("duplicate")
    later = [rate.since for rate in rates if rate.since > new.since and (new.until is None or rate.since <= new.until)]
    if later:
        raise RefusedByRule(
            say("For {hs} another rate begins on {since}.", hs=new.hs, since=min(later)),
            say("Say until when this one holds, such as {day}.", day=min(later) - _A_DAY),
        )
    ended = tuple(rate for rate in rates if rate.since < new.since and (rate.until is None or rate.until >= new.since))
    return Placing("updated" if same else "created", ended)


def checked_hs(given: str) -> str:
    """Return a customs code as its digits: "9403.60" is 940360."""
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", given))
    if not re.fullmatch(r"\d{4,13}", digits, re.ASCII):
        raise UsageError(
            say("{given} is no HS code.", given=given.strip() or "—"),
            say("Write its 4 to 13 digits, such as 9403.60.99."),
        )
    return digits


def rate_on(table: Iterable[RefundRate], hs: str, day: date) -> RefundRate | None:
    """Return the rate of `hs` on `day`, None where the table doesn't say."""
    return max((rate for rate in table if hs.startswith(rate.hs) and rate.holds(day)), key=_weight, default=None)


def rates_between(table: Iterable[RefundRate], hs: str, first: date, last: date) -> tuple[RefundRate, ...]:
    """Return every rate that exports from `first` to `last` may meet, by date; of one only where nothing changes between."""
    met = [rate for rate in table if hs.startswith(rate.hs) and rate.meets(first, last)]
    begin = {rate.since for rate in met} | {rate.until + _A_DAY for rate in met if rate.until}
    days = sorted({first, *(day for day in begin if first < day <= last)})
    found = [rate_on(met, hs, day) for day in days]
    return tuple(dict.fromkeys(rate for rate in found if rate is not None))


def _weight(rate: RefundRate) -> tuple[int, date]:
    return len(rate.hs), rate.since
