"""Promises in our own mails: "will check and revert Thursday", 确认后回复, "le mantendré informado".

Room: domain. In: the text that we sent, and on which day. Out: the sentence that promises an answer and the day that it names,
None where nothing is promised. The safe side: a sentence that may promise counts, since a person is asked about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailcrm.domain.dates import named_day
from mailcrm.domain.phrases import Phrases, Said, stands
from mailcrm.domain.promise_words import ANSWERS, NONE, PROMISES, SOON

__all__ = ["SpokenPromise", "spoken_promise"]

_READ, _SENTENCE = 4_000, 240
_ENDS = re.compile(r"(?<=[!?。！？؟\n;])|(?<=[^\W\d]{2}\.)(?=\s)|(?<=\d\.)(?=\s+(?:We|I|Our|The|Please)\b)")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")
_PROMISING = {language: Phrases(phrases) for language, phrases in PROMISES.items()}
_NONE, _ANSWER, _SOON = (Phrases(phrases) for phrases in (NONE, ANSWERS, SOON))


@dataclass(frozen=True, slots=True)
class SpokenPromise:
    """A sentence of ours that promises an answer; `day` is None where it names none, or only one that has passed."""

    sentence: str
    day: date | None = None


def spoken_promise(text: str, language: str, today: date) -> SpokenPromise | None:
    """Return the promise in `text`, written in `language` ("" where unknown) on `today`; one that names a day comes first."""
    read = _WRAPPED.sub(" ", text[:_READ])
    heard = _Heard(Said(read), language)
    found: list[SpokenPromise] = []
    for start, end in _sentences(read) if heard.may_promise else ():
        if heard.promises(start, end, read[start:end], today):
            day = named_day(read[start:end], today)
            found.append(SpokenPromise(read[start:end][:_SENTENCE], day if day and day >= today else None))
    return next((one for one in found if one.day), found[0] if found else None)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence starts and ends."""
    place = 0
    for piece in _ENDS.split(text):
        if said := piece.strip():
            start = text.index(said, place)
            yield start, start + len(said)
        place += len(piece)


class _Heard:
    """A text with the phrases that may stand in it: by the language told and by English, by all where it isn't known."""

    def __init__(self, said: Said, language: str) -> None:
        self._folded = said.folded
        told = dict.fromkeys((language, "en")) if language in _PROMISING else _PROMISING
        self._promising = [phrase for one in told for phrase in _PROMISING[one].candidates(said)]
        self._answers = _ANSWER.candidates(said)
        self.may_promise = bool(self._promising or self._answers)
        self._soon, self._none = (one.candidates(said) if self.may_promise else () for one in (_SOON, _NONE))

    def promises(self, start: int, end: int, said: str, today: date) -> bool:
        """Whether the sentence promises: by a phrase, or by an answer beside a day to come."""
        return (
            stands(self._promising, self._folded, start, end) or self._answers_later(start, end, said, today)
        ) and not stands(self._none, self._folded, start, end)

    def _answers_later(self, start: int, end: int, said: str, today: date) -> bool:
        if not stands(self._answers, self._folded, start, end):
            return False
        return stands(self._soon, self._folded, start, end) or named_day(said, today) is not None
