"""What a mail can be for: the words of trade.md ("Purpose of a mail").

Room: domain. Which of them a mail has is read by `mailcrm.domain.purposes`; a person can correct it.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["COLD_SALE", "Purpose", "asks_by_word"]


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


def asks_by_word(purpose: str, *, read: bool) -> bool:
    """Return whether a mail asks for something once a person said what it is for; `read`: what its text told before.

    Thanks ask nothing, every other purpose asks, and "something else" says nothing about it.
    """
    return read if purpose == Purpose.OTHER else purpose != Purpose.THANKS
