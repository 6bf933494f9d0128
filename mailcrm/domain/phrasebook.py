"""Phrases looked for in a text: only those are tried whose anchors stand in it, and only where they may start.

Room: domain. In: tables of phrases (`mailcrm.domain.phrases`) and a text. Out: what the phrases find, as one pattern of all of
them would find it. Of thousands of phrases a mail holds the anchors of a few; the others are never compiled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import add, itemgetter
from typing import Generic, TypeVar

from mailcrm.domain.anchors import CUT, DIGIT, Anchor, anchors_of, is_joined, openings
from mailcrm.domain.phrases import ends_word, fold, pattern_of, starts_word

__all__ = ["Candidates", "Phrase", "Phrasebook", "Phrases", "Said", "matches", "where"]

Group = TypeVar("Group", bound=Hashable)

_MARK = re.compile(r"[^\w ]")
_DIGIT = re.compile(DIGIT)
_NO_WORD = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_FIRST_FOREIGN = "\u0370"
_FOREIGN = re.compile(f"[{_FIRST_FOREIGN}-\U0010ffff]+")
_cut = itemgetter(slice(CUT))


class Said:
    """A text folded once and cut once into what phrases hang on: the starts of its words, and the letters that aren't Latin."""

    __slots__ = ("_known", "_parted", "folded", "foreign", "pairs", "starts")

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self._parted = f" {_without_marks(self.folded)} "
        self._known: dict[str, list[int]] = {}
        self.starts = frozenset(map(_cut, self._parted.split()))
        # Of letters that aren't Latin all, and all pairs of neighbours: of words written without spaces these are the starts.
        foreign = "" if self.folded.isascii() else " ".join(_FOREIGN.findall(self.folded))
        self.foreign = frozenset(foreign)
        self.pairs = self.foreign.union(map(add, foreign, foreign[1:]))

    def words(self, starts: Anchor) -> list[int]:
        """Return where a word with one of these starts stands."""
        there = [f" {start}" if len(start) == CUT else f" {start} " for start in starts & self.starts]
        return [place for one in there for place in self._places(one, self._parted)]

    def places(self, openings: Openings) -> list[int]:
        """Return where one of `openings` stands, in their order."""
        found = self.words(openings.starts)
        for letters in openings.inside:
            found += self._places(letters, self.folded)
        for letters in openings.open:
            found += self._places(f" {letters}", self._parted)
        found.sort()
        return found

    def _places(self, wanted: str, text: str) -> list[int]:
        known = self._known.get(wanted)
        if known is None and wanted == DIGIT:
            known = self._known[wanted] = [one.start() for one in _DIGIT.finditer(text)]
        elif known is None:
            known = self._known[wanted] = []
            place = text.find(wanted)
            while place >= 0:
                known.append(place)
                place = text.find(wanted, place + 1)
        return known


class Openings:
    """What a phrase may start with: starts of words as in `Said.starts`, letters of a longer word, or letters anywhere."""

    __slots__ = ("inside", "open", "starts")

    def __init__(self, openings: Anchor, *, at_word: bool) -> None:
        """`at_word`: those of letters stand only where a word starts."""
        words = [one for one in openings if at_word and one[0].isalnum()]
        known = [one for one in words if len(one) >= CUT or one[-1] == " "]
        self.starts = frozenset([one.strip()[:CUT] for one in known])
        self.open = tuple(set(words).difference(known))
        self.inside = tuple({one.strip() for one in openings.difference(words)})


