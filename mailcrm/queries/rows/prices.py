"""Price lists, what they change, and what importing one would do.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mailcrm.domain.sheets import Remark
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.pricelist import PriceLine

__all__ = [
    "PriceChangeRow",
    "PriceDiffPage",
    "PriceDiffRow",
    "PriceListPage",
    "PriceListPreview",
    "PriceListRow",
    "TouchedLineRow",
]


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """A list that was applied; `state`: "valid", "upcoming", "withdrawn" or "expired" today."""

    id: str
    version: str
    state: str
    valid_from: date
    valid_until: date | None
    currency: str
    items: int
    lines: int
    file: str
    sha256: str
    applied_at: datetime
    applied_by: str


@dataclass(frozen=True, slots=True)
class PriceListPage(PriceListRow):
    """A list with its prices."""

    prices: tuple[PriceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceChangeRow:
    """A line that differs: `kind` "added", "removed" or "changed"; the percentages are those of the later price over the earlier.

    `unit_before`: the unit of the earlier line, "" where there is none.
    """

    kind: str
    sku: str
    description: str
    unit: str
    unit_before: str
    qty_break: int
    fob_before: Money | None
    fob_after: Money | None
    fob_percent: Decimal | None
    floor_before: Money | None
    floor_after: Money | None
    floor_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceDiffRow:
    """What list `after` changes in list `before`, both by their version."""

    before: str
    after: str
    added: int
    removed: int
    changed: int
    unchanged: int
    changes: tuple[PriceChangeRow, ...]


@dataclass(frozen=True, slots=True)
class TouchedLineRow:
    """A line of a live quote for which the later list asks something else; `line` counts from 1, `number` is the quote's printed one.

    `floor_after` is None where the list has the article no more (or not for so few). `below`: the price is under the new floor, net FOB;
    None where that can't be told.
    """

    quote: str
    number: str
    state: str
    company: str | None
    line: int
    sku: str
    quantity: int
    price: Money
    net_fob: Money | None
    floor_before: Money | None
    floor_after: Money | None
    least_price: Money | None
    below: bool | None


@dataclass(frozen=True, slots=True)
class PriceDiffPage(PriceDiffRow):
    """What a list changes, and the live quotes that this touches."""

    touches: tuple[TouchedLineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceListPreview:
    """What importing a file does, or would do.

    `created`: lines of the new list; `updated` none ever, since lists are not changed. `known`: the version that this very file was
    applied as before, which is then left alone. `diff`: against the list whose place it takes; None where it is the first. `touches`:
    what it means for quotes that are being written or are with a customer.
    """

    file: str
    sha256: str
    version: str
    valid_from: date
    valid_until: date | None
    currency: str
    created: int
    updated: int
    skipped: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    known: str | None = None
    diff: PriceDiffRow | None = None
    touches: tuple[TouchedLineRow, ...] = ()
    applied: bool = False
    id: str | None = None
