"""The lines of a mail around what was found in it, as it stands there.

Room: domain. In: the text, and the terms of a query. Out: one line; "" where none of them stands in the text. Case counts
nowhere; accents count here, so a mail that is found by `Muller` for its Müller is shown by its first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailcrm.domain.search_query import Term

__all__ = ["snippet"]

_CJK = "\u3005-\U0003fffd"  # and what else lies between: roughly is enough here
_AROUND = 60
_TRIED = 200  # places where a word begins; after these the beginning of the mail serves as well


def snippet(text: str, terms: Iterable[Term]) -> str:
    """Return what stands around the first term that stands in `text`."""
    lower = text.lower()
    for term in terms:
        if term.shown and (found := _place(lower, term)):
            start, end = found
            return " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
    return ""


def _place(lower: str, term: Term) -> tuple[int, int] | None:
    shown = [word for word in re.split(r"[\W_]+", term.shown.lower()) if word]
    if len(shown) == 1 and not shown[0].isascii():
        at = lower.find(shown[0])
        return (at, at + len(shown[0])) if at >= 0 else None
    end = "" if term.beginning else f"(?![^\\W_{_CJK}])"
    pattern = re.compile(r"[\W_]+".join(map(re.escape, shown)) + end)
    whole = (pattern.match(lower, at) for at in _beginnings(lower, shown[0]))
    return next((found.span() for found in whole if found), None)


def _beginnings(lower: str, word: str) -> Iterator[int]:
    """Return where `word` begins a word; a number that is glued to Chinese is one."""
    at = lower.find(word)
    for _time in range(_TRIED):
        if at < 0:
            return
        before = lower[at - 1 : at]
        if not before.isalnum() or before >= _CJK[0]:
            yield at
        at = lower.find(word, at + 1)
