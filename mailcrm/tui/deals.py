"""Samples, quotes, orders and inquiries by their names: what each is called, which keys open it, and what an id is an id of.

Room: tui. In: a noun of the queries ("sample"), or an id ("s3"). Out: `Noun`s.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import WorklistRow

__all__ = ["MAIL", "NOUNS", "PROPOSAL", "Noun", "noun_of", "noun_of_row"]

PROPOSAL, MAIL = "j", "m"


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
        Noun(
            "inquiry",
            "i",
            say("Inquiries"),
            say("No inquiry is open."),
            say("An inquiry is noted of a mail: {key} on its row or in its thread."),
            "verb.inquiry",
            "app.inquiries",
        ),
    )
}


def noun_of(ref: str) -> Noun | None:
    """Return the noun that "s3", "q2", "d4" or "i5" is one of; None for any other id."""
    letter, number = ref[:1], ref[1:]
    return next((noun for noun in NOUNS.values() if noun.letter == letter), None) if number.isdecimal() else None


def noun_of_row(row: WorklistRow) -> Noun | None:
    """Return the noun whose step a row of the worklist is; None for mails, tasks, and for what is only proposed."""
    return None if row.kind == "question" else noun_of(row.ref)
