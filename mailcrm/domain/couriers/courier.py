"""What is known of one courier: data, and nothing that acts.

Room: domain. A courier's file fills in a `Courier`; everything here is read by the modules beside it. Patterns are written for
a number without spaces, in capitals; what a check digit is about stands in the groups `serial` and `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from mailcrm.domain.couriers.check_digits import RULES

__all__ = ["Courier", "Form", "without_names"]

_USUAL_DAYS = 6


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms that a courier's numbers have. `rule`: a name in `check_digits.RULES`, "" where no check digit is public.

    `valid` and `invalid` are examples; an invalid one is no number of this courier in any of its forms.
    """

    name: str
    pattern: str
    rule: str = ""
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()

    def fits(self, number: str) -> bool:
        """Whether `number` is written so."""
        return _compiled(self.pattern).fullmatch(number) is not None

    def right(self, number: str) -> bool | None:
        """Whether the check digit of a number that fits is right; None where the form has none."""
        found = _compiled(self.pattern).fullmatch(number)
        if found is None or not self.rule:
            return None
        return RULES[self.rule](found["serial"], found["check"])


@dataclass(frozen=True, slots=True, eq=False)
class Courier:
    """A courier. `name` is what records keep; `title` what people read, `aliases` what else they write.

    `url`: its tracking page, https, with `{number}`. `days`: the usual working days from China by region (`regions.REGIONS`),
    `other_days` to any other. `everyday`: exporters meet it all the time, so it is thought of first. `track17`: its key at 17TRACK.

    Its mails: `names` are its domains under any ending ("*": some letters), of which it owns those that can't be bought by
    everybody; `domains` are whole ("??": a country's ending). `written`: patterns of what its mails give for a number, which may be
    spaced and wider than the forms; without any, the forms. `loose` fits so much that only a word such as "waybill", or the
    right check digit, tells it from other numbers. `says`: by status, its own words beside those that all couriers use.
    """

    name: str
    title: str
    url: str
    forms: tuple[Form, ...]
    aliases: tuple[str, ...] = ()
    days: Mapping[str, int] = field(default_factory=dict)
    other_days: int = _USUAL_DAYS
    everyday: bool = False
    track17: int = 0
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    loose: str = ""
    says: Mapping[str, str] = field(default_factory=dict)

    def forms_of(self, number: str) -> Iterator[Form]:
        """Yield the forms that `number` fits."""
        return (form for form in self.forms if form.fits(number))

    def in_mails(self) -> tuple[str, ...]:
        """Return the patterns of its numbers in mails, the loose one last; none has a named group."""
        plain = tuple(without_names(form.pattern) for form in self.forms)
        return (*(self.written or plain), *([self.loose] if self.loose else []))


def without_names(pattern: str) -> str:
    """Return a pattern whose groups have no names, so that it can stand beside others."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
