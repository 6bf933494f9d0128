"""What the house decides, as one value: how it answers, waits, samples, quotes, orders and prices.

Room: domain. In: what each section of the settings came to. Out: `Policies`, carried whole from the composition root to commands, questions
and sequences; each takes what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from mailcrm.domain.clock.office import Office
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.quotes.policy import QuotePolicy
from mailcrm.domain.samples.sequence import SamplePolicy
from mailcrm.domain.waiting.steps import WaitingPolicy

if TYPE_CHECKING:
    from mailcrm.domain.orders.policy import OrderPolicy
    from mailcrm.domain.trade.rules import TradeRules

__all__ = ["Policies"]


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies. The first paint knows `clock` alone: it shows no order and no price, and waits for neither rule to load."""

    clock: Policy
    waiting: WaitingPolicy = field(default_factory=WaitingPolicy)
    quotes: QuotePolicy = field(default_factory=QuotePolicy)
    samples: SamplePolicy = field(default_factory=SamplePolicy)
    rules_of_orders: OrderPolicy | None = None
    rules_of_trade: TradeRules | None = None

    @property
    def orders(self) -> OrderPolicy:
        """What the house decides about orders."""
        assert self.rules_of_orders is not None  # noqa: S101  (narrowing: only the first paint has none)
        return self.rules_of_orders

    @property
    def trade(self) -> TradeRules:
        """The rules of prices."""
        assert self.rules_of_trade is not None  # noqa: S101  (likewise)
        return self.rules_of_trade

    @property
    def office(self) -> Office:
        """Our office: its zone, its hours, its days."""
        return self.clock.office

    def day(self, at: datetime) -> date:
        """Return the day that an instant falls on in our office."""
        return at.astimezone(self.office.tz).date()
