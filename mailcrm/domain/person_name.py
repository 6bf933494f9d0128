"""A person's name as a letter speaks to it: which of its words is the surname, and the title that it bears.

Room: domain. In: a display name as some mail program wrote it, and the language that its bearer speaks. Out: a `PersonName`; None for
an address, a department or a firm. Chinese, Japanese, Korean and Hungarian names open with the surname, unless they were
turned round for foreigners: a frequent surname at their end tells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mailcrm.domain.name_words import COMPOUND, FIRMS, GIVEN_GERMAN, PARTICLES, SURNAMES, TITLES

__all__ = ["PersonName", "read_name"]

_NOT_A_NAME = re.compile(r"none|null|n/?a|unknown|undefined|nobody|no[-_. ]?reply|[\W\d_]*", re.IGNORECASE)
_MAILBOX = re.compile(
    r"(?:info|sales|office|contact|admin|purchas(?:e|ing)|import|export|orders?|accounts?|service|support|mail)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    "[\u4e00-\u9fff\uac00-\ud7a3]{2,4}"
)  # written as one: the surname is the first letter, or a known pair
_BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]\s*")
_LONGEST, _LONGEST_GIVEN, _SPANISH = 80, 2, 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """`full` without title; `surname` is "" where it can't be told; `title` is "mr", "ms", "mrs", "dr" or ""."""

    full: str
    surname: str
    title: str = ""


def read_name(name: str, language: str = "", honorific: str = "") -> PersonName | None:
    """Return what a person is called; None where `name` is nobody's. "Berg, Thomas" is how Outlook sorts Thomas Berg."""
    plain = _BRACKETS.sub(" ", " ".join(name.split())).strip("'\" ,;")
    if "@" in plain or len(plain) > _LONGEST or _NOT_A_NAME.fullmatch(plain) or _MAILBOX.fullmatch(plain):
        return None
    family, comma, given = plain.partition(", ")
    if comma and "," not in given and _plain(given) not in FIRMS:
        words, own = _untitled(given.split())
        before, early = _untitled(family.split())
        family, plain, title = " ".join(before), " ".join([*words, *before]), own or early
    else:
        words, title = _untitled(plain.replace(",", " ").split())
        family, plain = "", " ".join(words)
    words = plain.split()
    if not words or any(_plain(word) in FIRMS for word in words):
        return None
    title = _title_of(honorific) or title or _by_given_name(words, family, language)
    return PersonName(plain, family or _surname(words, language), title)


def _title_of(honorific: str) -> str:
    """Return "mr", "ms", "mrs" or "dr" for how a title is written in some language, "" for none that is known."""
    word = honorific.strip().rstrip(".").lower()
    return next((title for title, written in TITLES.items() if word in written), "")


def _untitled(words: list[str]) -> tuple[list[str], str]:
    """Return the words behind the titles, and the first title; "M" alone is an initial."""
    title = ""
    while len(words) > 1 and _title_of(words[0]) and words[0].rstrip(".").lower() != "m":
        title = title or _title_of(words[0])
        words = words[1:]
    return words, title


def _surname(words: list[str], language: str) -> str:
    """Return the surname among `words`, "" where one word may be either."""
    if len(words) == 1:
        return _of_one(words[0], language)
    shouted = [word for word in words if word.isupper() and len(word) > _LONGEST_GIVEN]
    if len(shouted) == 1 and shouted[0] in (words[0], words[-1]):
        return shouted[0].capitalize()
    if language in SURNAMES:
        return _of_two_orders(words, language)
    if language == "es" and len(words) >= _SPANISH:
        return " ".join(words[-2:])
    start = next((place for place, word in enumerate(words[1:], 1) if word.lower() in PARTICLES), len(words) - 1)
    return " ".join(words[start:])


def _of_one(word: str, language: str) -> str:
    if language in ("zh", "ko") and _JOINED.fullmatch(word):
        return word[:2] if word[:2] in COMPOUND and len(word) > _LONGEST_GIVEN else word[0]
    return word if language == "ja" or _key(word) in SURNAMES.get(language, ()) else ""


def _of_two_orders(words: list[str], language: str) -> str:
    known = SURNAMES[language]
    first, last = _key(words[0]) in known, _key(words[-1]) in known
    foreign = words[0].isascii() and not first and language != "hu"
    if first == last:
        return words[-1] if foreign else words[0]
    return words[0] if first else words[-1]


def _by_given_name(words: list[str], family: str, language: str) -> str:
    """Return the title of a German whose first name leaves no doubt; others aren't guessed at."""
    if language != "de" or (len(words) == 1 and not family):
        return ""
    first = words[0].lower().partition("-")[0]
    return next((title for title, names in GIVEN_GERMAN.items() if first in names), "")


def _plain(word: str) -> str:
    return word.lower().replace(".", "").strip(",")


def _key(word: str) -> str:
    """Return a word without its marks: "Kovács" is in the list as kovacs; "Sá" is a surname, "S.A." a firm."""
    marked = unicodedata.normalize("NFD", _plain(word))
    return unicodedata.normalize("NFC", "".join(letter for letter in marked if not unicodedata.combining(letter)))
