"""Phrases looked for in a text: only those are tried whose anchors stand in it, and only where they may start.

Room: domain. In: tables of phrases (`mailcrm.domain.phrases`) and a text. Out: what the phrases find, as one pattern of all of
them would find it. Of thousands of phrases a mail holds the anchors of a few; the others are never compiled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Generic, TypeVar

from mailcrm.domain.anchors import INSIDE, Anchor, anchors_of, is_joined, openings, surest
from mailcrm.domain.phrases import ends_word, fold, pattern_of, starts_word
from mailcrm.domain.said import Openings, Said, letter_pairs

__all__ = ["Candidates", "Phrase", "Phrasebook", "Phrases", "matches", "where"]

Group = TypeVar("Group", bound=Hashable)

_LAYERS = 3  # so many anchors of a phrase are looked for: more of them hardly keep a text out
_PAIR = 2


class Phrase:
    """One phrase of a table, compiled when it is first looked for: most never are."""

    def __init__(self, phrase: str) -> None:
        """`phrase` is folded."""
        self._written = phrase
        self._at_word = starts_word(phrase)
        # Of its anchors those in which a word stands beside another: such pairs, and the words that do alone.
        self._beside: list[tuple[frozenset[tuple[str, str]], frozenset[str]]] = []

    def hangs_on(self, anchors: Iterable[Anchor]) -> None:
        """Remember those of its anchors that a book doesn't tell by words alone."""
        for anchor in anchors:
            pairs = frozenset([one for one in anchor if isinstance(one, tuple)])
            if pairs:
                self._beside.append((pairs, frozenset([one for one in anchor if isinstance(one, str)])))

    def may_stand_in(self, said: Said) -> bool:
        """Whether the words of a text stand side by side as they do in its anchors."""
        for pairs, words in self._beside:  # noqa: SIM110  (a generator takes twice the time)
            if pairs.isdisjoint(said.pairs) and words.isdisjoint(said.words):
                return False
        return True

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(pattern_of(self._written))

    @cached_property
    def _openings(self) -> Openings | None:
        found = openings(self._written)
        return None if found is None else Openings(found, at_word=self._at_word)

    def first(self, said: Said, start: int, end: int) -> re.Match[str] | None:
        """Return what it matches first between two places.

        To look only where it may start is faster than a search, which tries every place.
        """
        if self._openings is None:
            return self._searched(said.folded, start, end)
        places = said.places(self._openings)
        for number in range(bisect_left(places, start), bisect_left(places, end)):
            if found := self._at(said.folded, places[number], end):
                return found
        return None

    def within(self, said: Said, starts: Sequence[int], ends: Sequence[int], wanted: set[int]) -> set[int]:
        """Return the numbers of the `wanted` pieces of a text, each from a place to a place, in which it stands."""
        if self._openings is None:
            return {number for number in wanted if self._searched(said.folded, starts[number], ends[number])}
        found: set[int] = set()
        for place in said.places(self._openings):
            number = bisect_right(ends, place)
            tried = number in wanted and number not in found and starts[number] <= place
            if tried and self._at(said.folded, place, ends[number]):
                found.add(number)
        return found

    def _searched(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        found = self._compiled.search(folded, start, end)
        while found and not self._may_start(folded, found.start()):
            found = self._compiled.search(folded, found.start() + 1, end)
        return found

    def _at(self, folded: str, place: int, end: int) -> re.Match[str] | None:
        found = self._compiled.match(folded, place, end)
        return found if found and self._may_start(folded, place) else None

    def _may_start(self, folded: str, place: int) -> bool:
        before = folded[place - 1 : place] if self._at_word else ""
        return not (before.isalnum() or before == "_")


class Phrasebook(Generic[Group]):
    """Phrases in groups: of a text it tells those which may stand in it, by their anchors; the others needn't be tried.

    Each phrase is a bit of a number, once in each layer of anchors. A word that stands in the text sets the bits of all phrases
    that have it in an anchor; whoever has all its bits then has all its anchors there.
    """

    def __init__(self, groups: Mapping[Group, str]) -> None:
        phrases: list[str] = []
        self._spans: dict[Group, tuple[int, int]] = {}
        for group, written in groups.items():
            folded = filter(None, map(str.strip, fold(written).split("; ")))
            first = len(phrases)
            # Those that start at a word come first, as in `compile_phrases`.
            phrases += sorted(folded, key=lambda one: not starts_word(one))
            self._spans[group] = (first, (1 << len(phrases) - first) - 1)
        self._phrases = [Phrase(one) for one in phrases]
        self._bits: dict[str, int] = {}
        self._without = 0  # the bits of the anchors that a phrase hasn't
        for number, phrase in enumerate(phrases):
            self._hang(number, phrase)
        # Of letters that may stand inside a word `Said` tells but pairs: more of them are looked for where their first two are.
        joined = [one for one in self._bits if is_joined(one) and len(one) > 1]
        self._latin = [one for one in joined if one[0] == INSIDE]
        self._inside: dict[int, list[str]] = {}
        for one in joined:
            if one[0] != INSIDE:
                self._inside.setdefault(next(letter_pairs(one)), []).append(one)
        self._words = frozenset(self._bits)

    def _hang(self, number: int, phrase: str) -> None:
        at_word, ends = starts_word(phrase), ends_word(phrase)
        anchors = anchors_of(phrase, at_word=at_word, whole_words=at_word or ends, ends_word=ends)
        anchors = sorted(anchors, key=surest)[:_LAYERS]
        self._phrases[number].hangs_on(anchors)
        for layer in range(_LAYERS):
            bit = 1 << layer * len(self._phrases) + number
            self._without |= bit if layer >= len(anchors) else 0
            for one in anchors[layer] if layer < len(anchors) else ():
                word = one if isinstance(one, str) else one[1]
                self._bits[word] = self._bits.get(word, 0) | bit

    def candidates(self, said: Said) -> Candidates[Group]:
        """Return the phrases that may stand in a text."""
        there = said.words & self._words
        there.update([one for one in self._latin if one[1:] in said.folded])
        if self._inside and said.foreign:
            for pair in self._inside.keys() & said.letters:
                there.update([one for one in self._inside[pair] if len(one) == _PAIR or one in said.folded])
        layers = reduce(or_, map(self._bits.__getitem__, there), self._without)
        bits = layers
        for layer in range(1, _LAYERS):
            bits &= layers >> layer * len(self._phrases)
        return Candidates(said, self._phrases, self._spans, bits)


class Candidates(Generic[Group]):
    """The phrases of a book that may stand in a text, told group by group."""

    def __init__(
        self, said: Said, phrases: Sequence[Phrase], spans: Mapping[Group, tuple[int, int]], bits: int
    ) -> None:
        """`bits`: by number, whether a phrase may stand there; `spans`: the first number of a group, and a bit for each of it."""
        self._said, self._phrases, self._spans, self._bits = said, phrases, spans, bits

    def of(self, group: Group) -> list[Phrase]:
        """Return those of a group, in their order."""
        first, bits = self._spans.get(group, (0, 0))
        bits &= self._bits >> first
        found = []
        while bits:
            lowest = bits & -bits
            phrase = self._phrases[first + lowest.bit_length() - 1]
            bits ^= lowest
            if phrase.may_stand_in(self._said):
                found.append(phrase)
        return found


class Phrases:
    """Phrases of one table; its book is made when something is first looked for."""

    def __init__(self, phrases: str) -> None:
        self._written = phrases
        self._book: Phrasebook[None] | None = None

    def candidates(self, said: Said) -> Sequence[Phrase]:
        """Return those which may stand in a text."""
        self._book = self._book or Phrasebook({None: self._written})
        return self._book.candidates(said).of(None)

    def found_in(self, said: Said) -> bool:
        """Return whether one of them stands in a text."""
        return self.first_in(said) is not None

    def first_in(self, said: Said, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match between two places of a text."""
        return next(matches(self.candidates(said), said, start, end), None)


def where(
    phrases: Iterable[Phrase], said: Said, pieces: Sequence[tuple[int, int]], wanted: Iterable[int] | None = None
) -> set[int]:
    """Return the numbers of the `pieces` of a text, each from a place to a place, in which one of `phrases` stands.

    `wanted`: the numbers of those in which it is looked for, all of them unless told.
    """
    starts, ends = [start for start, _end in pieces], [end for _start, end in pieces]
    left = set(range(len(pieces)) if wanted is None else wanted)
    found: set[int] = set()
    for phrase in phrases:
        here = phrase.within(said, starts, ends, left) if left else set()
        found |= here
        left -= here
    return found


def matches(phrases: Iterable[Phrase], said: Said, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield what any of `phrases` finds, from left to right, at one place that of the first phrase: as one pattern would."""
    end = len(said.folded) if end is None else end
    ahead = [(found, phrase) for phrase in phrases if (found := phrase.first(said, start, end))]
    while ahead:
        first, _phrase = min(ahead, key=_start)
        yield first
        place = first.end()
        again = [
            (found if found.start() >= place else phrase.first(said, place, end), phrase) for found, phrase in ahead
        ]
        ahead = [(found, phrase) for found, phrase in again if found]


def _start(one: tuple[re.Match[str], object]) -> int:
    return one[0].start()
