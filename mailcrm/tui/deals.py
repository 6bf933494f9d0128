"""Samples, quotes and orders by their names: what each is called, which keys open it, and what an id is an id of.

Room: tui. In: a noun of the queries ("sample"), or an id ("s3"). Out: `Noun`s, and words for states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailcrm.domain.words import Sentence, say

__all__ = ["NOUNS", "Noun", "noun_of", "state_words"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: `letter` begins its ids; `making` is the key that makes one of a mail, `opening` the key of its board."""

    name: str
    letter: str
    title: Sentence
    none: Sentence
    made: Sentence
    making: str
    opening: str


NOUNS = {
    noun.name: noun
    for noun in (
        Noun(
            "sample",
            "s",
            say("Samples"),
            say("No sample is open."),
            say("A sample is made of a mail: {key} on its row or in its thread."),
            "verb.sample",
            "app.samples",
        ),
        Noun(
            "quote",
            "q",
            say("Quotes"),
            say("No quote is open."),
            say("A quote is made of a mail: {key} on its row or in its thread."),
            "verb.quote",
            "app.quotes",
        ),
        Noun(
            "order",
            "d",
            say("Orders"),
            say("No order is open."),
            say("An order is made of an accepted quote, or of a mail: {key} on its row or in its thread."),
            "verb.order",
            "app.orders",
        ),
    )
}

_STATES: Mapping[str, Mapping[str, Sentence]] = {}


def noun_of(ref: str) -> Noun | None:
    """Return the noun that "s3", "q2" or "d4" is one of; None for any other id."""
    letter, number = ref[:1], ref[1:]
    return next((noun for noun in NOUNS.values() if noun.letter == letter), None) if number.isdecimal() else None


def state_words(noun: str, state: str) -> Sentence:
    """Return what a state of a noun is called for people; one that is not known here is shown as it is."""
    return _STATES.get(noun, {}).get(state) or Sentence("{code}", {"code": state.replace("_", " ")})
