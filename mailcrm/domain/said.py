"""A text in which phrases are looked for, folded once and cut once into what they hang on.

Room: domain. In: any text. Out: its words, the starts of its words, which words and which letters stand side by side, and where the
openings of a phrase stand. What few ask for is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from operator import itemgetter

from mailcrm.domain.anchors import CUT, DIGIT, is_joined
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrases import fold

__all__ = ["Openings", "Said", "letter_pairs"]

_MARK = lazy_pattern(r"[^\w ]")
_DIGIT = lazy_pattern(DIGIT)
_NO_WORD = bytes(code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)) + bytes(128)
_FOREIGN = lazy_pattern("[\u0370-\U0010ffff]+")
_ANYWHERE = ""  # stands for a word in every text
_cut = itemgetter(slice(CUT))


class Said:
    """A text folded once and cut once into what phrases hang on, as in `mailcrm.domain.anchors`."""

    __slots__ = ("_foreign", "_known", "_letters", "_pairs", "_parted", "_row", "folded", "foreign", "words")

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self._parted = f" {_without_marks(self.folded)} "
        self._known: dict[str | Openings, list[int]] = {}
        self._row = self._parted.split()
        self._pairs: set[tuple[str, str]] = set()
        self._letters: set[int] = set()
        # Of letters that aren't Latin all: words written without spaces start with any of them.
        self._foreign = "" if self.folded.isascii() else " ".join(_FOREIGN.findall(self.folded))
        self.foreign = frozenset(self._foreign)
        self.words = {_ANYWHERE, *self._row, *self.foreign}
        self.words.update([*map(_cut, self.words)])

    @property
    def letters(self) -> set[int]:
        """Return which letters that aren't Latin stand side by side, as `letter_pairs` tells them."""
        self._letters = self._letters or {*letter_pairs(self._foreign)}
        return self._letters

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Return which words stand side by side."""
        self._pairs = self._pairs or {*pairwise(self._row)}
        return self._pairs

    def places(self, openings: Openings) -> list[int]:
        """Return where one of `openings` stands, in their order."""
        known = self._known.get(openings)
        if known is None:
            there = openings.by_word.keys() & self.words
            known = [place for word in there for one in openings.by_word[word] for place in self._places(one)]
            known.sort()
            self._known[openings] = known
        return known

    def _places(self, wanted: str) -> list[int]:
        known = self._known.get(wanted)
        if known is None and wanted == DIGIT:
            known = self._known[wanted] = [one.start() for one in _DIGIT.finditer(self.folded)]
        elif known is None:
            known = self._known[wanted] = []
            text = self._parted if wanted[0] == " " else self.folded
            place = text.find(wanted)
            while place >= 0:
                known.append(place)
                place = text.find(wanted, place + 1)
        return known


class Openings:
    """What a phrase may start with: words behind a space, whole or not, or letters and marks anywhere."""

    __slots__ = ("by_word",)

    def __init__(self, openings: Iterable[str], *, at_word: bool) -> None:
        """`at_word`: those of letters stand only where a word starts."""
        self.by_word: dict[str, list[str]] = {}  # what to look for where a word is in `Said.words`
        for one in openings:
            behind_space = at_word and one[0].isalnum()
            letters = one.rstrip()
            if is_joined(one):
                word = letters[0]
            elif behind_space and one[-1] == " ":
                word = letters
            else:
                word = letters[:CUT] if behind_space and len(letters) >= CUT else _ANYWHERE
            self.by_word.setdefault(word, []).append(f" {one}" if behind_space else letters)


def letter_pairs(letters: str) -> Iterator[int]:
    """Return any two letters that stand side by side as one number: a set of numbers is made in half the time of one of strings."""
    units = letters.encode("utf-16-le", "surrogatepass")
    pairs = [memoryview(units[first : first + (len(units) - first) // 4 * 4]).cast("I") for first in (0, 2)]
    return chain(*pairs)


def _without_marks(folded: str) -> str:
    """Return a text with a space for whatever is no letter or digit, each word at its place."""
    if folded.isascii():
        return folded.encode().translate(_NO_WORD).decode()
    for mark in set(_MARK.findall(folded)):
        folded = folded.replace(mark, " ")
    return folded
