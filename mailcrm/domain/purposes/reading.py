"""Reading a purpose: the phrases of every language that a mail may be written in, in the order of their weight.

Room: domain. In: the newest part of a mail. Out: a `Reading` with the words that decided. The order is the safe side: what
hurts when it is overlooked comes first, and what stops or softens the clock (a cold sale, thanks) is read only where
nothing else was found. At most 3,000 letters are read, so the time is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mailcrm.domain.newest import Newest
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Phrase, Phrasebook, matches, where
from mailcrm.domain.phrases import compile_phrases
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.purposes import ar, de, en, es, fr, it, ja, ko, nl, pl, pt, ru, tr, zh

__all__ = ["LANGUAGES", "Reading", "read_purpose"]

LANGUAGES = {
    "en": en, "zh": zh, "es": es, "de": de, "fr": fr, "pt": pt, "ru": ru, "it": it, "tr": tr, "ar": ar, "ja": ja, "ko": ko,
    "nl": nl, "pl": pl,
}  # fmt: skip
_SCRIPTS = (
    ("ru", lazy_pattern(r"[\u0400-\u04ff]")),
    ("ar", lazy_pattern(r"[\u0600-\u06ff]")),
    ("ko", lazy_pattern(r"[\uac00-\ud7a3]")),
    ("ja", lazy_pattern(r"[\u3041-\u30fa]")),
    ("zh", lazy_pattern(r"[\u3400-\u9fff]")),
)
_LATIN_WORD = lazy_pattern(r"[A-Za-z]{2}")
_ENGLISH = lazy_pattern(r"(?i)\b(?:the|you|your|we|our|is|are|please|pls|for|and|of|to|with|not|need)\b")
_ENGLISH_WORDS = frozenset(
    ("the", "you", "your", "we", "our", "is", "are", "please", "pls", "for", "and", "of", "to", "with", "not", "need")
)
_LATIN = ("en", "es", "de", "fr", "pt", "it", "tr", "nl", "pl")
_ORDER = (
    Purpose.LEFT_COMPANY,
    Purpose.COMPLAINT,
    Purpose.PAYMENT_SLIP,
    Purpose.CHASER,
    Purpose.SAMPLE_FEEDBACK,
    Purpose.VISIT,
    Purpose.LATER,
    Purpose.ORDER,
    Purpose.SAMPLE_REQUEST,
    Purpose.HAGGLE,
    Purpose.SHIPPING,
    Purpose.INQUIRY,
)
_ASKED_FOR = (Purpose.VISIT, *_ORDER[7:])  # told by what is asked; the others by what happened, asked for or not
_NO_SELLER_WRITES = 3  # a complaint, a farewell, a payment slip: whoever sends one is no stranger with an offer
_FEARED_BEFORE = {
    Purpose.COMPLAINT: (
        "if; in case; unless; (to|and|please) avoid*; prevent*; wenn; falls; vermeid*; damit (nichts?|keine?); si (un|une|le|la|les|el|hay|llega|arriv)*"
        "; evitar; éviter; se (o|a|um|uma|il|la|un|una|chegar|houver|vier|arriv)*; evitare; если; избеж*; чтобы не; eğer; als er; indien; jeśli; gdyby; (żeby|aby) nie"
        "; 如果; 万一; 避免; 防止; 以免; 会不会; もし; 万が一; 만약; 만일; 방지; إذا; لتجنب; حتى لا"
    ),
    Purpose.ORDER: "if; before; wenn; bevor; vor; antes de; avant; prima d*; если; перед; до; voor; voordat; jeśli; przed; 如果; 的话; 之前; 前; 再; もし; 만약; إذا; قبل",
}  # behind these it hasn't happened
_FEARED_AFTER = {
    Purpose.COMPLAINT: "的话; 場合; 경우; \\w{1,6}[aiu]rsa; \\w{1,6}[eiu]rse",
    Purpose.ORDER: "之前; 前; 的话; önce; 場合; 전에",
}  # nor before these
_BEFORE, _AFTER = 24, 8
_FAULTS, _BUYER = "faults", "buyer"  # groups of a language's book beside its purposes
_READ = 3_000
_SIGNAL = 60
_SENTENCE = lazy_pattern(r"[^.!?。！？؟\n]+(?:[.!?。！？؟]|(?=\n)|$)")
_QUESTION = lazy_pattern(r"[?？؟⸮]|(?<=[\u4e00-\u9fff])(?:吗|呢|嗎)|か[。\n]|か$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A purpose, and the words of the mail that decided about it (as they stand there)."""

    purpose: Purpose
    signals: tuple[str, ...] = ()


