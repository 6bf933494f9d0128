"""Samples as `--json` shows them: the whole record, the ledger of what they cost, and parcels on their way.

Room: queries. What screens show is in `deals`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.deals import PaperRow, StepRow
from mailcrm.queries.rows.orders import MissingRow

__all__ = ["ChargeRow", "LedgerRow", "ParcelRow", "SampleRow", "SignatureRow", "StatusRow", "TrackedRow"]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature; `holds`: the sheet still says exactly what was signed. `part`: manager, deputy or alone."""

    by: str
    at: datetime
    content: str
    part: str
    stands_for: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """How it left; `tracking_url` "" where there is no waybill. `expected`: until when it should be there."""

    mode: str
    on: date
    carrier: str
    awb: str
    tracking_url: str
    freight: Mapping[str, str] | None
    same_parcel: bool
    expected: datetime | None = None


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample in its present version; `name` is the number as it is printed, `sheet` its fields, money as in cli.md.

    `checklist`: line, what the sheet asks, ok, deviation. `missing`: the names of what the next step on the way lacks, `lacks` the same in words. `follow_ups`: when each left. `papers`: every
    kept file, photos among them. `undo_feedback`: the action by which a mail counts as the feedback, to be taken back where it was none.
    """

    id: str
    number: str
    version: int
    name: str
    state: str
    kind: str
    direction: str
    item: str
    company: str | None
    contact: str | None
    country: str | None
    thread_id: str | None
    message_id: str | None
    author: str
    created_at: datetime
    since: datetime
    next_step: Sentence
    due: datetime | None
    missing: tuple[str, ...]
    lacks: tuple[MissingRow, ...]
    sheet: Mapping[str, object]
    content_hash: str
    signature: SignatureRow | None
    checklist: tuple[Mapping[str, object], ...]
    photos: tuple[PaperRow, ...]
    papers: tuple[PaperRow, ...]
    parcel: ParcelRow | None
    earlier_parcels: tuple[ParcelRow, ...]
    delivered_at: datetime | None
    signed_for_by: str
    asked_at: datetime | None
    follow_ups: tuple[datetime, ...]
    feedback: tuple[Mapping[str, object], ...]
    undo_feedback: str | None
    suggested_template: str | None
    history: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """What we spent in one currency: on making samples, and on their freight; what the customer pays isn't in it."""

    currency: str
    samples: str
    freight: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A customer's samples against the orders that they won. `unpriced`: samples whose cost, or freight, nobody wrote down.

    `won` are the samples on which an order followed; `orders` all that the customer gave us and didn't cancel, `ordered` their totals, one a currency.
    """

    company: str | None
    contact: str | None
    samples: int
    shipped: int
    won: int
    lost: int
    under_way: int
    charges: tuple[ChargeRow, ...]
    unpriced: int
    orders: int
    ordered: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class TrackedRow:
    """A parcel that is under way, with the samples in it and the courier's page."""

    awb: str
    carrier: str
    tracking_url: str
    samples: tuple[str, ...]
    numbers: tuple[str, ...]
    company: str | None
    state: str
    shipped_on: date | None
    expected: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What came of one pasted line: the samples with that waybill, and those of them that it moved."""

    awb: str
    status: str
    samples: tuple[str, ...]
    changed: tuple[str, ...]
