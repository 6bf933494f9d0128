"""Money that is to come: a slip says that it is on its way, only the bank says that it is there.

Room: domain. In: what is due, the slips that were seen and the credits that the bank showed. Out: what is still open, and whether it counts
as credited. Banks on the way keep charges: what is short by no more than the tolerance of the settings counts as whole, and of
a small amount no more than its share.

    due ─► seen (a slip: to be verified) ─► partly credited ─► credited
      └──────────────────────────────────────────┴─────────────┘
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import say

__all__ = ["Claim", "ClaimState", "Credit", "Slip", "Tolerance", "credited", "seen"]


class ClaimState(StrEnum):
    """Where the money is."""

    DUE = "due"
    SEEN = "seen"
    PARTLY = "partly"
    CREDITED = "credited"


@dataclass(frozen=True, slots=True)
class Slip:
    """A payment slip that was seen; `evidence`: the mail or paper that it is ("m12", "kf3"). `amount` None: not read."""

    on: date
    amount: Money | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """What the bank credited; `reference`: by which the bank knows it. `by`: who saw it there."""

    on: date
    amount: Money
    reference: str
    by: str


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much banks may keep: so much of a currency, and of an amount no more than `percent`."""

    fixed: Mapping[str, Decimal] = field(default_factory=dict)
    percent: Decimal = Decimal(0)

    def of(self, amount: Money) -> Money:
        """Return by how much a credit may fall short of `amount`."""
        share = amount.amount * self.percent / 100
        return Money(min(self.fixed.get(amount.currency, Decimal(0)), share), amount.currency)


@dataclass(frozen=True, slots=True)
class Claim:
    """The deposit or the balance: what is due until when, and what came."""

    amount: Money
    due: date | None = None
    slips: tuple[Slip, ...] = ()
    credits: tuple[Credit, ...] = ()

    @property
    def received(self) -> Money:
        """What the bank credited so far."""
        return Money(sum((one.amount.amount for one in self.credits), Decimal(0)), self.amount.currency)

    @property
    def open(self) -> Money:
        """What is still missing; nothing where more came than was due."""
        return Money(max(self.amount.amount - self.received.amount, Decimal(0)), self.amount.currency)

    @property
    def credited_on(self) -> date | None:
        """The day of the last credit."""
        return max((one.on for one in self.credits), default=None)

    def is_credited(self, tolerance: Tolerance) -> bool:
        """Whether what came counts as the whole."""
        return self.open <= tolerance.of(self.amount)

    def state(self, tolerance: Tolerance) -> ClaimState:
        """Return where the money is."""
        if self.is_credited(tolerance):
            return ClaimState.CREDITED
        if self.credits:
            return ClaimState.PARTLY
        return ClaimState.SEEN if self.slips else ClaimState.DUE

    def to_verify(self, tolerance: Tolerance) -> bool:
        """Whether a slip was seen of which the bank hasn't shown anything yet."""
        if not self.slips or self.is_credited(tolerance):
            return False
        return self.credited_on is None or self.slips[-1].on > self.credited_on


def seen(claim: Claim, slip: Slip) -> Claim:
    """Return the claim with one more slip; one that was seen already changes nothing."""
    if slip.evidence and any(one.evidence == slip.evidence for one in claim.slips):
        return claim
    return replace(claim, slips=(*claim.slips, slip))


def credited(claim: Claim, credit: Credit, tolerance: Tolerance, today: date) -> Claim:
    """Return the claim with what the bank credited; RefusedByRule where that can't be."""
    if not credit.reference.strip():
        raise UsageError(
            say("A credit has the bank's reference."),
            say("Give it with `--reference`, as the bank's statement shows it."),
        )
    if credit.amount.currency != claim.amount.currency or credit.amount.amount <= 0:
        raise RefusedByRule(
            say("{amount} is due, {credited} can't be its credit.", amount=claim.amount, credited=credit.amount),
            say("Say what the bank credited, in {currency}.", currency=claim.amount.currency),
        )
    if credit.on > today:
        raise RefusedByRule(
            say("{day} lies ahead: money is credited when it is there.", day=credit.on),
            say("A slip is noted with `mailcrm order slip`."),
        )
    if any(one.reference == credit.reference for one in claim.credits):
        raise RefusedByRule(
            say("The credit {reference} is noted already.", reference=credit.reference),
            say("A second one has a reference of its own."),
        )
    if claim.is_credited(tolerance):
        raise RefusedByRule(
            say("{amount} is credited already.", amount=claim.amount),
            say("Where more is due, correct the amount with `mailcrm order edit`."),
        )
    return replace(claim, credits=(*claim.credits, credit))
