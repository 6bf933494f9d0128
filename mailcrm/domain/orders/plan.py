"""When each milestone is due: the plan from the settings, counted from what is known of the order.

Room: domain. In: rules like "shipment-35" or "order+7" and the days of an order. Out: a day for each milestone that can be counted; one
whose anchor isn't known yet has none. A day that a person set is not touched by the plan.

    order        the day on which the order was made
    shipment     its latest shipment
    on_board     the day on board, else its ETD, else its latest shipment
    eta          its ETA
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.orders.milestones import MILESTONES
from mailcrm.domain.words import say

__all__ = ["Days", "Rule", "planned", "read_plan"]

_RULE = re.compile(r"(order|shipment|on_board|eta)(?:([+-])(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Rule:
    """So many calendar days behind (before: below zero) an anchor."""

    anchor: str
    days: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an order that milestones are counted from."""

    order: date
    shipment: date | None = None
    on_board: date | None = None
    eta: date | None = None

    def of(self, anchor: str) -> date | None:
        """Return the day of an anchor."""
        known = {"order": self.order, "shipment": self.shipment, "on_board": self.on_board or self.shipment}
        return known.get(anchor, self.eta)


def read_plan(written: Mapping[str, str]) -> dict[str, Rule]:
    """Return the rules of `[orders.plan]`; ConfigError names the first that can't be read."""
    known = {one.name for one in MILESTONES}
    plan: dict[str, Rule] = {}
    for name, text in written.items():
        found = _RULE.fullmatch(text.replace(" ", ""))
        if name not in known or found is None:
            raise ConfigError(
                say("The setting orders.plan.{name} can't be {value}.", name=name, value=repr(text)),
                say('Name a milestone, and days such as "order+7", "shipment-10", "on_board+3" or "eta".'),
            )
        days = int(found[3] or 0)
        plan[name] = Rule(found[1], -days if found[2] == "-" else days)
    return plan


def planned(plan: Mapping[str, Rule], days: Days) -> dict[str, date]:
    """Return when each milestone is due whose anchor is known; never before the order was made."""
    found: dict[str, date] = {}
    for name, rule in plan.items():
        anchor = days.of(rule.anchor)
        if anchor is not None:
            found[name] = max(anchor + timedelta(days=rule.days), days.order)
    return found
