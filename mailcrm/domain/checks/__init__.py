"""What a person should look at before a reply leaves: a forgotten file, an open question, another customer's name.

Room: domain. In: `ReplyFacts`, a reply in the making and what is known around it. Out: `Check`s, each with a sentence, and the
customer's questions as `Question`s. Nothing here blocks: a person decides. The safe side is silence for names (a check that
cries wolf is not read), an open tick for questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailcrm.domain.words import Sentence

__all__ = ["ASKED_AGAIN", "Check", "KnownName", "Question", "ReplyFacts"]

ASKED_AGAIN = frozenset({"attachment_missing", "other_customer", "recipient_not_in_thread"})
"""The checks after which a person is asked once more before the mail leaves."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at. Codes: those of `ASKED_AGAIN`, promise_without_date, estimate_not_told (by a holding reply)."""

    code: str
    detail: Sentence


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the customer's. `number` is its place in a numbered list of theirs (0: in none), `topics` what it names."""

    text: str
    answered: bool = False
    number: int = 0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownName:
    """A customer's name: of a company, or of a `person`."""

    name: str
    person: bool = False


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """A reply in the making, written in `language` on `today`.

    `body` is what its author typed, `asked` the newest part of the mail that is answered, `familiar` everything that was said and
    every name on the thread. `strangers`: the recipients whose party has no part in it, none of ours. `others`: the names of
    other customers; `ours`: our people's names.
    """

    body: str
    language: str
    today: date
    asked: str = ""
    familiar: str = ""
    attachments: int = 0
    holds: bool = False
    strangers: tuple[str, ...] = ()
    others: tuple[KnownName, ...] = ()
    ours: frozenset[str] = frozenset()
