"""Orders, as `--json` and the plain lists show them.

Room: queries. Money is `{"amount", "currency"}`, as everywhere; what an order says besides stands as in domain.orders.content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.deals import EvidenceRow, PaperRow, StepRow

__all__ = ["ChangeRow", "ClaimRow", "CreditRow", "MilestoneRow", "MissingRow", "OrderRow", "SheetRow"]

Amount = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """Something that a gate waits for, and how it is mended."""

    name: str
    title: Sentence
    mend: Sentence


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone. `state`: "open", "done", "skipped", "waived"; `variables` fill `suggested_template`, None where no mail belongs to it."""

    name: str
    stage: str
    title: Sentence
    state: str
    due: date | None
    late: bool
    owner: str
    done_on: date | None
    by: str
    evidence: tuple[EvidenceRow, ...]
    reason: Sentence | None
    suggested_template: str | None
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Deposit or balance. `state`: "due", "seen" (a slip only), "partly", "credited"."""

    amount: Amount
    due: date | None
    state: str
    received: Amount
    open_: Amount
    slip_on: date | None
    credited_on: date | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditRow:
    """The letter of credit: its dates, and what is wrong with them."""

    number: str
    bank: str
    latest_shipment: date | None
    expiry: date | None
    presentation_days: int
    present_by: date | None
    problems: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change that was asked for; `late`: behind the gate."""

    asked_on: date
    what: str
    touches: str
    late: bool
    cost: Amount | None
    cause: str
    bears: str
    decision: str
    decided_by: str
    evidence: str
    by: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order. `state`: the step that was taken last; `stage`: where it stands on the board; `content`: all that it says.

    `gates`: what production and release still wait for; empty where they are open. `payable`: `total`, and what changes cost the customer
    (`content.extras`).
    """

    id: str
    number: str
    state: str
    stage: str
    title: str
    company: str | None
    contact: str
    contact_id: str
    country: str | None
    grade: str | None
    thread_id: str | None
    quote_id: str | None
    owner: str
    total: Amount
    payable: Amount
    next_step: Sentence
    due: datetime | None
    late: bool
    deposit: ClaimRow | None
    balance: ClaimRow | None
    lc: CreditRow | None
    gates: Mapping[str, tuple[MissingRow, ...]]
    milestones: tuple[MilestoneRow, ...]
    changes: tuple[ChangeRow, ...]
    content: Mapping[str, Any]
    content_hash: str
    history: tuple[StepRow, ...]
    papers: tuple[PaperRow, ...]
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The work order: Chinese in whatever language; `sections`: title → rows of label and value. `sent`: to whom this version went, and who has read it."""

    order: str
    number: str
    version: int
    title: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    content_hash: str
    sent: Mapping[str, str]
