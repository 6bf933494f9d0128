"""What a house decides about its orders: the plan, what banks may keep, how far ahead a date is told, the departments.

Room: domain. In: the settings `[orders]`. Out: one frozen value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mailcrm.domain.orders.credit import Tolerance
from mailcrm.domain.orders.plan import Rule, read_plan

__all__ = ["OrderPolicy"]


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """`warn_days`: a milestone stands on the worklist so many days ahead, `lc_warn_days` a date of a letter of credit.

    `presentation_days`: the most that a letter of credit may give for presenting documents.
    """

    plan: Mapping[str, Rule] = field(default_factory=dict)
    tolerance: Tolerance = field(default_factory=Tolerance)
    warn_days: int = 2
    lc_warn_days: int = 10
    presentation_days: int = 21
    departments: tuple[str, ...] = ()

    @staticmethod
    def from_settings(
        *,
        plan: Mapping[str, str],
        bank_charges: Mapping[str, str],
        bank_charges_percent: str,
        warn_days: int,
        lc_warn_days: int,
        presentation_days: int,
        departments: Sequence[str],
    ) -> OrderPolicy:
        """Return the policy; ConfigError for a plan that can't be read."""
        charges = {currency.upper(): Decimal(amount) for currency, amount in bank_charges.items()}
        return OrderPolicy(
            read_plan(plan),
            Tolerance(charges, Decimal(bank_charges_percent)),
            warn_days,
            lc_warn_days,
            presentation_days,
            tuple(departments),
        )
