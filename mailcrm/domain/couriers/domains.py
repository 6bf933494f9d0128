"""Whose mail it is: the courier that a sender's domain names, and whether the courier owns it.

Room: domain. In: a domain. Out: a `Courier`. Most mail has nothing to do with couriers and is told so by one look at the
words of its domain. A swindler's "dhl.top" names DHL too, but isn't owned by it.
"""

from __future__ import annotations

import re
from functools import cache

from mailcrm.domain.couriers.courier import Courier
from mailcrm.domain.couriers.registry import couriers
from mailcrm.domain.parties import registrable

__all__ = ["courier_at", "owns"]

_ANY_ENDING = r"\.[a-z.]{2,7}"
# A courier owns its name under .com and the countries' domains, not under an ending that is sold to everybody for its sound.
_OWN_ENDING = (
    r"\.(?:com|eu|gov|post|(?:com?\.)?(?!ai|cc|cf|co|fm|ga|gg|gq|io|la|me|ml|nu|pw|sh|st|su|tk|to|tv|vc|ws)[a-z]{2})"
)


def courier_at(domain: str) -> Courier | None:
    """Return the courier that `domain` (lower case) names, whoever owns it."""
    known, words = _by_word(), domain.replace("-", ".").split(".")
    if known.keys().isdisjoint(words):
        return None
    candidates = [each for word in words for each in known.get(word, ())]
    return next((each for each in candidates if _naming(each).search(domain)), None)


def owns(courier: Courier, domain: str) -> bool:
    """Whether `domain` (lower case) is one that only the courier can have; "dhl.buyer.com" is somebody else's."""
    own = registrable(domain)
    return re.search(_OWN_ENDING + "$", own) is not None and _owning(courier).fullmatch(own) is not None


@cache
def _by_word() -> dict[str, tuple[Courier, ...]]:
    """Return the couriers by the first words of their domains."""
    found: dict[str, tuple[Courier, ...]] = {}
    for courier in couriers():
        for word in {re.split("[.-]", name)[0] for name in (*courier.names, *courier.domains)}:
            found[word] = (*found.get(word, ()), courier)
    return found


@cache
def _naming(courier: Courier) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\.){_either(courier, _ANY_ENDING)}$")


@cache
def _owning(courier: Courier) -> re.Pattern[str]:
    return re.compile(_either(courier, _OWN_ENDING))


def _either(courier: Courier, ending: str) -> str:
    """Return what finds the courier's names under `ending`, and its whole domains."""
    names = [re.escape(each).replace(r"\*", "[a-z]{2,12}") + ending for each in courier.names]
    domains = [re.escape(each).replace(r"\?\?", "[a-z]{2}") for each in courier.domains]
    return f"(?:{'|'.join([*names, *domains])})"
