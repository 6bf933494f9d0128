"""Promises in our own mails: "will check and revert Thursday", 确认后回复, "le mantendré informado".

Room: domain. In: the text that we sent, and on which day. Out: the sentence that promises an answer and the day that it names,
None where nothing is promised. The safe side: a sentence that may promise counts, since a person is asked about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from mailcrm.domain.dates import named_day
from mailcrm.domain.newest import Newest
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.domain.phrasebook import Phrasebook, where
from mailcrm.domain.pieces import pieces_of
from mailcrm.domain.promise_words import ANSWERS, NONE, PROMISES, SOON

__all__ = ["SpokenPromise", "promise_in", "spoken_promise"]

_READ, _SENTENCE = 4_000, 240
_ENDS = lazy_pattern(
    r"[!?。！？؟\n;.](?:(?<!\.)|(?<=[^\W\d]{2}\.)(?=\s)|(?<=\d\.)(?=\s+(?:We|I|Our|The|Please)\b))"
)  # a dot ends a sentence behind a word, behind a number only before one that starts a sentence of ours
_WRAPPED = re.compile(r"\n(?<!\n\n)(?!\n)")
_PROMISE, _NONE, _ANSWER, _SOON = "promise", "none", "answer", "soon"  # groups of a book


@dataclass(frozen=True, slots=True)
class SpokenPromise:
    """A sentence of ours that promises an answer; `day` is None where it names none, or only one that has passed."""

    sentence: str
    day: date | None = None


def spoken_promise(text: str, language: str, today: date) -> SpokenPromise | None:
    """Return the promise in `text`, written in `language` ("" where unknown) on `today`; one that names a day comes first."""
    return promise_in(Newest(text), language, today)


def promise_in(newest: Newest, language: str, today: date) -> SpokenPromise | None:
    """Return what `spoken_promise` does, of a text that is prepared."""
    said = newest.said
    told = dict.fromkeys((language, "en")) if language in PROMISES else PROMISES
    promising = [phrase for one in told for phrase in _book(one).candidates(said).of(_PROMISE)]
    others = _others().candidates(said)
    answers = others.of(_ANSWER)
    if not promising and not answers:
        return None
    read = _WRAPPED.sub(" ", newest.text[newest.start : newest.start + _READ])
    pieces = list(pieces_of(read, _ENDS))
    places = [(newest.start + start, newest.start + end) for start, end in pieces]
    found = where(promising, said, places)
    later = where(answers, said, places, set(range(len(places))) - found)
    none = where(others.of(_NONE), said, places, found | later)
    found |= where(others.of(_SOON), said, places, later - none)
    promise = None
    for one in sorted((found | later) - none):
        sentence = read[slice(*pieces[one])]
        day = named_day(sentence, today)
        if day:
            return SpokenPromise(sentence[:_SENTENCE], day)
        if one in found and promise is None:
            promise = SpokenPromise(sentence[:_SENTENCE])
    return promise


@cache
def _book(language: str) -> Phrasebook[str]:
    return Phrasebook({_PROMISE: PROMISES[language]})


@cache
def _others() -> Phrasebook[str]:
    return Phrasebook({_NONE: NONE, _ANSWER: ANSWERS, _SOON: SOON})
