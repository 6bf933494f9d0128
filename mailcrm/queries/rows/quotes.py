"""Quotes, as `quote list` and `quote show` tell them.

Room: queries. Boards and pages have rows of their own (`deals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.deals import PaperRow, StepRow
from mailcrm.queries.rows.trade import WorkingRow

__all__ = ["ApprovalRow", "FindingRow", "LiveQuoteRow", "QuoteLineRow", "QuoteListRow", "QuoteRow"]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What one of the ten checks found. `refuses`: it is to be mended; else a manager may let it pass. `line` counts from 1.

    `verb` and `asked`: the verb that mends it, and what is to be given to it; "" where `fix` is all that can be said.
    """

    number: int
    rule: Sentence
    problem: Sentence
    fix: Sentence
    refuses: bool
    line: int | None = None
    verb: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class QuoteLineRow:
    """A line. `net_fob`, `floor` and `least_price` by the price list that is valid today, None where it has no floor for it.

    `details`: whatever else is said of the article; `freight`: of a piece, where it is found from the carton, cut after five decimals. `marked`: its floor is another one than when the line was last checked.
    """

    number: int
    sku: str
    description: str
    quantity: int
    unit: str
    price: Money
    amount: Money
    net_fob: Money | None
    floor: Money | None
    least_price: Money | None
    allowed: bool | None
    price_list: str
    cost_sheet: str
    marked: bool
    details: Mapping[str, str]
    working: tuple[WorkingRow, ...] = ()
    freight: str | None = None


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """Who let the content of this hash pass, until when; `own`: it was the manager's own quote; `holds` now."""

    by: str
    at: datetime
    until: datetime
    hash: str
    own: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class QuoteListRow:
    """A version of a quotation, as it is stored. `number` is the printed one, with its version; `terms` what it says besides its lines.

    `follow_up`: how many were due so far. `outgoing`: the mail of ours that carried it, `mail` the last one that was written to carry or withdraw it.
    """

    id: str
    number: str
    version: int
    state: str
    thread_id: str
    message_id: str
    company: str | None
    contact: str | None
    country: str | None
    grade: str | None
    owner: str
    author: str
    currency: str
    incoterm: str
    total: Money | None
    valid_until: date | None
    expires_at: datetime | None
    sent_at: datetime | None
    external: bool
    outgoing: str | None
    mail: str | None
    follow_up: int
    next_due: datetime | None
    inquiry: str | None
    price_list: str
    hash: str
    pdf: str | None
    approval: ApprovalRow | None
    note: str
    terms: Mapping[str, object]
    history: tuple[StepRow, ...]
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class QuoteRow(QuoteListRow):
    """A version with its lines, what their prices leave, and its `checks` of today, () where all pass."""

    lines: tuple[QuoteLineRow, ...]
    checks: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class LiveQuoteRow:
    """A quote that the customer has, or is about to get, with the articles of it that are asked about."""

    id: str
    number: str
    state: str
    company: str | None
    skus: tuple[str, ...]
    valid_until: date | None
    total: Money | None
