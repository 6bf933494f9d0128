"""The way of a quote, as a machine.

    DRAFT ──checks ok──────────────────────────────► READY ──send──► SENT ─► FOLLOW_UP(1..n) ─┬─► NEGOTIATING ─► SUPERSEDED (v+1)
      │  any check fails                                ▲                 │                    ├─► ACCEPTED → order
      └──► NEEDS_APPROVAL ──approve (frozen hash)───────┘                 │                    ├─► DECLINED(reason)
               └──reject(note)──► DRAFT                                   └── valid_until ─────┴─► EXPIRED ─► RE_CHECK ─► SENT (v+1) | DECLINED
    WITHDRAWN from SENT by a mail to the customer only.

Room: domain. Every edit leads back to DRAFT: what was approved is no more what it was. A bounce leads from SENT to READY. A quote that was sent from
another mail program is SENT from wherever it stood: the customer has it, whatever was missing. What a person confirmed by mistake (ACCEPTED, DECLINED)
goes back to where it was when that is undone. A mail that accepts in time and is noted later leads from EXPIRED or RE_CHECK to NEGOTIATING, since it was
not over when they wrote; what is over is never accepted itself.
"""

from __future__ import annotations

from enum import StrEnum

from mailcrm.domain.errors import UsageError
from mailcrm.domain.steps import Machine
from mailcrm.domain.words import Sentence, say

__all__ = ["EDITABLE", "LIVE", "OPEN", "QUOTE_MACHINE", "QUOTE_STATE_WORDS", "QuoteState", "quote_state"]


class QuoteState(StrEnum):
    """Where a quote stands, as every JSON document spells it."""

    DRAFT = "draft"
    NEEDS_APPROVAL = "needs_approval"
    READY = "ready"
    SENT = "sent"
    FOLLOW_UP = "follow_up"
    NEGOTIATING = "negotiating"
    SUPERSEDED = "superseded"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RE_CHECK = "re_check"
    WITHDRAWN = "withdrawn"


S = QuoteState

EDITABLE = frozenset({S.DRAFT, S.NEEDS_APPROVAL, S.READY})
"""Not with the customer: a person may still change it, and there is one such version per number at most."""
OPEN = frozenset({S.SENT, S.FOLLOW_UP, S.NEGOTIATING})
"""With the customer, and valid."""
LIVE = OPEN | {S.EXPIRED, S.RE_CHECK, S.ACCEPTED}
"""What the customer holds: of a number's versions there is one at most."""

_WITH_THEM = {S.NEGOTIATING, S.SUPERSEDED, S.ACCEPTED, S.DECLINED, S.EXPIRED, S.RE_CHECK, S.WITHDRAWN}
_STEPS: dict[QuoteState, frozenset[QuoteState]] = {
    S.DRAFT: frozenset({S.NEEDS_APPROVAL, S.READY, S.SENT}),
    S.NEEDS_APPROVAL: frozenset({S.READY, S.DRAFT, S.SENT}),
    S.READY: frozenset({S.SENT, S.DRAFT, S.NEEDS_APPROVAL}),
    S.SENT: frozenset({S.FOLLOW_UP, S.READY, *_WITH_THEM}),
    S.FOLLOW_UP: frozenset({S.FOLLOW_UP, S.READY, *_WITH_THEM}),
    S.NEGOTIATING: frozenset(_WITH_THEM - {S.NEGOTIATING}),
    S.EXPIRED: frozenset({S.RE_CHECK, S.SUPERSEDED, S.DECLINED, S.NEGOTIATING}),
    S.RE_CHECK: frozenset({S.SUPERSEDED, S.DECLINED, S.NEGOTIATING}),
    S.ACCEPTED: OPEN,
    S.DECLINED: OPEN | {S.EXPIRED, S.RE_CHECK},
}
QUOTE_MACHINE = Machine(
    say("A quote"), {before.value: frozenset(after.value for after in steps) for before, steps in _STEPS.items()}
)

QUOTE_STATE_WORDS: dict[QuoteState, Sentence] = {
    S.DRAFT: say("being written"),
    S.NEEDS_APPROVAL: say("needs approval"),
    S.READY: say("ready to send"),
    S.SENT: say("sent"),
    S.FOLLOW_UP: say("followed up"),
    S.NEGOTIATING: say("negotiating"),
    S.SUPERSEDED: say("replaced by a newer version"),
    S.ACCEPTED: say("accepted"),
    S.DECLINED: say("declined"),
    S.EXPIRED: say("expired"),
    S.RE_CHECK: say("to be checked again"),
    S.WITHDRAWN: say("withdrawn"),
}
"""What each state is called for people."""


def quote_state(typed: str) -> QuoteState:
    """Return the state that a person named; UsageError names the known ones."""
    try:
        return QuoteState(typed.strip().lower().replace("-", "_"))
    except ValueError:
        raise UsageError(
            say("{state} is no state of a quote.", state=typed),
            say("States are: {known}.", known=", ".join(state.value for state in QuoteState)),
        ) from None