def read_purpose(newest: Newest, *, asks: bool, told: str) -> Reading:
    """Return what the mail is for; `asks`: whether there is a demand in it, `told`: its language (both by domain.demand)."""
    heard = _Heard(newest, told)
    for purpose in _ORDER:
        if not asks and purpose in _ASKED_FOR:
            continue
        cold = _cold_sale(heard) if purpose is _ORDER[_NO_SELLER_WRITES] else None
        if cold is not None:
            return Reading(Purpose.COLD_SALE, (heard.quoted(cold),))
        found = _first(purpose, heard)
        if found is not None:
            return Reading(purpose, (heard.quoted(found),))
    if not asks:
        return Reading(Purpose.THANKS)
    fault = _fault(heard)
    if fault is not None:
        return Reading(Purpose.COMPLAINT, (heard.quoted(fault),))
    question = _QUESTION.search(heard.text, heard.start, heard.end) or _first(Purpose.QUESTION, heard)
    return Reading(Purpose.QUESTION, (heard.quoted(question),)) if question else Reading(Purpose.OTHER)


class _Heard:
    """What is read of a mail, with the phrases that may stand in it, of each language that it is read in."""

    def __init__(self, newest: Newest, told: str) -> None:
        self.text, self.said, self.folded = newest.text, newest.said, newest.said.folded
        self.start, self.end = newest.part(_READ)
        self._candidates = [_book(code).candidates(self.said) for code in _languages(self, told)]

    def phrases(self, group: Hashable) -> Sequence[Sequence[Phrase]]:
        """Return those of a group, language by language."""
        return [phrases for found in self._candidates if (phrases := found.of(group))]

    def matches(self, phrases: Sequence[Phrase]) -> Iterator[re.Match[str]]:
        """Yield what some of them find."""
        return matches(phrases, self.said, self.start, self.end)

    def quoted(self, found: re.Match[str]) -> str:
        """Return the words of a match as they stand in the mail."""
        return " ".join(self.text[found.start() : found.end()].split())[:_SIGNAL]


def _languages(heard: _Heard, told: str) -> tuple[str, ...]:
    """Return the languages to read in: those whose script is there, the one it is told to be in, English beside it where some is.

    A language that isn't clear, or that has no phrases here, may be any of the Latin ones: a short mail is easily mistaken.
    """
    letters = "".join(heard.said.foreign)  # those of the subject too
    found = [
        code
        for code, script in _SCRIPTS
        if script.search(letters) and script.search(heard.folded, heard.start, heard.end)
    ]
    if "zh" in found and ("ja" in found or "ko" in found):
        found.remove("zh")
    if found and not _LATIN_WORD.search(heard.text, heard.start, heard.end):
        return tuple(found)
    if told not in LANGUAGES:
        return (*found, *_LATIN)
    english = (
        told != "en"
        and not _ENGLISH_WORDS.isdisjoint(heard.said.words)
        and _ENGLISH.search(heard.text, heard.start, heard.end)  # "thé" is none
    )
    return tuple(dict.fromkeys((*found, told, *(["en"] if english else []))))


def _first(purpose: Purpose, heard: _Heard) -> re.Match[str] | None:
    for phrases in heard.phrases(purpose):
        for found in heard.matches(phrases):
            if not _feared(purpose, heard, found):
                return found
    return None


def _feared(purpose: Purpose, heard: _Heard, found: re.Match[str]) -> bool:
    """Whether words of a complaint or an order only say "if it breaks", "before we order"."""
    if purpose not in _FEARED_BEFORE:
        return False
    before, after = _fears(purpose)
    return bool(
        before.search(heard.folded[max(heard.start, found.start() - _BEFORE) : found.start()])
        or after.search(heard.folded[found.end() : min(heard.end, found.end() + _AFTER)])
    )


def _cold_sale(heard: _Heard) -> re.Match[str] | None:
    """Return the words of a seller, where no word of a buyer stands beside them."""
    found = _first(Purpose.COLD_SALE, heard)
    if found is None or any(True for phrases in heard.phrases(_BUYER) for _buyer in heard.matches(phrases)):
        return None
    return found


def _fault(heard: _Heard) -> re.Match[str] | None:
    """Return what is told to be wrong; a question ("does it fade?") tells nothing, so it is passed over."""
    faults = heard.phrases(_FAULTS)
    sentences = [found.span() for found in _SENTENCE.finditer(heard.folded, heard.start, heard.end)] if faults else []
    for number in sorted(set().union(*(where(phrases, heard.said, sentences) for phrases in faults))):
        start, end = sentences[number]
        if heard.folded[end - 1] in "?؟" or _QUESTION.search(heard.folded[start:end]):
            continue
        for phrases in faults:
            found = next(matches(phrases, heard.said, start, end), None)
            if found is not None and not _feared(Purpose.COMPLAINT, heard, found):
                return found
    return None


@cache
def _book(code: str) -> Phrasebook[Hashable]:
    table = LANGUAGES[code]
    return Phrasebook({**table.PHRASES, _FAULTS: table.FAULTS, _BUYER: table.BUYER})


@cache
def _fears(purpose: Purpose) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (compile_phrases(_FEARED_BEFORE[purpose].split("; ")), compile_phrases(_FEARED_AFTER[purpose].split("; ")))
