"""What must stand in a text before a phrase can: its words, alone or beside their neighbours, or a run of letters.

Room: domain. In: a phrase as in `mailcrm.domain.phrases`, folded. Out: its anchors, each a set of which one must be there: a whole
word; the first four letters of one that may go on; those of two words side by side; and of Chinese, Japanese, Korean and Arabic
all the letters as they stand. What can't be told from the phrase gives no anchor: anchors may let a phrase through in vain, never
keep one out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["CUT", "DIGIT", "INSIDE", "Anchor", "Mark", "anchors_of", "is_joined", "openings", "surest"]

Mark = str | tuple[str, str]  # a word, the start of one, or letters; two words side by side
Anchor = frozenset[Mark]
# The word being read, each way that it may go, beside the word before it ("" where that isn't known); None where it isn't known.
# Behind what is read of a word "*" tells that any letters may follow.
_Word = frozenset[tuple[str, str]] | None
_One = TypeVar("_One")

CUT = 4
_MOST_PAIRS = 64  # more of them are many to keep, and one of them stands in many a text
_UNPARTED = "\u0530"  # from here on words aren't parted by spaces, or a prefix is written as one with them
_FRESH = frozenset({("", "")})
_EMPTY: Anchor = frozenset()
_PARTED, _JOINED = r"[^\W\u0530-\U0010ffff]", r"[^\W\0-\u052f]"
# Letters are a token together, but for one with a quantity behind it.
_LETTERS = "|".join(rf"{one}+(?!{one}|[?{{+])|{one}+?(?={one}[?{{+])" for one in (_PARTED, _JOINED))
_CHOICE = "|".join(rf"\({one}+(?:\|{one}+)*\)" for one in (_PARTED, _JOINED))  # so is a choice of plain words
_TOKEN = lazy_pattern(rf"{_CHOICE}|\(\?<?[!=]|\(\?:|\\.|\[[^\]]*\]|\{{[\d,]+\}}| ?… ?|{_LETTERS}|.", re.DOTALL)
_GROUPS = ("(", "(?:")
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
_MARKS = ("'", "-", "/", "#", "&", "%", "$", "€", "¿", "¡", ",")
_ANY_LETTERS = ("*", ".", "^", "$", r"\w", r"\d")
_OTHER_THAN_MARKS = lazy_pattern(r"[\w\\^]|.-.")  # in a set of letters
_BOUNDARY, _END = r"\b", ""
DIGIT = r"\d"
INSIDE = "…"  # before letters of an anchor that may stand inside a word


def is_joined(mark: Mark) -> bool:
    """Whether it is a run of letters that may stand inside a word."""
    return isinstance(mark, str) and mark >= _UNPARTED  # INSIDE is


def anchors_of(phrase: str, *, at_word: bool, whole_words: bool, ends_word: bool) -> list[Anchor]:
    """Return the anchors of `phrase`: all must stand in a text that it matches.

    at_word: it starts where a word does; whole_words: a gap in it stands between words; ends_word: it ends where a word does.
    """
    reader = _Reader(phrase, whole_words=whole_words)
    anchors, word = reader.alternatives(_FRESH if at_word else None)
    return [*anchors, *_closed(word if ends_word else _opened(word))]


def openings(phrase: str) -> frozenset[str] | None:
    """Return the letters or marks with which what `phrase` matches may start; None where that can't be told.

    A space behind letters tells that they are a whole word; DIGIT stands for any digit.
    """
    return _Reader(phrase, whole_words=True).openings()


class _Reader:
    """Reads a phrase from left to right, keeping what the word under way may start with."""

    def __init__(self, phrase: str, *, whole_words: bool) -> None:
        self._tokens = [*_TOKEN.findall(phrase.replace(r"\w*", "*")), _END]
        self._at = 0
        self._whole_words = whole_words

    def alternatives(self, word: _Word) -> tuple[list[Anchor], _Word]:
        read = [self._sequence(word)]
        while self._tokens[self._at] == "|":
            self._at += 1
            read.append(self._sequence(word))
        if len(read) == 1:
            return read[0]
        every = [anchors for anchors, _word in read]
        anchors = [_EMPTY.union(*(min(some, key=surest) for some in every))] if all(every) else []
        return anchors, _any_of(*(after for _anchors, after in read))

    def _sequence(self, word: _Word) -> tuple[list[Anchor], _Word]:
        anchors: list[Anchor] = []
        while (token := self._tokens[self._at]) not in ("|", ")", _END):
            self._at += 1
            if token in _LOOKS:
                self._skip()  # what looks ahead or behind is no part of what is found
                continue
            start = self._at
            found, after = self._item(token, word)
            quantity = self._tokens[self._at]
            if quantity[:1] in ("?", "+", "{"):
                self._at += 1
                after = self._repeated(quantity, token, start, word, after)
                found = [] if quantity == "?" or quantity.startswith("{0") else found
            anchors += found
            word = after
        return anchors, word

    def _item(self, token: str, word: _Word) -> tuple[list[Anchor], _Word]:
        """Return the anchors of one item, and the word as it stands behind it."""
        if token in _GROUPS:
            read = self.alternatives(word)
            self._at += 1
            return read
        if token[0].isalnum() or token[0] in "_(":
            return _letters(token.strip("()").split("|"), word)
        if token[0] == "[" and token[1:-1].isalnum() and token[1] < _UNPARTED:
            return [], _grown(word, token[1:-1])
        if token[0] == "[" and not _OTHER_THAN_MARKS.search(token[1:-1]):
            return _closed(word), _next(word)
        if token in _ANY_LETTERS or token[0] == "[" or ("…" in token and not self._whole_words):
            return [], _opened(word)
        return _closed(word), _FRESH if "…" in token else _next(word)  # a space, a mark, \b, or a gap between words

    def _repeated(self, quantity: str, token: str, start: int, before: _Word, after: _Word) -> _Word:
        """Return the word behind an item that stands there some times, or not at all."""
        none = before if quantity == "?" or quantity.startswith("{0") else after
        if quantity == "?":
            return _any_of(none, after)
        if token not in _GROUPS:
            ended = after is not None and not any(one for _before, one in after)
            return _any_of(none, after if ended else _opened(after))
        here, self._at = self._at, start
        _anchors, again = self.alternatives(after)
        self._at = here
        return _any_of(none, after) if again is not None and after is not None and again <= after else None

    def openings(self) -> frozenset[str] | None:
        read = []
        while True:
            read.append(self._opening())
            while self._tokens[self._at] not in ("|", ")", _END):
                self._at += 1
                if self._tokens[self._at - 1] in _GROUPS or self._tokens[self._at - 1] in _LOOKS:
                    self._skip()
            if self._tokens[self._at] != "|":
                return _any_of(*read)
            self._at += 1

    def _opening(self) -> frozenset[str] | None:
        token = self._tokens[self._at]
        self._at += token not in ("|", ")", _END)
        if token in _LOOKS:
            self._skip()
        if token in _LOOKS or token == _BOUNDARY:
            return self._opening()
        found: frozenset[str] | None = None
        if token in _GROUPS:
            found = self.openings()
            self._at += 1
        elif token[:1] == "(" or token[:1].isalnum():
            ending = " " if self._word_ends() else ""
            found = frozenset([one + ending for one in token.strip("()").split("|")])
        elif token in (DIGIT, *_MARKS):
            found = frozenset({token})
        elif token[:1] == "\\" and token[1:] in _MARKS:
            found = frozenset({token[1:]})
        quantity = self._tokens[self._at]
        if quantity == "?" or quantity.startswith("{0"):
            self._at += 1
            return _any_of(found, self._opening())
        return found

    def _word_ends(self) -> bool:
        """Whether what follows is no part of the word, whatever it is."""
        token, *more = self._tokens[self._at : self._at + 2]
        return "…" in token or (token in (" ", *_MARKS) and more[0][:1] not in ("?", "{"))

    def _skip(self) -> None:
        """Pass over the rest of a group."""
        deep = 1
        while deep:
            token = self._tokens[self._at]
            deep += (token[0] == "(") - (token[-1] == ")" and token[0] != "\\")
            self._at += 1


def surest(anchor: Anchor) -> tuple[int, int]:
    """Return what sorts anchors: first that which stands in the fewest texts, that of the longest and fewest words."""
    return (-min(map(_weight, anchor)), len(anchor))


def _weight(mark: Mark) -> int:
    return 2 * len(mark) if is_joined(mark) else len("".join(mark))


def _letters(choice: list[str], word: _Word) -> tuple[list[Anchor], _Word]:
    """Return the anchor that a run of letters is, or one of a choice of them; else the word that goes on with it."""
    if choice[0] >= _UNPARTED:
        return [frozenset(choice)], _opened(word)
    if word is None and all(len(one) > CUT for one in choice):
        return [frozenset([INSIDE + one for one in choice])], None
    return [], _grown(word, choice)


def _grown(word: _Word, letters: Iterable[str]) -> _Word:
    if word is None:
        return None
    return frozenset([(before, one if one[-1:] == "*" else one + more) for before, one in word for more in letters])


def _opened(word: _Word) -> _Word:
    """Return the word where any letters may follow: a short start would be no anchor."""
    if word is None or any(len(one) < CUT for _before, one in word):
        return None
    return frozenset([(before, f"{one[:CUT]}*") for before, one in word])


def _closed(word: _Word) -> list[Anchor]:
    """Return the anchor that a word is at its end, beside the one before where both are known to their ends."""
    if word is None or not all(one for _before, one in word):
        return []
    if len(word) > _MOST_PAIRS:
        return [frozenset([one.rstrip("*") for _before, one in word])]
    return [
        frozenset([(before, one) if before and "*" not in before + one else one.rstrip("*") for before, one in word])
    ]


def _next(word: _Word) -> _Word:
    """Return the word that starts behind one at its end."""
    return _FRESH if word is None else frozenset([(one or before, "") for before, one in word])


def _any_of(*words: frozenset[_One] | None) -> frozenset[_One] | None:
    known = [word for word in words if word is not None]
    return frozenset[_One]().union(*known) if len(known) == len(words) else None
