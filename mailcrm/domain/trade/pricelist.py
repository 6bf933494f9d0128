"""Price lists: what an item costs from which quantity on, and below which price nobody goes.

Room: domain. In: lists, an item number, a quantity, a day. Out: the line that holds. A list is never changed once it is applied; the one
that became valid last takes the place of all before it, as a whole. Days are those of our office: a list becomes valid at its midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import say

__all__ = [
    "PriceLine",
    "PriceList",
    "Validity",
    "checked_validity",
    "checked_version",
    "last_begun",
    "line_for",
    "next_version",
    "state_on",
    "valid_on",
]

_VERSION = re.compile(r"[\w][\w .()-]{0,31}")
_NUMBERED = re.compile(r"v(\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What `sku` costs from `qty_break` pieces (`unit`) on; `floor`: the least that it may be sold for, both net FOB."""

    sku: str
    description: str
    unit: str
    qty_break: int
    fob: Money
    floor: Money

    @property
    def key(self) -> tuple[str, int]:
        """What there is one line of in a list."""
        return sku_key(self.sku), self.qty_break


@dataclass(frozen=True, slots=True)
class Validity:
    """When a list holds: from the first moment of `valid_from` to the last one of `valid_until` (None: until the next list)."""

    version: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class PriceList:
    """A version of our prices, all in one currency."""

    validity: Validity
    currency: str
    lines: tuple[PriceLine, ...]

    def line(self, sku: str, quantity: Decimal | int) -> PriceLine | None:
        """Return the line that holds for so many; None where the item isn't in the list, or `quantity` is below its first break."""
        return line_for(self.lines, sku, quantity)


def line_for(lines: Iterable[PriceLine], sku: str, quantity: Decimal | int) -> PriceLine | None:
    """Return the line of `sku` with the greatest break that `quantity` reaches; None where there is none."""
    key = sku_key(sku)
    reached = (line for line in lines if line.qty_break <= quantity and sku_key(line.sku) == key)
    return max(reached, key=lambda line: line.qty_break, default=None)


def last_begun(lists: Iterable[Validity], day: date) -> Validity | None:
    """Return the list that became valid last up to `day`, whether or not it has run out.

    `lists`: in the order in which they were applied; of two that become valid on one day the later one is meant.
    """
    return max(
        ((one.valid_from, place, one) for place, one in enumerate(lists) if one.valid_from <= day),
        key=lambda found: found[:2],
        default=(None, None, None),
    )[2]


def valid_on(lists: Iterable[Validity], day: date) -> Validity | None:
    """Return the list that holds on `day`; what it withdrew doesn't come back when it has run out."""
    last = last_begun(lists, day)
    return None if last is None or (last.valid_until is not None and last.valid_until < day) else last


def state_on(one: Validity, lists: Iterable[Validity], day: date) -> str:
    """Return "valid", "upcoming", "expired" (it has run out) or "withdrawn" (another one has taken its place)."""
    if one.valid_from > day:
        return "upcoming"
    if valid_on(lists, day) == one:
        return "valid"
    return "expired" if one.valid_until is not None and one.valid_until < day else "withdrawn"


def next_version(known: Iterable[str]) -> str:
    """Return the version after the known ones: "v8" after "v7", "v1" at first."""
    numbers = [int(found[1]) for found in map(_NUMBERED.fullmatch, known) if found]
    return f"v{max(numbers, default=0) + 1}"


def checked_version(given: str) -> str:
    """Return a version's name; UsageError where it could be mistaken for something else."""
    version = " ".join(given.split())
    if not _VERSION.fullmatch(version):
        raise UsageError(say("{given} is no name of a version.", given=given), say("Call it v7, say, or 2026-12."))
    return version


def checked_validity(version: str, valid_from: date, valid_until: date | None) -> Validity:
    """Return when a list holds; UsageError where it would end before it begins."""
    if valid_until is not None and valid_until < valid_from:
        raise UsageError(
            say("The list would end on {until} before it begins on {day}.", until=valid_until, day=valid_from),
            say("Give it a last day that is not before the first."),
        )
    return Validity(checked_version(version), valid_from, valid_until)
