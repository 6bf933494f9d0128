"""Inquiries: who asks for what, and what is not known of it yet.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.quotes.inquiry import Feasibility, InquiryItem
from mailcrm.domain.words import Sentence
from mailcrm.queries.rows.deals import StepRow

__all__ = ["ChecklistRow", "InquiryRow"]


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A question of the customer checklist: `state` "open", "asked", "answered" or "refused", and since when."""

    topic: str
    question: Sentence
    state: str
    text: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """An inquiry. `open`: what nobody asked yet, None where all six questions are settled; `ask`: what the template inquiry_ask takes."""

    id: str
    state: str
    channel: str
    company: str | None
    company_id: str | None
    contact: str
    contact_id: str
    thread_id: str | None
    message_id: str | None
    items: tuple[InquiryItem, ...]
    incoterm: str
    wanted_by: str
    certificates: str
    packing: str
    note: str
    checklist: tuple[ChecklistRow, ...]
    open: Sentence | None
    ask: Mapping[str, str]
    feasibility: Feasibility
    lost_reason: str
    created_at: datetime
    changed_at: datetime
    history: tuple[StepRow, ...] = ()
