"""Phrases of many languages as patterns: written as people say them, found however they are spelt.

Room: domain. In: tables of phrases. Out: patterns for folded text. In a phrase "…" stands for up to 60 letters of the same
sentence, "*" for any ending of a word, (a|b) and (a )? as in regular expressions. Accents and case don't count. Every gap
is bounded, so a search is linear in its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from mailcrm.domain.anchors import CUT, anchors_of, is_joined, surest

__all__ = ["Phrase", "Phrasebook", "Phrases", "Said", "compile_phrases", "fold", "matches", "stands"]

Group = TypeVar("Group", bound=Hashable)

_GAP = r"(?:[^.!?。！？؟\n]|(?<=\d)\.){0,60}?"  # the dot of "1.20" and "5. Dezember" ends no sentence
_CLAUSE_GAP = r"(?:[^,、.!?。！？؟\n]|(?<=\d)[.,]){0,40}?"  # without spaces between words a comma is the surer end
_ENDING = r"\w{0,16}"
_FOLDED = ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x530), (0x621, 0x64B), (0x1E00, 0x1F00), (0xFF01, 0xFF5F))
_SPELLINGS = {
    "ı": "i", "İ": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "’": "'", "‘": "'", "´": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u3000": " ", "\t": " ", "ى": "ي", "ٱ": "ا", "й": "й", "Й": "й",
}  # fmt: skip


def _folding() -> dict[int, str]:
    """Return letter → plain small letter, one for one, so that places in the folded text are places in the text."""
    table: dict[int, str] = {}
    for start, end in _FOLDED:
        for code in range(start, end):
            plain = unicodedata.normalize("NFKD", chr(code).lower())[:1].lower()
            if plain and plain != chr(code) and len(plain) == 1:
                table[code] = plain
    return table | {ord(letter): plain for letter, plain in _SPELLINGS.items()}


_TABLE = _folding()
# What a lower case leaves to fold. "İ" and "Σ" don't become one small letter each, wherever they stand.
_TO_FOLD = re.compile(f"[{re.escape(''.join(letter for letter in map(chr, _TABLE) if letter == letter.lower()))}]")
_SPACE = re.compile(r"(?<!\[) (?![?{])(?![^\[]*\])")  # one that must stand between words, none of a set of letters
_WRAPPED = re.compile(r"\n(?<!\n\n)(?!\n)")  # the letter first: it is looked for faster than what isn't before it
_WORD = re.compile(r"\w+")
_NO_WORD = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_UNPARTED = re.compile("[\u0530-\U0010ffff]+")


def fold(text: str) -> str:
    """Return `text` in small plain letters, of the same length: no accents, wrapped lines joined by a space."""
    if text.isascii():
        small = text.lower().replace("\t", " ").replace("`", "'")
    else:
        small = text.replace("İ", "i").replace("Σ", "σ").lower()
        for letter in set(_TO_FOLD.findall(small)):
            small = small.replace(letter, _TABLE[ord(letter)])
    return _WRAPPED.sub(" ", small)


def _words(folded: str) -> list[str]:
    return folded.translate(_NO_WORD).split() if folded.isascii() else _WORD.findall(folded)


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `phrases` in folded text; without phrases it finds nothing."""
    at_words: list[str] = []
    anywhere: list[str] = []
    for phrase in phrases:
        if phrase.strip():
            (at_words if _starts_word(phrase.strip()) else anywhere).append(_pattern(phrase))
    # The look behind stands once before all of them: most letters of a text are inside a word and are passed at once.
    groups = [rf"(?<!\w)(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join(groups + anywhere) or r"(?!)")


class Said:
    """A text folded once and cut once into what phrases hang on: the starts of its words, and its letters that part no words."""

    __slots__ = ("folded", "joined", "starts")

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.starts = frozenset([word[:CUT] for word in _words(self.folded)])
        self.joined = frozenset() if self.folded.isascii() else frozenset("".join(_UNPARTED.findall(self.folded)))


class Phrase:
    """One phrase of a table, compiled when it is first looked for: most never are."""

    __slots__ = ("_at_word", "_compiled", "_written", "anchors", "number")

    def __init__(self, phrase: str, number: int) -> None:
        self._written, self.number = phrase, number
        self._at_word = _starts_word(phrase)
        text = fold(phrase)
        ends_word = _stands_apart(text.rstrip(")?")[-1:])
        whole_words = ends_word or _stands_apart(text.lstrip("(")[:1])
        self.anchors = anchors_of(text, at_word=self._at_word, whole_words=whole_words, ends_word=ends_word)
        self._compiled: re.Pattern[str] | None = None

    def search(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        """Return its first match between two places, as a pattern with a look behind for a word's start would find it.

        Without that look a search passes at once whatever letter the phrase doesn't begin with.
        """
        pattern = self._compiled = self._compiled or re.compile(_pattern(self._written))
        found = pattern.search(folded, start, end)
        while found and self._at_word and _inside_word(folded, found.start()):
            found = pattern.search(folded, found.start() + 1, end)
        return found


class Phrasebook(Generic[Group]):
    """Phrases in groups: of a text it tells those which may stand in it, by their anchors; the others needn't be tried."""

    def __init__(self, groups: Mapping[Group, str]) -> None:
        self._phrases: list[tuple[Group, Phrase]] = []
        self._by_anchor: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._joined: dict[str, set[str]] = {}
        for group, phrases in groups.items():
            # Those that start at a word come first, as in `compile_phrases`.
            for one in sorted(filter(None, map(str.strip, phrases.split("; "))), key=lambda one: not _starts_word(one)):
                self._add(group, Phrase(one, len(self._phrases)))

    def _add(self, group: Group, phrase: Phrase) -> None:
        self._phrases.append((group, phrase))
        if not phrase.anchors:
            self._always.append(phrase.number)
            return
        for one in surest(phrase.anchors):
            self._by_anchor.setdefault(one, []).append(phrase.number)
        for one in frozenset().union(*phrase.anchors):
            if is_joined(one):
                self._joined.setdefault(one[0], set()).add(one)

    def candidates(self, said: Said) -> dict[Group, list[Phrase]]:
        """Return the phrases whose anchors all stand in a text, by group and in their order."""
        there = said.starts
        if said.joined:
            letters = said.joined & self._joined.keys()
            there = there.union([one for letter in letters for one in self._joined[letter] if one in said.folded])
        numbers = set(self._always)
        for anchor in there & self._by_anchor.keys():
            numbers.update(self._by_anchor[anchor])
        found: dict[Group, list[Phrase]] = {}
        for number in sorted(numbers):
            group, phrase = self._phrases[number]
            if not any(anchor.isdisjoint(there) for anchor in phrase.anchors):
                found.setdefault(group, []).append(phrase)
        return found


class Phrases:
    """Phrases of one table; its book is made when something is first looked for."""

    def __init__(self, phrases: str) -> None:
        self._written = phrases
        self._book: Phrasebook[None] | None = None

    def candidates(self, said: Said) -> Sequence[Phrase]:
        """Return those which may stand in a text."""
        self._book = self._book or Phrasebook({None: self._written})
        return self._book.candidates(said).get(None, ())

    def found_in(self, said: Said) -> bool:
        """Return whether one of them stands in a text."""
        return stands(self.candidates(said), said.folded)


def stands(phrases: Iterable[Phrase], folded: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether one of `phrases` stands between two places."""
    end = len(folded) if end is None else end
    return any(phrase.search(folded, start, end) for phrase in phrases)


def matches(phrases: Iterable[Phrase], folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield what any of `phrases` finds, from left to right, at one place that of the first phrase: as one pattern would."""
    end = len(folded) if end is None else end
    ahead = [(phrase, found) for phrase in phrases if (found := phrase.search(folded, start, end))]
    while ahead:
        _phrase, first = min(ahead, key=lambda one: one[1].start())
        yield first
        place = first.end()
        again = [(one, found if found.start() >= place else one.search(folded, place, end)) for one, found in ahead]
        ahead = [(one, found) for one, found in again if found]


def _pattern(phrase: str) -> str:
    text = fold(phrase.strip()).replace("…", "\0").replace(r"\w*", "\1").replace("*", "\1")
    # Words of alphabets stand apart from their neighbours; Chinese, Japanese, Korean and Arabic ones don't.
    ends = r"(?!\w)" if _stands_apart(text.rstrip(")?")[-1:]) else ""
    apart = ends or _stands_apart(text.lstrip("(")[:1])
    text = re.sub(r"\((?!\?)", "(?:", text)
    gap = rf"(?:(?!\w)|(?<!\w)){_GAP}(?<!\w)" if apart else _CLAUSE_GAP  # whole words only
    text = re.sub(r" ?\0 ?", lambda _found: gap, text).replace("\1", _ENDING)
    return f"(?:{_SPACE.sub(' {1,3}', text)}){ends}"


def _starts_word(phrase: str) -> bool:
    return _stands_apart(phrase.lstrip("(")[:1])


def _inside_word(folded: str, place: int) -> bool:
    before = folded[place - 1] if place else ""
    return before.isalnum() or before == "_"


def _stands_apart(letter: str) -> bool:
    return bool(letter) and letter.isalnum() and (letter.isascii() or "\u00c0" <= letter < "\u0530")
