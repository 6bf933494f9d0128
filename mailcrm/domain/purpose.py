"""What a mail can be for: the words of trade.md ("Purpose of a mail").

Room: domain. Which of them a mail has is read by `mailcrm.domain.purposes`; a person can correct it.
"""

from __future__ import annotations

from enum import StrEnum

from mailcrm.domain.words import Sentence, say

__all__ = ["COLD_SALE", "PURPOSE_WORDS", "Purpose", "asks_by_word"]


class Purpose(StrEnum):
    """The purpose of a mail, beside its technical kind."""

    INQUIRY = "inquiry"
    HAGGLE = "haggle"
    ORDER = "order"
    CHASER = "chaser"
    COMPLAINT = "complaint"
    PAYMENT_SLIP = "payment_slip"
    SHIPPING = "shipping"
    SAMPLE_REQUEST = "sample_request"
    SAMPLE_FEEDBACK = "sample_feedback"
    QUESTION = "question"
    THANKS = "thanks"
    VISIT = "visit"
    COLD_SALE = "cold_sale"
    LEFT_COMPANY = "left_company"
    LATER = "later"
    OTHER = "other"


COLD_SALE = Purpose.COLD_SALE

PURPOSE_WORDS: dict[Purpose, Sentence] = {
    Purpose.INQUIRY: say("an inquiry"),
    Purpose.HAGGLE: say("about the price"),
    Purpose.ORDER: say("an order"),
    Purpose.CHASER: say("asks where our answer is"),
    Purpose.COMPLAINT: say("a complaint"),
    Purpose.PAYMENT_SLIP: say("a payment slip"),
    Purpose.SHIPPING: say("about shipping"),
    Purpose.SAMPLE_REQUEST: say("asks for samples"),
    Purpose.SAMPLE_FEEDBACK: say("about samples that they have"),
    Purpose.QUESTION: say("a question"),
    Purpose.THANKS: say("thanks, nothing asked"),
    Purpose.VISIT: say("about a visit"),
    Purpose.COLD_SALE: say("offers us something"),
    Purpose.LEFT_COMPANY: say("somebody left the company"),
    Purpose.LATER: say("wants to be asked later"),
    Purpose.OTHER: say("something else"),
}
"""What each purpose is called for people."""


def asks_by_word(purpose: str, *, read: bool) -> bool:
    """Return whether a mail asks for something once a person said what it is for; `read`: what its text told before.

    Thanks ask nothing, every other purpose asks, and "something else" says nothing about it.
    """
    return read if purpose == Purpose.OTHER else purpose != Purpose.THANKS
