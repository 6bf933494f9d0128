"""A change that the customer asks for: free before the gate, paid by somebody behind it.

Room: domain. In: what is asked, what it touches, whether production has begun. Out: which confirmations it makes void, and what has to be
written down first. Before production nothing is lost: what the customer confirmed is void and he confirms anew. Afterwards goods are
being made: the change needs its extra cost, its cause, who bears the cost, what was decided, and by whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.orders.gates import listed
from mailcrm.domain.orders.milestones import CONFIRMATIONS
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence, say

__all__ = ["BEARER_WORDS", "DECISION_WORDS", "OTHER", "Bearer", "Change", "Decision", "check_change", "voided"]

OTHER = "other"


class Bearer(StrEnum):
    """Who bears the extra cost."""

    CUSTOMER = "customer"
    US = "us"
    FACTORY = "factory"
    SHARED = "shared"


class Decision(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


BEARER_WORDS: Mapping[Bearer, Sentence] = {
    Bearer.CUSTOMER: say("the customer"),
    Bearer.US: say("us"),
    Bearer.FACTORY: say("the factory"),
    Bearer.SHARED: say("several"),
}
DECISION_WORDS: Mapping[Decision, Sentence] = {
    Decision.ACCEPTED: say("accepted"),
    Decision.REFUSED: say("refused"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A change; `touches`: one of the four confirmations, or "other". `late`: asked behind the gate."""

    on: date
    what: str
    touches: str = OTHER
    late: bool = False
    cost: Money | None = None
    cause: str = ""
    bears: Bearer | None = None
    decision: Decision | None = None
    decided_by: str = ""
    evidence: str = ""


def check_change(change: Change, order: str) -> None:
    """RefusedByRule that names all that a late change misses."""
    wanted: tuple[tuple[object, Sentence], ...] = (
        (change.what.strip(), say("what is changed")),
        (not change.late or change.cost is not None, say("the extra cost (--cost, 0 where there is none)")),
        (not change.late or change.cause.strip(), say("the cause (--cause)")),
        (not change.late or change.bears, say("who bears the cost (--bears customer|us|factory|shared)")),
        (not change.late or change.decision, say("the decision (--decision accepted|refused)")),
        (not change.late or change.decided_by.strip(), say("who decided (--by)")),
    )
    missing = [what for given, what in wanted if not given]
    if missing:
        raise RefusedByRule(
            say("Production of {order} has begun; the change misses: {missing}.", order=order, missing=listed(missing))
            if change.late
            else say("The change of {order} misses: {missing}.", order=order, missing=listed(missing)),
            say("Say them all with `mailcrm order change`."),
        )


def voided(change: Change) -> tuple[str, ...]:
    """Return the confirmations that a change makes void: the one that it touches, before production begins.

    Behind the gate the goods are made as they were confirmed: what is decided then stands in the change itself.
    """
    return (change.touches,) if change.touches in CONFIRMATIONS and not change.late else ()
