"""Exchange rates: what the bank pays for foreign money, how sure that is, and how old it may be.

Room: domain. In: the bank's buying rate with source and day; the working days as a function. Out: the rate to calculate with, which is lower
by a margin, and its age. A rate of Friday is one working day old on Monday; after three it is too old for a quote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.words import say

__all__ = ["ExchangeRate", "IsWorkingDay"]

IsWorkingDay = Callable[[date], bool]

_DAYS_COUNTED = 60  # an older rate is too old by any rule


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One `currency` is bought for `buying` of `base`, by `source` on the day `on`."""

    currency: str
    base: str
    buying: Decimal
    source: str
    on: date

    def __post_init__(self) -> None:
        if self.buying <= 0 or self.currency == self.base:
            raise UsageError(
                say(
                    "{rate} is no exchange rate from {one} to {other}.",
                    rate=self.buying,
                    one=self.base,
                    other=self.currency,
                ),
                say("Write how much {one} one {other} is worth.", one=self.base, other=self.currency),
            )

    def usable(self, margin: Decimal) -> Decimal:
        """Return the rate to calculate with: `margin`, a share, is taken off, for the rate of the day of payment nobody knows."""
        return self.buying * (1 - margin) if margin else self.buying

    def age(self, today: date, is_working_day: IsWorkingDay) -> int:
        """Return how many working days have come since the rate's day, today among them."""
        days = min((today - self.on).days, _DAYS_COUNTED)
        return sum(is_working_day(today - timedelta(days=back)) for back in range(days))

    def is_fresh(self, today: date, is_working_day: IsWorkingDay, most: int) -> bool:
        """Whether the rate is at most `most` working days old."""
        return self.on <= today and (today - self.on).days <= _DAYS_COUNTED and self.age(today, is_working_day) <= most

    def checked(self, today: date, is_working_day: IsWorkingDay, most: int) -> ExchangeRate:
        """Return the rate itself; RefusedByRule for one that is too old."""
        if self.is_fresh(today, is_working_day, most):
            return self
        raise RefusedByRule(
            say("The rate of {currency} is of {on}.", currency=self.currency, on=self.on),
            say(
                "At most {most} working days old: write today's with `mailcrm rate set {currency} RATE --source BANK`.",
                most=most,
                currency=self.currency,
            ),
        )
