"""Cost sheet (核价单): the figures behind a price, with what they were taken from.

Room: domain. A sheet isn't changed: another one is made. Its hash is what a quote remembers, so that an approval is of these figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mailcrm.domain.trade.costing import Costing
from mailcrm.domain.trade.exact import Exact
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.refunds import RefundRate, rates_between

__all__ = ["CostSheet"]

_SHARES = ("vat", "refund_rate", "profit", "bank", "commission", "rate", "step")


@dataclass(frozen=True, slots=True)
class CostSheet:
    """`title` and `sku` say of what. `hs` and `export_on` are whose refund rate it is, "" and None where a person gave that.

    `rate_source` and `rate_on`: whose buying rate of which day it is, the margin taken off already; `rate_source` is "" for one that was
    given by hand, `rate_on` None where the cost is in the price's currency. `official`: made by whoever sets the costs; a self-made sheet makes a quote wait for approval.
    """

    title: str
    costing: Costing
    sku: str = ""
    hs: str = ""
    export_on: date | None = None
    rate_source: str = ""
    rate_on: date | None = None
    official: bool = False
    note: str = ""

    def margins(
        self, at: Money, table: Iterable[RefundRate], first: date, last: date
    ) -> tuple[tuple[RefundRate, Exact], ...]:
        """Return the margin of the FOB price `at` under each refund rate that an export from `first` to `last` may meet."""
        met = rates_between(table, self.hs, first, last) if self.hs else ()
        return tuple((rate, replace(self.costing, refund_rate=rate.rate).margin(at)) for rate in met)

    def to_json(self) -> dict[str, Any]:
        """Return the storable form: amounts and shares as text, dates in ISO 8601."""
        costing = self.costing
        return {
            "title": self.title,
            "sku": self.sku,
            "hs": self.hs,
            "export_on": self.export_on.isoformat() if self.export_on else None,
            "rate_source": self.rate_source,
            "rate_on": self.rate_on.isoformat() if self.rate_on else None,
            "official": self.official,
            "note": self.note,
            "kind": costing.kind,
            "cost": costing.cost.to_json(),
            "charges": costing.charges.to_json(),
            "currency": costing.currency,
            **{name: f"{getattr(costing, name):f}" for name in _SHARES},
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> CostSheet:
        """Return what `to_json` stored."""
        costing = Costing(
            kind=stored["kind"],
            cost=Money.from_json(stored["cost"]),
            charges=Money.from_json(stored["charges"]),
            currency=stored["currency"],
            **{name: Decimal(stored[name]) for name in _SHARES},
        )
        return CostSheet(
            title=stored["title"],
            costing=costing,
            sku=stored["sku"],
            hs=stored["hs"],
            export_on=_day(stored["export_on"]),
            rate_source=stored["rate_source"],
            rate_on=_day(stored["rate_on"]),
            official=stored["official"],
            note=stored["note"],
        )

    def content_hash(self) -> str:
        """Return the sha256 of the canonical JSON."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
