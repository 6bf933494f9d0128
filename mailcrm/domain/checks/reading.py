"""Reads a reply in the making (see the package): its checks, and the customer's questions with their ticks.

Room: domain. In: `ReplyFacts`. Out: `Check`s, `Question`s.
"""

from __future__ import annotations

from mailcrm.domain.checks import Check, Question, ReplyFacts
from mailcrm.domain.checks.attachments import announced_attachment
from mailcrm.domain.checks.names import strange_names
from mailcrm.domain.checks.questions import asked_questions, tick
from mailcrm.domain.dates import named_days
from mailcrm.domain.promises import SpokenPromise, spoken_promise
from mailcrm.domain.quoting import split_reply
from mailcrm.domain.words import say

__all__ = ["check_reply", "open_promise", "questions_of"]

_READ, _SHOWN = 20_000, 80


def check_reply(facts: ReplyFacts) -> tuple[Check, ...]:
    """Return what to look at, the gravest first."""
    own = _own(facts)
    names = strange_names(own, facts.others, facts.familiar, facts.ours)
    checks = [*map(_not_in_thread, facts.strangers), *map(_other_customer, names)]
    if not facts.attachments and (words := announced_attachment(own)):
        told = say(
            "No file is attached, and the text announces one: “{words}”. Attach it, or say it otherwise.", words=words
        )
        checks.append(Check("attachment_missing", told))
    if promise := open_promise(facts):
        words = _shortened(promise.sentence)
        told = say(
            "Until when? The text promises an answer: “{words}”. Make it a holding reply with an estimate.", words=words
        )
        checks.append(Check("promise_without_date", told))
    elif facts.holds and own.strip() and not named_days(own, facts.today):
        checks.append(
            Check("estimate_not_told", say("The text doesn't tell the customer until when: write the day into it."))
        )
    return tuple(checks)


def _not_in_thread(address: str) -> Check:
    told = say("Not in this conversation so far: {address}. Is it the right address?", address=address)
    return Check("recipient_not_in_thread", told)


def _other_customer(name: str) -> Check:
    told = say("Another customer's name: “{name}”. Left over from another mail?", name=name)
    return Check("other_customer", told)


def open_promise(facts: ReplyFacts) -> SpokenPromise | None:
    """Return the promise that the text makes without being a holding reply."""
    return None if facts.holds else spoken_promise(_own(facts), facts.language, facts.today)


def questions_of(facts: ReplyFacts) -> tuple[Question, ...]:
    """Return the customer's questions, ticked where the reply seems to speak of them."""
    return tick(asked_questions(facts.asked[:_READ]), _own(facts), facts.language, facts.today)


def _own(facts: ReplyFacts) -> str:
    """Return what was typed without what is quoted in it."""
    return split_reply(facts.body[:_READ]).reply


def _shortened(sentence: str) -> str:
    sentence = sentence.rstrip(" .。!！")
    return sentence if len(sentence) <= _SHOWN else sentence[: _SHOWN - 1].rstrip() + "…"
