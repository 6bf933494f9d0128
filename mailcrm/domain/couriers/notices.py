"""What a courier's notice says of a shipment: its state, and whether customs hold it.

Room: domain. In: subject and text. Out: a status, "" where none is told. The words are in `notice_words`, by state and language;
a courier's own in its file. A state that sounds like another comes first: "not delivered" before "delivered".
"""

from __future__ import annotations

import re
from functools import cache

from mailcrm.domain.couriers.courier import Courier
from mailcrm.domain.couriers.notice_words import CUSTOMS, SAYINGS, SHIPMENT
from mailcrm.domain.patterns import lazy_pattern

__all__ = ["held_by_customs", "shipment_word", "state_in", "status_told"]

_SHIPMENT = lazy_pattern(SHIPMENT, re.IGNORECASE)
_CUSTOMS = lazy_pattern("|".join(CUSTOMS.values()), re.IGNORECASE)


def shipment_word(text: str) -> str:
    """Return the first word that shows that a text speaks of a shipment, "" where none does."""
    found = _SHIPMENT.search(text)
    return found[0] if found else ""


def status_told(courier: Courier, subject: str, body: str) -> str:
    """Return the state that the subject tells, else the first that the text tells: a key of `SAYINGS`, or ""."""
    told = next((state for state, patterns in _patterns(courier) if any(one.search(subject) for one in patterns)), "")
    if told:
        return told
    first = [
        (found.start(), state)
        for state, patterns in _patterns(courier)
        for found in (one.search(body) for one in patterns)
        if found
    ]
    return min(first)[1] if first else ""


def state_in(text: str) -> str:
    """Return the first state, in their order, that a few words tell, whoever says them; "" where they tell none."""
    return next((state for state, pattern in _everybody_s() if pattern.search(text)), "")


def held_by_customs(text: str) -> bool:
    """Whether an exception is one of customs: held, or something is wanted for the clearance."""
    return _CUSTOMS.search(text) is not None


@cache
def _everybody_s() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((state, re.compile("|".join(said.values()), re.IGNORECASE)) for state, said in SAYINGS.items())


@cache
def _patterns(courier: Courier) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Return each state with what tells it: everybody's words, which are compiled once, and the courier's own."""
    own = {state: (re.compile(words, re.IGNORECASE),) for state, words in courier.says.items()}
    return tuple((state, (pattern, *own.get(state, ()))) for state, pattern in _everybody_s())
