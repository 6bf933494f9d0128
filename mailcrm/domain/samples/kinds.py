"""Kinds and directions of samples (trade.md, "Samples"), and what hangs on them.

Room: domain. In: the words of a sheet. Out: whether somebody must sign for it, and what is asked once it has arrived.
"""

from __future__ import annotations

from enum import StrEnum

from mailcrm.domain.words import Sentence, say

__all__ = ["DIRECTION_WORDS", "KIND_WORDS", "Direction", "Kind", "asks_for", "is_made", "needs_signature"]


class Direction(StrEnum):
    """Who gives the sample to whom; `theirs` is a 来样: it comes to us and never leaves."""

    OURS = "ours"
    THEIRS = "theirs"


class Kind(StrEnum):
    """What a sample is for in the trade's own terms."""

    ORIGINAL = "original"
    DEVELOPMENT = "development"
    SALES = "sales"
    REFERENCE = "reference"
    COUNTER = "counter"
    APPROVAL = "approval"
    SEALED = "sealed"
    KEPT_DUPLICATE = "kept_duplicate"
    TEST = "test"
    SIZE_SET = "size_set"
    PRE_PRODUCTION = "pre_production"
    PRODUCTION = "production"
    SHIPMENT = "shipment"
    LAB_DIP = "lab_dip"
    STRIKE_OFF = "strike_off"
    STOCK = "stock"


KIND_WORDS: dict[Kind, Sentence] = {
    Kind.ORIGINAL: say("original (buyer's) sample"),
    Kind.DEVELOPMENT: say("development sample"),
    Kind.SALES: say("sales sample"),
    Kind.REFERENCE: say("reference sample"),
    Kind.COUNTER: say("counter sample"),
    Kind.APPROVAL: say("approval sample"),
    Kind.SEALED: say("sealed sample"),
    Kind.KEPT_DUPLICATE: say("kept duplicate"),
    Kind.TEST: say("test sample"),
    Kind.SIZE_SET: say("size set"),
    Kind.PRE_PRODUCTION: say("pre-production sample"),
    Kind.PRODUCTION: say("production sample"),
    Kind.SHIPMENT: say("shipment sample"),
    Kind.LAB_DIP: say("lab dip"),
    Kind.STRIKE_OFF: say("strike-off"),
    Kind.STOCK: say("stock sample"),
}
DIRECTION_WORDS: dict[Direction, Sentence] = {
    Direction.OURS: say("from us to the customer"),
    Direction.THEIRS: say("from the customer to us"),
}


def is_made(kind: Kind, direction: Direction) -> bool:
    """Whether anybody has to make it: what lies on the shelf, or comes from the customer, is there already."""
    return kind is not Kind.STOCK and direction is Direction.OURS


def needs_signature(kind: Kind, direction: Direction) -> bool:
    """Whether the manager signs for it before it is made; what isn't made needs none."""
    return is_made(kind, direction)


def asks_for(kind: Kind) -> str:
    """Return what is asked of the customer who has it: "order", or that we may go on to "production" or "shipment"."""
    if kind is Kind.PRE_PRODUCTION:
        return "production"
    return "shipment" if kind is Kind.SHIPMENT else "order"
