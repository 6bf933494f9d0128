"""Rows of cost sheets, refund rates and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence

__all__ = ["CostSheetRow", "ExchangeRateRow", "MarginRow", "RefundImport", "RefundRateRow", "SkippedRate", "WorkingRow"]


@dataclass(frozen=True, slots=True)
class WorkingRow:
    """One line of a working: what it is, and the figure as it is printed."""

    label: Sentence
    value: str


@dataclass(frozen=True, slots=True)
class MarginRow:
    """What a price leaves under one refund rate: `margin` is a share of it; exports from `since` to `until` get that rate."""

    refund_rate: Decimal
    since: date
    until: date | None
    margin: Decimal


@dataclass(frozen=True, slots=True)
class CostSheetRow:
    """A cost sheet. Shares are of 1 (0.09 is 9 %), cut to six decimals where they were calculated.

    `fob` is the price that came out, `price` the one that `margin` and `exchange_cost` (换汇成本: what one unit of the price's currency
    costs) are of. `rate_fresh`: its exchange rate may still stand behind a quote; None where it needs none. `margins`: one for each refund
    rate between today and the day of export; more than one means that the rate changes meanwhile. `working` is shown by one sheet only.
    """

    id: str
    title: str
    sku: str
    kind: str
    official: bool
    cost: Money
    charges: Money
    vat: Decimal
    refund_rate: Decimal
    refund: Money
    profit: Decimal
    bank: Decimal
    commission: Decimal
    hs: str
    export_on: date | None
    currency: str
    rate: Decimal
    rate_source: str
    rate_on: date | None
    rate_age: int | None
    rate_fresh: bool | None
    fob: Money
    price: Money
    margin: Decimal
    exchange_cost: Decimal
    margins: tuple[MarginRow, ...]
    author: str
    created_at: datetime
    note: str
    content_hash: str
    working: tuple[WorkingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeRateRow:
    """One `currency` is bought for `buying` of `base`; `usable` is what is calculated with, `age` in working days."""

    id: str
    currency: str
    base: str
    buying: Decimal
    usable: Decimal
    source: str
    on: date
    age: int
    fresh: bool
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class RefundRateRow:
    """`rate` is refunded of exports of `hs` from `since` to `until`; `current`: today's."""

    id: str
    hs: str
    rate: Decimal
    since: date
    until: date | None
    current: bool
    source: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class SkippedRate:
    """A row of a file that isn't taken over, and why."""

    row: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class RefundImport:
    """What a file would change: counts, and the rows that are left out. `duplicates`: rows that the table has already."""

    created: int
    updated: int
    skipped: tuple[SkippedRate, ...]
    duplicates: tuple[int, ...]
