"""The lines of a mail around what was found in it, as it stands there.

Room: domain. In: the terms of a query, then texts. Out: one line for each, "" where none of the terms stands in it; or where they
stand. Case counts nowhere; accents count here, so a mail that is found by `Muller` for its Müller is shown by its first words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailcrm.domain.search_query import Term

__all__ = ["Snippets"]

_CJK = "\u3005-\U0003fffd"  # and what else lies between: roughly is enough here
_AROUND = 60
_TRIED = 200  # places where a word begins; after these the beginning of the mail serves as well


class Snippets:
    """What is to be shown of each mail that a query found."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._sought = [found for term in terms if (found := _sought(term))]

    def of(self, text: str) -> str:
        """Return what stands around the first term that stands in `text`."""
        lower = text.lower()
        for word, whole in self._sought:
            found = next(_found(lower, word, whole), None)
            if found:
                return " ".join(text[max(0, found[0] - _AROUND) : found[1] + _AROUND].split())
        return ""

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the terms stand in `text`, in order: the begin and the end of each."""
        lower = text.lower()
        if len(lower) != len(text):  # few letters grow when they are made small; their places would be those of others
            lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
        return sorted({place for word, whole in self._sought for place in _found(lower, word, whole)})


def _found(lower: str, word: str, whole: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    return (found.span() for at in _places(lower, word) if (found := whole.match(lower, at)))


def _sought(term: Term) -> tuple[str, re.Pattern[str]] | None:
    """Return the first word of a term, and the pattern of all of it where that stands; None where no text holds it."""
    shown = [word for word in re.split(r"[\W_]+", term.shown.lower()) if word]
    if not shown:
        return None
    open_end = term.beginning or (len(shown) == 1 and not shown[0].isascii())
    end = "" if open_end else f"(?![^\\W_{_CJK}])"
    return shown[0], re.compile(r"[\W_]+".join(map(re.escape, shown)) + end)


def _places(lower: str, word: str) -> Iterator[int]:
    """Return where `word` begins a word; beside and inside of Chinese everything does."""
    anywhere = not word.isascii()
    at = lower.find(word)
    for _time in range(_TRIED):
        if at < 0:
            return
        before = lower[at - 1 : at]
        if anywhere or not before.isalnum() or before >= _CJK[0]:
            yield at
        at = lower.find(word, at + 1)
