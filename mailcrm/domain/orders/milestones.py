"""The milestones of an order: their list, what each waits for, and the mail to the customer that belongs to it.

Room: domain. In: which milestones are settled, and what the payment terms ask for. Out: the stage that an order is in. `═` is a hard gate: nobody passes it by with a reason, but a manager (see `gates`).

    contract     legal_review ─► pi_sent ─► pi_signed
    deposit                                    │  deposit_seen (a slip, no gate) ┄► deposit_credited ═╗
    confirming   packing ═╦ mark ═╦ colour ═╦ pp_sample ═════════════════════════════════════════════╣
    production                                 └───────────────────────────────────► production ◄════╝
                                                                                        └─► produced ─► inspection ─┐
    shipping                                               booking ─► customs ─► on_board ◄─────────────────────────┘
    balance                     bl_copy ◄── on_board    balance_seen (a slip, no gate) ┄► balance_credited ═╗
    documents                      └──────────────────────────────────► release ◄═══════════════════════════╝
                                                                           └─► documents
    arrival                                                 on_board ─► arrival ─► after_sales ─► closed

An order's state is the step that was taken last; its stage is the first one in which something is open, so that a balance that
comes early doesn't hide a production that hasn't begun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from mailcrm.domain.orders.terms import Balance, Requirements
from mailcrm.domain.words import Sentence, say

__all__ = [
    "CONFIRMATIONS",
    "MILESTONES",
    "PART_WORDS",
    "STAGE_WORDS",
    "Milestone",
    "Stage",
    "is_needed",
    "milestone",
    "needed",
    "parts_words",
    "stage_of",
    "state_words",
]


class Stage(StrEnum):
    """The columns of the board, in their order."""

    CONTRACT = "contract"
    DEPOSIT = "deposit"
    CONFIRMING = "confirming"
    PRODUCTION = "production"
    SHIPPING = "shipping"
    BALANCE = "balance"
    DOCUMENTS = "documents"
    ARRIVAL = "arrival"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step. `asks`: the template that moves the customer towards it; `tells`: the one that says it is done.

    `after`: what comes first, and may be skipped with a reason; `gates`: what comes first and may not. `optional`: nothing waits for it.
    """

    name: str
    stage: Stage
    title: Sentence
    asks: str = ""
    tells: str = ""
    after: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    optional: bool = False


CONFIRMATIONS = ("packing", "mark", "colour", "pp_sample")
_ASK_ALL = "confirm_packing_marks_colour"

MILESTONES = (
    Milestone("legal_review", Stage.CONTRACT, say("contract reviewed")),
    Milestone("pi_sent", Stage.CONTRACT, say("PI signed by us and sent"), asks="pi_send", after=("legal_review",)),
    Milestone("pi_signed", Stage.CONTRACT, say("PI signed by the customer"), asks="pi_send", after=("pi_sent",)),
    Milestone(
        "deposit_seen", Stage.DEPOSIT, say("deposit: slip seen"), "deposit_request", "slip_received", optional=True
    ),
    Milestone("deposit_credited", Stage.DEPOSIT, say("deposit credited"), "deposit_request", "money_received"),
    Milestone("packing", Stage.CONFIRMING, say("packing confirmed by the customer"), _ASK_ALL),
    Milestone("mark", Stage.CONFIRMING, say("shipping mark confirmed by the customer"), _ASK_ALL),
    Milestone("colour", Stage.CONFIRMING, say("colour confirmed by the customer"), _ASK_ALL),
    Milestone(
        "pp_sample",
        Stage.CONFIRMING,
        say("pre-production sample confirmed by the customer"),
        "pp_sample_approval",
    ),
    Milestone(
        "production",
        Stage.PRODUCTION,
        say("production begun"),
        tells="production_progress",
        after=("pi_signed",),
        gates=("deposit_credited", *CONFIRMATIONS),
    ),
    Milestone("produced", Stage.PRODUCTION, say("goods ready"), tells="production_progress", after=("production",)),
    Milestone("inspection", Stage.PRODUCTION, say("goods inspected"), after=("produced",)),
    Milestone("booking", Stage.SHIPPING, say("space booked")),
    Milestone("customs", Stage.SHIPPING, say("customs cleared"), after=("booking", "inspection")),
    Milestone("on_board", Stage.SHIPPING, say("on board"), tells="shipping_advice", after=("customs",)),
    Milestone("bl_copy", Stage.BALANCE, say("copy of the B/L sent"), asks="documents_copy", after=("on_board",)),
    Milestone(
        "balance_seen", Stage.BALANCE, say("balance: slip seen"), "balance_request", "slip_received", optional=True
    ),
    Milestone("balance_credited", Stage.BALANCE, say("balance credited"), "balance_request", "money_received"),
    Milestone(
        "release", Stage.DOCUMENTS, say("originals or telex released"), after=("bl_copy",), gates=("balance_credited",)
    ),
    Milestone("documents", Stage.DOCUMENTS, say("documents sent"), asks="originals_sent", after=("release",)),
    Milestone("arrival", Stage.ARRIVAL, say("goods arrived"), after=("on_board",)),
    Milestone("after_sales", Stage.ARRIVAL, say("asked how the goods are"), after=("arrival",)),
)
_BY_NAME = {one.name: one for one in MILESTONES}


