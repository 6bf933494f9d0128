"""Tracking numbers: whose they can be, and whether they are right.

Room: domain. In: a number as somebody wrote it. Out: it without spaces, in capitals, with the couriers that write theirs so. A form
without a public check digit can't be told right or wrong: its validity is None.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from mailcrm.domain.couriers.courier import Courier, without_names
from mailcrm.domain.couriers.registry import courier_named, couriers
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say

__all__ = ["Match", "check_awb", "compact", "number_valid", "recognise", "tracking_url"]

_LONGEST = 50
_APART = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile(r"[-\u2010-\u2015./]")


@dataclass(frozen=True, slots=True)
class Match:
    """A courier whose form `number` has. `valid`: its check digit is right; None where the form has none."""

    courier: str
    number: str
    valid: bool | None


def compact(written: str) -> str:
    """Return a number as it is kept: no spaces, capitals, no full-width letters."""
    return _APART.sub("", unicodedata.normalize("NFKC", written)).upper()


def recognise(written: str) -> tuple[Match, ...]:
    """Return whose number it can be, best first: everyday couriers and right check digits before others, wrong ones last.

    Dashes and points that people put between groups are no part of it, unless a form has them.
    """
    number = compact(written)[: _LONGEST + 1]
    found = _matches(number) or _matches(_DASHES.sub("", number))
    everyday = {each.name for each in couriers() if each.everyday}
    return tuple(sorted(found, key=lambda one: (one.valid is False, one.courier not in everyday, one.valid is None)))


def check_awb(courier_name: str, written: str) -> str:
    """Return the number as it is kept; RefusedByRule tells whether its form or its check digit is wrong, and the mend."""
    courier = courier_named(courier_name)
    found = recognise(written)
    for one in found:
        if one.courier == courier.name and one.valid is not False:
            return one.number
    others = [one for one in found if one.courier != courier.name and one.valid]
    if any(one.courier == courier.name for one in found):
        raise RefusedByRule(
            say("The check digit of {number} is wrong for {courier}.", number=compact(written), courier=courier.title),
            _mend(others) or say("Compare it with the waybill: a digit is mistyped, or two changed places."),
        )
    raise RefusedByRule(
        say("{number} is no {courier} number.", number=compact(written) or "…", courier=courier.title),
        _mend(others) or _looks_like(courier),
    )


def number_valid(courier_name: str, number: str) -> bool:
    """Whether a courier's number (as it is kept) has a right check digit; False where its form has none."""
    courier = courier_named(courier_name)
    return any(form.right(number) for form in courier.forms)


def tracking_url(courier_name: str, number: str) -> str:
    """Return the courier's page about a number; nothing in the number can lead elsewhere."""
    return courier_named(courier_name).url.format(number=quote(compact(number), safe=""))


def _matches(number: str) -> list[Match]:
    if not _anybody_s().fullmatch(number):
        return []
    return [Match(each.name, number, _validity(each, number)) for each in couriers() if any(each.forms_of(number))]


@cache
def _anybody_s() -> re.Pattern[str]:
    """Return what finds every number that some courier writes so: a list of words is looked through in no time."""
    patterns = {without_names(form.pattern) for each in couriers() for form in each.forms}
    return re.compile("|".join(sorted(patterns)), re.ASCII)


def _validity(courier: Courier, number: str) -> bool | None:
    """Return True where one of the number's forms says so, False where each one says no."""
    verdicts = [form.right(number) for form in courier.forms_of(number)]
    return True if True in verdicts else None if None in verdicts else False


def _mend(others: list[Match]) -> Sentence | None:
    if not others:
        return None
    other = courier_named(others[0].courier).title
    return say("It is a right {courier} number: choose that courier, or compare it with the waybill.", courier=other)


def _looks_like(courier: Courier) -> Sentence:
    examples = [form.valid[0] for form in courier.forms if form.valid]
    return say("Compare it with the waybill; such numbers look like {examples}.", examples=", ".join(examples[:3]))
