"""The states of a sample, and the steps between them.

Room: domain. Values only: whether a step may be done now is `gates`'.

    requested → spec_draft → pending_sign → signed → making → made → checked → photographed → shipped ⇄ exception → lost
        │           ▲ │           │           │        │  ▲ fail │       │            │           │
        ▼           │ │           └───────────┴────────┴──┴──────┴───────┴────────────┘           ▼
     declined       │ └ stock, and theirs: made                 spec changed               delivered ─┐ human reply
                    │                                                                             │    │
                    │                                  silent ◄── follow_up (1..n) ◄── feedback_requested
                    │                                     │ any reply         │ human reply      │     │
                    │                                     └───────────────────┴──────► feedback_in ◄───┘
                    │                                                                  │    │   └─► rejected → lost
                    └───────────────────────────── changes (version + 1) ◄─────────────┘    └─► ok → quoting → won | lost
                                                                                                 └───────────► won

    cancelled: from every state before shipped. A sample of theirs (来样) never ships: photographed → ok | rejected, as we judge it.

`changes` and `rejected` are left in the moment they are reached: what follows is no decision any more.
"""

from __future__ import annotations

from enum import StrEnum

from mailcrm.domain.words import Sentence, say

__all__ = ["BEFORE_SHIPPED", "ENDED", "IN_A_PARCEL", "PATH", "STATE_WORDS", "STEPS", "WITH_THE_CUSTOMER", "SampleState"]


class SampleState(StrEnum):
    """The states as every JSON document spells them."""

    REQUESTED = "requested"
    SPEC_DRAFT = "spec_draft"
    PENDING_SIGN = "pending_sign"
    SIGNED = "signed"
    MAKING = "making"
    MADE = "made"
    CHECKED = "checked"
    PHOTOGRAPHED = "photographed"
    SHIPPED = "shipped"
    EXCEPTION = "exception"
    DELIVERED = "delivered"
    FEEDBACK_REQUESTED = "feedback_requested"
    FOLLOW_UP = "follow_up"
    SILENT = "silent"
    FEEDBACK_IN = "feedback_in"
    CHANGES = "changes"
    OK = "ok"
    QUOTING = "quoting"
    WON = "won"
    REJECTED = "rejected"
    LOST = "lost"
    DECLINED = "declined"
    CANCELLED = "cancelled"


_S = SampleState

PATH = (
    _S.REQUESTED,
    _S.SPEC_DRAFT,
    _S.PENDING_SIGN,
    _S.SIGNED,
    _S.MAKING,
    _S.MADE,
    _S.CHECKED,
    _S.PHOTOGRAPHED,
    _S.SHIPPED,
    _S.DELIVERED,
    _S.FEEDBACK_REQUESTED,
    _S.FOLLOW_UP,
    _S.SILENT,
    _S.FEEDBACK_IN,
    _S.OK,
    _S.QUOTING,
    _S.WON,
)
"""The way of a sample that nothing goes wrong with, in order."""

BEFORE_SHIPPED = frozenset(PATH[: PATH.index(_S.SHIPPED)])
IN_A_PARCEL = frozenset({_S.SHIPPED, _S.EXCEPTION})
WITH_THE_CUSTOMER = frozenset({_S.DELIVERED, _S.FEEDBACK_REQUESTED, _S.FOLLOW_UP, _S.SILENT})
"""Where a mail of theirs about the sample is its feedback."""
ENDED = frozenset({_S.WON, _S.LOST, _S.DECLINED, _S.CANCELLED})

_REDONE = frozenset({_S.SPEC_DRAFT, _S.CANCELLED})

STEPS: dict[SampleState, frozenset[SampleState]] = {
    _S.REQUESTED: frozenset({_S.SPEC_DRAFT, _S.DECLINED, _S.CANCELLED}),
    _S.SPEC_DRAFT: frozenset({_S.PENDING_SIGN, _S.MADE, _S.CANCELLED}),
    _S.PENDING_SIGN: _REDONE | {_S.SIGNED},
    _S.SIGNED: _REDONE | {_S.MAKING},
    _S.MAKING: _REDONE | {_S.MADE},
    _S.MADE: _REDONE | {_S.CHECKED, _S.MAKING},
    _S.CHECKED: _REDONE | {_S.PHOTOGRAPHED, _S.MAKING},
    _S.PHOTOGRAPHED: _REDONE | {_S.SHIPPED, _S.MAKING, _S.OK, _S.REJECTED},
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.EXCEPTION}),
    _S.EXCEPTION: frozenset({_S.SHIPPED, _S.LOST}),
    _S.DELIVERED: frozenset({_S.FEEDBACK_REQUESTED, _S.FEEDBACK_IN}),
    _S.FEEDBACK_REQUESTED: frozenset({_S.FOLLOW_UP, _S.FEEDBACK_IN}),
    _S.FOLLOW_UP: frozenset({_S.FOLLOW_UP, _S.SILENT, _S.FEEDBACK_IN}),
    _S.SILENT: frozenset({_S.FEEDBACK_IN}),
    _S.FEEDBACK_IN: frozenset({_S.OK, _S.CHANGES, _S.REJECTED}),
    _S.CHANGES: frozenset({_S.SPEC_DRAFT}),
    _S.OK: frozenset({_S.WON, _S.QUOTING}),
    _S.QUOTING: frozenset({_S.WON, _S.LOST}),
    _S.REJECTED: frozenset({_S.LOST}),
    **{state: frozenset() for state in ENDED},
}
"""The steps that there are: whoever does one, and by whatever it is shown."""

STATE_WORDS: dict[SampleState, Sentence] = {
    _S.REQUESTED: say("requested"),
    _S.SPEC_DRAFT: say("sheet in work"),
    _S.PENDING_SIGN: say("to be signed"),
    _S.SIGNED: say("signed"),
    _S.MAKING: say("being made"),
    _S.MADE: say("made"),
    _S.CHECKED: say("checked"),
    _S.PHOTOGRAPHED: say("photographed"),
    _S.SHIPPED: say("on its way"),
    _S.EXCEPTION: say("trouble on the way"),
    _S.DELIVERED: say("delivered"),
    _S.FEEDBACK_REQUESTED: say("feedback asked for"),
    _S.FOLLOW_UP: say("followed up"),
    _S.SILENT: say("no answer"),
    _S.FEEDBACK_IN: say("feedback is in"),
    _S.CHANGES: say("changes wanted"),
    _S.OK: say("approved"),
    _S.QUOTING: say("being quoted"),
    _S.WON: say("order won"),
    _S.REJECTED: say("rejected"),
    _S.LOST: say("lost"),
    _S.DECLINED: say("declined"),
    _S.CANCELLED: say("cancelled"),
}
"""What each state is called for people."""
