"""Countries by name: what people write in an address, a form or a profile.

Room: domain. In: a few words. Out: the country as two letters of ISO 3166-1, "" where they name none or might name two.
"""

from __future__ import annotations

from functools import cache

from mailcrm.domain.country_table import COUNTRIES
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrases import fold

__all__ = ["AROUND", "begins_with", "clocks", "country_in", "ends_a_name", "last_words", "named", "only_at"]

_SHORTEST = 4  # Latin letters: "Duc", "Nga" and "Chad" are people before they are countries, whatever the language
_PIECES = lazy_pattern(r"[,;|/()\[\]:：、，]")
_WIDEST, _READ = 8, 200
AROUND = " .*'\"-"


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, line in COUNTRIES.items():
        for name in map(fold, line.split("|")[1:]):
            if name.isascii() and len(name) < _SHORTEST and not _is_sign(name):
                continue
            found[name] = code if found.get(name, code) == code else ""
    return found


@cache
def last_words() -> frozenset[str]:
    """Return the words with which countries' names end, folded and without what is `AROUND` them."""
    return frozenset(name.split()[-1].strip(AROUND) for name in _by_name())


def _is_sign(name: str) -> bool:
    return name.replace(".", "") in {"usa", "us", "uk", "uae", "ksa", "prc", "hk", "rsa"}


@cache
def _clocks() -> dict[str, frozenset[int]]:
    return {
        code: frozenset(int(minutes) for minutes in line.partition("|")[0].split()) for code, line in COUNTRIES.items()
    }


def named(words: str) -> str:
    """Return the country that `words` are a name of."""
    return _by_name().get(" ".join(fold(words[:_READ]).split()).strip(AROUND), "")


def ends_a_name(words: str) -> bool:
    """Whether a country's name may end as `words` do; hardly a piece of an address does."""
    return fold(words).rstrip(AROUND).rpartition(" ")[2].lstrip(AROUND) in last_words()


def begins_with(line: str) -> str:
    """Return the country that an address of a language without spaces begins with: 中国浙江省宁波市."""
    if not line or line[0].isascii():
        return ""
    return next((code for length in range(_WIDEST, 1, -1) if (code := _by_name().get(line[:length], ""))), "")


def country_in(stated: str) -> str:
    """Return the country that a form's or a platform's field states, whatever stands beside it."""
    whole = stated[:_READ].strip()
    if len(whole) == 2 and whole.isupper():  # noqa: PLR2004  (ISO 3166-1 alpha-2)
        return whole if whole in COUNTRIES else ""
    return named(whole) or next((code for piece in _PIECES.split(whole) if (code := named(piece))), "")


def clocks(country: str) -> frozenset[int]:
    """Return the minutes east of UTC that clocks of `country` show, in winter and in summer."""
    return _clocks().get(country, frozenset())


def only_at(offset: int) -> str:
    """Return the one country whose clocks are `offset` minutes east of UTC; "" where there are several, or none."""
    there = [code for code, offsets in _clocks().items() if offset in offsets]
    return there[0] if len(there) == 1 else ""
