"""Promises in our own mails: "will check and revert Thursday", 确认后回复, "le mantendré informado".

Room: domain. In: the text that we sent, and on which day. Out: the sentence that promises an answer and the day that it names,
None where nothing is promised. The safe side: a sentence that may promise counts, since a person is asked about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mailcrm.domain.dates import named_day
from mailcrm.domain.phrases import Phrases, fold, scripts_of
from mailcrm.domain.promise_words import ANSWERS, NONE, PROMISES, SOON

__all__ = ["SpokenPromise", "spoken_promise"]

_READ, _SENTENCE = 4_000, 240
_ENDS = re.compile(r"(?<=[!?。！？؟\n;])|(?<=[^\W\d]{2}\.)(?=\s)|(?<=\d\.)(?=\s+(?:We|I|Our|The|Please)\b)")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")
_PROMISING = {language: Phrases(phrases.split("; ")) for language, phrases in PROMISES.items()}
_ANY = Phrases("; ".join(PROMISES.values()).split("; "))
_NONE, _ANSWER, _SOON = (Phrases(phrases.split("; ")) for phrases in (NONE, ANSWERS, SOON))


@dataclass(frozen=True, slots=True)
class SpokenPromise:
    """A sentence of ours that promises an answer; `day` is None where it names none, or only one that has passed."""

    sentence: str
    day: date | None = None


def spoken_promise(text: str, language: str, today: date) -> SpokenPromise | None:
    """Return the promise in `text`, written in `language` ("" where unknown) on `today`; one that names a day comes first."""
    sentences = [one.strip() for one in _ENDS.split(_WRAPPED.sub(" ", text[:_READ])) if one and one.strip()]
    found: list[SpokenPromise] = []
    for sentence in sentences:
        if _promises(fold(sentence), language, sentence, today):
            day = named_day(sentence, today)
            found.append(SpokenPromise(sentence[:_SENTENCE], day if day and day >= today else None))
    return next((one for one in found if one.day), found[0] if found else None)


def _promises(folded: str, language: str, said: str, today: date) -> bool:
    """Whether a sentence promises: by a phrase, in the language told or in English, or by an answer beside a day to come."""
    scripts = scripts_of(folded)
    told = (_PROMISING[language], _PROMISING["en"]) if language in _PROMISING else (_ANY,)
    return (
        any(phrases.search(folded, scripts) for phrases in told) or _answers_later(folded, scripts, said, today)
    ) and not _NONE.search(folded, scripts)


def _answers_later(folded: str, scripts: tuple[int, ...], said: str, today: date) -> bool:
    if not _ANSWER.search(folded, scripts):
        return False
    return bool(_SOON.search(folded, scripts)) or named_day(said, today) is not None