def milestone(name: str) -> Milestone:
    """Return the milestone of that name; KeyError where there is none."""
    return _BY_NAME[name]


def is_needed(name: str, requirements: Requirements) -> bool:
    """Whether an order with these terms has a milestone: what isn't paid apart has none."""
    if name.startswith("deposit_"):
        return requirements.deposit
    return requirements.balance is not Balance.NONE if name.startswith("balance_") else True


def needed(requirements: Requirements) -> tuple[Milestone, ...]:
    """Return the milestones of an order with these terms, in their order."""
    return tuple(one for one in MILESTONES if is_needed(one.name, requirements))


def stage_of(settled: Collection[str], requirements: Requirements) -> Stage:
    """Return the first stage in which something is open; closed where nothing is."""
    return next(
        (one.stage for one in needed(requirements) if not one.optional and one.name not in settled), Stage.CLOSED
    )


STAGE_WORDS: Mapping[str, Sentence] = {
    Stage.CONTRACT.value: say("Contract"),
    Stage.DEPOSIT.value: say("Deposit"),
    Stage.CONFIRMING.value: say("To be confirmed"),
    Stage.PRODUCTION.value: say("Production"),
    Stage.SHIPPING.value: say("Shipping"),
    Stage.BALANCE.value: say("Balance"),
    Stage.DOCUMENTS.value: say("Documents"),
    Stage.ARRIVAL.value: say("Arrival"),
    Stage.CLOSED.value: say("Closed"),
    Stage.CANCELLED.value: say("Cancelled"),
}


PART_WORDS: Mapping[str, Sentence] = {
    "packing": say("packing"),
    "mark": say("shipping mark"),
    "colour": say("colour"),
    "pp_sample": say("pre-production sample"),
    "deposit": say("deposit"),
    "balance": say("balance"),
}


def parts_words(parts: Iterable[str]) -> Sentence:
    """Return parts of an order as people name them: "packing, colour"."""
    first, *more = (PART_WORDS[part] for part in parts)
    return reduce(lambda told, one: say("{told}, {one}", told=told, one=one), more, first)


def state_words(state: str) -> Sentence:
    """Return what a state of a history is called for people."""
    if state in _BY_NAME:
        return _BY_NAME[state].title
    voided = state.removesuffix("_void")
    if voided in _BY_NAME:
        return say("void: {step}", step=_BY_NAME[voided].title)
    return {"new": say("made"), Stage.CANCELLED.value: say("cancelled")}.get(state, say("{state}", state=state))
