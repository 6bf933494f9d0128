"""The tracking number in a courier's mail.

Room: domain. In: a courier, the subject and text of a mail. Out: the number as records keep it (no spaces, capitals), "" where none is told.
The number that its own word names ("waybill 123…") wins; else any of the courier's form, one with a right check digit first.
"""

from __future__ import annotations

import re
from functools import cache

from mailcrm.domain.couriers.courier import Courier
from mailcrm.domain.couriers.notice_words import NUMBER_WORD
from mailcrm.domain.couriers.numbers import compact, number_valid
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["number_in_mail"]

_WORD = lazy_pattern(NUMBER_WORD, re.IGNORECASE)


def number_in_mail(courier: Courier, text: str) -> str:
    """Return the tracking number; `text` begins with the subject."""
    named = _named(courier)
    for word in _WORD.finditer(text):
        found = named.match(text, word.end())
        if found:
            return compact(found[0])
    numbers = [(pattern, compact(number)) for pattern, finder in _anywhere(courier) for number in finder.findall(text)]
    right = (number for _, number in numbers if number_valid(courier.name, number))
    telling = (number for pattern, number in numbers if pattern != courier.loose)
    return next(right, "") or next(telling, "")


@cache
def _named(courier: Courier) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:{'|'.join(courier.in_mails())})(?![A-Za-z0-9_-])")


@cache
def _anywhere(courier: Courier) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (pattern, re.compile(rf"(?<![A-Za-z0-9_/=-])((?:{pattern}))(?![A-Za-z0-9_-])"))
        for pattern in courier.in_mails()
    )