class Phrase:
    """One phrase of a table, compiled when it is first looked for: most never are."""

    def __init__(self, phrase: str) -> None:
        """`phrase` is folded."""
        self._written = phrase
        self._at_word = starts_word(phrase)
        apart = self._at_word or ends_word(phrase)
        self.anchors = anchors_of(phrase, at_word=self._at_word, whole_words=apart, ends_word=ends_word(phrase))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(pattern_of(self._written))

    @cached_property
    def _openings(self) -> Openings | None:
        found = openings(self._written)
        return None if found is None else Openings(found, at_word=self._at_word)

    def may_stand_in(self, said: Said) -> bool:
        """Whether its anchors, but the one by which it is looked up, stand in a text."""
        for starts, joined in self._others:
            if starts.isdisjoint(said.starts) and not (joined and any(map(said.folded.__contains__, joined))):
                return False
        return True

    def hung_on(self, common: Mapping[str, int]) -> Anchor:
        """Return the anchor to look it up by: what few phrases hang on stands in few texts."""
        anchors = sorted(self.anchors, key=lambda anchor: sum(map(common.__getitem__, anchor)))
        self._others = [(anchor, tuple(filter(is_joined, anchor))) for anchor in anchors[1:]]
        self._hung_on = anchors[0] if anchors else frozenset()
        return self._hung_on

    def matches(self, said: Said, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield what it matches between two places, one for each place where it may start, from left to right.

        To look at those places only is faster than a search, which tries every one.
        """
        places = self._places(said)
        if places is None:
            yield from self._searched(said.folded, start, end)
            return
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            if found := self._at(said.folded, place, end):
                yield found

    def within(self, said: Said, pieces: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Yield the numbers of the pieces, each from a place to a place, in which it stands."""
        places = self._places(said)
        if places is None:
            here = self._near(said, pieces)
            yield from (number for number in here if any(self._searched(said.folded, *pieces[number])))
            return
        ends = [end for _start, end in pieces]
        last = -1
        for place in places:
            number = bisect_right(ends, place)
            if (
                last < number < len(pieces)
                and pieces[number][0] <= place
                and self._at(said.folded, place, ends[number])
            ):
                yield number
                last = number

    def _near(self, said: Said, pieces: Sequence[tuple[int, int]]) -> Iterable[int]:
        """Return the numbers of the pieces in which the anchor stands by which it is looked up; of all where that isn't a word."""
        if not self._hung_on or any(map(is_joined, self._hung_on)):
            return range(len(pieces))
        ends = [end for _start, end in pieces]
        return {bisect_right(ends, place) for place in said.words(self._hung_on)} & set(range(len(pieces)))

    def _places(self, said: Said) -> list[int] | None:
        """Return where it may start in a text; None where it may start anywhere."""
        return None if self._openings is None else said.places(self._openings)

    def _searched(self, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
        found = self._compiled.search(folded, start, end)
        while found:
            if self._may_start(folded, found.start()):
                yield found
            found = self._compiled.search(folded, found.start() + 1, end)

    def _at(self, folded: str, place: int, end: int) -> re.Match[str] | None:
        found = self._compiled.match(folded, place, end)
        return found if found and self._may_start(folded, place) else None

    def _may_start(self, folded: str, place: int) -> bool:
        before = folded[place - 1 : place] if self._at_word else ""
        return not (before.isalnum() or before == "_")


class Phrasebook(Generic[Group]):
    """Phrases in groups: of a text it tells those which may stand in it, by their anchors; the others needn't be tried."""

    def __init__(self, groups: Mapping[Group, str]) -> None:
        self._phrases: list[tuple[Group, Phrase]] = []
        for group, phrases in groups.items():
            folded = filter(None, map(str.strip, fold(phrases).split("; ")))
            # Those that start at a word come first, as in `compile_phrases`.
            self._phrases += [(group, Phrase(one)) for one in sorted(folded, key=lambda one: not starts_word(one))]
        common = Counter(one for _group, phrase in self._phrases for anchor in phrase.anchors for one in anchor)
        self._by_anchor: dict[str, list[int]] = {}
        self._always = [number for number, (_group, phrase) in enumerate(self._phrases) if not phrase.anchors]
        for number, (_group, phrase) in enumerate(self._phrases):
            for one in phrase.hung_on(common):
                self._by_anchor.setdefault(one, []).append(number)
        joined = list(filter(is_joined, self._by_anchor))
        self._starts = frozenset(self._by_anchor).difference(joined)
        self._long = [one for one in joined if one < _FIRST_FOREIGN]
        self._by_pair: dict[str, list[str]] = {}
        for one in set(joined).difference(self._long):
            self._by_pair.setdefault(one[:2], []).append(one)

    def candidates(self, said: Said) -> Candidates[Group]:
        """Return the phrases that may stand in a text."""
        joined = [one for pair in said.pairs & self._by_pair.keys() for one in self._by_pair[pair]]
        there = [one for one in (*joined, *self._long) if one in said.folded]
        there += said.starts & self._starts
        numbers = set(self._always).union(*map(self._by_anchor.__getitem__, there))
        return Candidates(said, map(self._phrases.__getitem__, sorted(numbers)))


class Candidates(Generic[Group]):
    """The phrases of a book that may stand in a text, told group by group."""

    def __init__(self, said: Said, phrases: Iterable[tuple[Group, Phrase]]) -> None:
        self._said = said
        self._by_group: dict[Group, list[Phrase]] = {}
        for group, phrase in phrases:
            self._by_group.setdefault(group, []).append(phrase)

    def of(self, group: Group) -> list[Phrase]:
        """Return those of a group, in their order: all their anchors stand in the text."""
        return [phrase for phrase in self._by_group.get(group, ()) if phrase.may_stand_in(self._said)]


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


def where(phrases: Iterable[Phrase], said: Said, pieces: Sequence[tuple[int, int]]) -> set[int]:
    """Return the numbers of the `pieces` of a text, each from a place to a place, in which one of `phrases` stands."""
    return {number for phrase in phrases for number in phrase.within(said, pieces)}


def matches(phrases: Iterable[Phrase], said: Said, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield what any of `phrases` finds, from left to right, at one place that of the first phrase: as one pattern would."""
    end = len(said.folded) if end is None else end
    ahead = [
        (found, more)
        for more in (phrase.matches(said, start, end) for phrase in phrases)
        if (found := next(more, None))
    ]
    while ahead:
        first, _more = min(ahead, key=_start)
        yield first
        place = first.end()
        again = [(_from(place, found, more), more) for found, more in ahead]
        ahead = [(found, more) for found, more in again if found]


def _start(one: tuple[re.Match[str], object]) -> int:
    return one[0].start()


def _from(place: int, found: re.Match[str], more: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return found if found.start() >= place else next((one for one in more if one.start() >= place), None)


def _without_marks(folded: str) -> str:
    """Return a text with a space for whatever is no letter or digit, each word at its place."""
    if folded.isascii():
        return folded.translate(_NO_WORD)
    for mark in set(_MARK.findall(folded)):
        folded = folded.replace(mark, " ")
    return folded
