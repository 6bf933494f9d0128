"""What every read model needs to know of the moment: now, the rules, our own people, the zone to speak in.

Room: queries. Made anew for each question by the core.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.parties import Ours
from mailcrm.domain.quotes.policy import QuotePolicy
from mailcrm.domain.samples.sequence import SamplePolicy
from mailcrm.domain.team import Team
from mailcrm.domain.waiting.steps import WaitingPolicy

if TYPE_CHECKING:
    from mailcrm.domain.orders.policy import OrderPolicy
    from mailcrm.domain.trade.rules import TradeRules

__all__ = ["Outlook"]

_AFTER_OPENING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The moment of a question; `actor` is who asks."""

    now: datetime
    policy: Policy
    ours: Ours
    zone: str
    actor: str
    team: Team = field(default_factory=Team)
    waiting: WaitingPolicy = field(default_factory=WaitingPolicy)
    quotes: QuotePolicy = field(default_factory=QuotePolicy)
    samples: SamplePolicy = field(default_factory=SamplePolicy)
    rules_of_trade: TradeRules | None = None
    rules_of_orders: OrderPolicy | None = None

    @property
    def trade(self) -> TradeRules:
        """The rules of prices. The first paint shows none, so it does without them."""
        assert self.rules_of_trade is not None  # noqa: S101  (narrowing: the core gives them)
        return self.rules_of_trade

    @property
    def today(self) -> date:
        """The day that it is in our office."""
        return self.now.astimezone(self.policy.office.tz).date()

    @property
    def orders(self) -> OrderPolicy:
        """What the house decides about orders; likewise."""
        assert self.rules_of_orders is not None  # noqa: S101  (likewise)
        return self.rules_of_orders

    def end_of_today(self) -> datetime:
        """Return the end of our office day."""
        return self.policy.office.end_of(self.today)

    def before_you_leave(self) -> datetime:
        """Return the instant up to which a deadline falls before we are back: an hour after the next office day begins."""
        office = self.policy.office
        next_day = office.working_day_after(self.today)
        return datetime.combine(next_day, office.hours[0][0], office.tz) + _AFTER_OPENING
