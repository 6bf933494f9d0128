"""Phrases of many languages as patterns: written as people say them, found however they are spelt.

Room: domain. In: tables of phrases. Out: patterns for folded text. In a phrase "…" stands for up to 60 letters of the same
sentence, "*" for any ending of a word, (a|b) and (a )? as in regular expressions. Accents and case don't count. Every gap
is bounded, so a search is linear in its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["compile_phrases", "ends_word", "fold", "pattern_of", "starts_word"]

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
_TO_FOLD = lazy_pattern(f"[{re.escape(''.join(letter for letter in map(chr, _TABLE) if letter == letter.lower()))}]")
_SPACE = lazy_pattern(r"(?<!\[) (?![?{])(?![^\[]*\])")  # one that must stand between words, none of a set of letters
_WRAPPED = re.compile(r"\n(?<!\n\n)(?!\n)")  # the letter first: it is looked for faster than what isn't before it


def fold(text: str) -> str:
    """Return `text` in small plain letters, of the same length: no accents, wrapped lines joined by a space."""
    if text.isascii():
        small = text.lower().replace("\t", " ").replace("`", "'")
    else:
        small = text.replace("İ", "i").replace("Σ", "σ").lower()
        for letter in set(_TO_FOLD.findall(small)):
            small = small.replace(letter, _TABLE[ord(letter)])
    return _WRAPPED.sub(" ", small)


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `phrases` in folded text; without phrases it finds nothing."""
    at_words: list[str] = []
    anywhere: list[str] = []
    for phrase in phrases:
        if phrase.strip():
            (at_words if starts_word(phrase.strip()) else anywhere).append(pattern_of(phrase))
    # The look behind stands once before all of them: most letters of a text are inside a word and are passed at once.
    groups = [rf"(?<!\w)(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join(groups + anywhere) or r"(?!)")


def pattern_of(phrase: str) -> str:
    """Return the pattern of one phrase; that it starts at a word (`starts_word`) is left to whoever looks for it."""
    text = fold(phrase.strip()).replace("…", "\0").replace(r"\w*", "\1").replace("*", "\1")
    # Words of alphabets stand apart from their neighbours; Chinese, Japanese, Korean and Arabic ones don't.
    ends = r"(?!\w)" if ends_word(text) else ""
    apart = ends or starts_word(text)
    text = re.sub(r"\((?!\?)", "(?:", text)
    gap = rf"(?:(?!\w)|(?<!\w)){_GAP}(?<!\w)" if apart else _CLAUSE_GAP  # whole words only
    text = re.sub(r" ?\0 ?", lambda _found: gap, text).replace("\1", _ENDING)
    return f"(?:{_SPACE.sub(' {1,3}', text)}){ends}"


def starts_word(phrase: str) -> bool:
    """Return whether a phrase is only found where a word starts."""
    return _stands_apart(phrase.lstrip("(")[:1])


def ends_word(phrase: str) -> bool:
    """Return whether a phrase is only found where a word ends."""
    return _stands_apart(phrase.rstrip(")?")[-1:])


def _stands_apart(letter: str) -> bool:
    return bool(letter) and letter.isalnum() and (letter.isascii() or "\u00c0" <= letter < "\u0530")
