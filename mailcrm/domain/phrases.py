"""Phrases of many languages as patterns: written as people say them, found however they are spelt.

Room: domain. In: tables of phrases. Out: patterns for folded text. In a phrase "…" stands for up to 60 letters of the same
sentence, "*" for any ending of a word, (a|b) and (a )? as in regular expressions. Accents and case don't count. Every gap
is bounded, so a search is linear in its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["Phrases", "compile_phrases", "fold", "scripts_of"]

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
_SCRIPTS = (re.compile("[\u0400-\u05ff]"), re.compile("[\u0600-\u10ff]"), re.compile("[\u1100-\uffff]"))
_SPACE = re.compile(r"(?<!\[) (?![?{])(?![^\[]*\])")  # one that must stand between words, none of a set of letters
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")


def fold(text: str) -> str:
    """Return `text` in small plain letters, of the same length: no accents, wrapped lines joined by a space."""
    return _WRAPPED.sub(" ", text.translate(_TABLE))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `phrases` in folded text; without phrases it finds nothing."""
    at_words: list[str] = []
    anywhere: list[str] = []
    for phrase in phrases:
        if phrase.strip():
            (at_words if _stands_apart(phrase.strip().lstrip("(")[:1]) else anywhere).append(_pattern(phrase))
    # The look behind stands once before all of them: most letters of a text are inside a word and are passed at once.
    groups = [rf"(?<!\w)(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join(groups + anywhere) or r"(?!)")


class Phrases:
    """Phrases of many languages, in a pattern for each script: only what may be written in a text is looked for in it."""

    def __init__(self, phrases: Iterable[str]) -> None:
        by_script: dict[int, list[str]] = {}
        for phrase in phrases:
            letter = next((letter for letter in phrase if letter.isalpha()), "a")
            by_script.setdefault(_script(letter), []).append(phrase)
        self._patterns = {script: compile_phrases(some) for script, some in sorted(by_script.items())}

    def search(self, folded: str, scripts: Iterable[int]) -> re.Match[str] | None:
        """Return the first match of the first of `scripts` that has one."""
        return next(
            (found for one in scripts if one in self._patterns and (found := self._patterns[one].search(folded))), None
        )


def scripts_of(folded: str) -> tuple[int, ...]:
    """Return which scripts stand in a text, for `Phrases`; Latin phrases, numbers among them, are looked for in all."""
    if folded.isascii():
        return (0,)
    return (0, *(number for number, letters in enumerate(_SCRIPTS, 1) if letters.search(folded)))


def _script(letter: str) -> int:
    """Return the number of the script that a letter is of: Latin, Cyrillic, Arabic, those of East Asia."""
    return next((number for number, letters in enumerate(_SCRIPTS, 1) if letters.match(letter)), 0)


def _pattern(phrase: str) -> str:
    text = fold(phrase.strip()).replace("…", "\0").replace(r"\w*", "\1").replace("*", "\1")
    # Words of alphabets stand apart from their neighbours; Chinese, Japanese, Korean and Arabic ones don't.
    ends = r"(?!\w)" if _stands_apart(text.rstrip(")?")[-1:]) else ""
    apart = ends or _stands_apart(text.lstrip("(")[:1])
    text = re.sub(r"\((?!\?)", "(?:", text)
    gap = rf"(?:(?!\w)|(?<!\w)){_GAP}(?<!\w)" if apart else _CLAUSE_GAP  # whole words only
    text = re.sub(r" ?\0 ?", lambda _found: gap, text).replace("\1", _ENDING)
    return f"(?:{_SPACE.sub(' {1,3}', text)}){ends}"


def _stands_apart(letter: str) -> bool:
    return bool(letter) and letter.isalnum() and (letter.isascii() or "\u00c0" <= letter < "\u0530")
