"""The shipped templates with likely answers, for the tests of their manners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from mailcrm.outbox.render import TemplateInfo, TemplateStore, Value, packaged_templates

SHIPPED = TemplateStore([packaged_templates()])
TODAY = date(2026, 11, 23)
ESTIMATE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LANGUAGES = ("de", "en", "es", "fr", "pt", "ru", "zh")
SECOND_LANGUAGES = ("en", "es", "zh")
HOLDING = ("holding", "promise_extend")
REASONS = ("price", "factory", "sample", "documents", "other")
SERIES = {
    "nudge": ("nudge_1", "nudge_2", "nudge_3"),
    "quote_followup": ("quote_followup_1", "quote_followup_2", "quote_followup_3"),
    "sample_followup": ("sample_followup_1", "sample_followup_2", "sample_followup_3"),
}
FOLLOW_UPS = tuple(name for names in SERIES.values() for name in names)
FIRST = (
    *(*HOLDING, "inquiry_ask", "quote_cover", "plain_reply", "late_apology", "sample_shipped", "sample_delivered"),
    *("sample_exception", "quote_expiring", "quote_withdrawn"),
    *FOLLOW_UPS,
)
SECOND = (
    *("pi_send", "deposit_request", "slip_received", "money_received", "confirm_packing_marks_colour"),
    *("pp_sample_approval", "production_progress", "delay_notice", "shipping_advice", "documents_copy"),
    *("balance_request", "originals_sent", "telex_released", "complaint_received", "complaint_result"),
    *("sample_fee_request", "sample_decline", "bank_details_never_changed"),
)
ALL = sorted([(name, language) for name in FIRST for language in LANGUAGES])
ALL += sorted([(name, language) for name in SECOND for language in SECOND_LANGUAGES])

ANSWERS: dict[str, Value] = {
    "amount": "USD 3,750.00",
    "answers": "1. IP65, 2. 30 pcs a carton",
    "arrives_on": date(2026, 11, 30),
    "asked": "Colour?",
    "asked_on": date(2026, 11, 24),
    "bl": "NGB2611884",
    "body": "USD 1.20 FOB Ningbo.",
    "cause": "the paint dried more slowly in the rain",
    "colour": "RAL 7016",
    "container": "TGHU 3811204 / 88120",
    "courier": "DHL",
    "credited_on": date(2026, 11, 24),
    "delivered_on": date(2026, 11, 24),
    "documents": "invoice, packing_list, bl, CIQ",
    "due_on": date(2026, 11, 30),
    "estimate": ESTIMATE,
    "eta": date(2026, 12, 28),
    "etd": date(2026, 11, 24),
    "extra": "USD 120.00: logo (RAL 7016)",
    "fee": "USD 45.00",
    "instead": "a swatch in the same finish",
    "issue": "scratches",
    "marks": "HB / HAMBURG / 1-40",
    "measures": "another drying room",
    "missing": "certificates, packing",
    "needed": "photos, video, marks, quantity, use, wish, RAL?",
    "next_step": "CNC: 12/40",
    "note": "IP65, 30 pcs a carton.",
    "offer": "40 new pieces",
    "order": "PO-8812",
    "packing": "30 pcs a carton",
    "paid_for": "PI-118",
    "pi": "PI-118",
    "progress": "CNC: 40/40. QC: 12/40.",
    "promised": datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    "quotation": "Q-2026-118",
    "ready_on": date(2026, 12, 15),
    "refunded_from": "500 pcs",
    "release": "production",
    "remedy": "20 pieces by air",
    "sample": "S-12",
    "shipped_on": date(2026, 11, 23),
    "stops_on": date(2026, 11, 30),
    "valid_until": "2026-12-31",
    "vessel": "Ever Given 048W",
    "waybill": "1234567890",
}
PROGRAM: dict[str, Value] = {
    "our_zone": "Asia/Shanghai",
    "their_zone": "Europe/Berlin",
    "their_place": "Hamburg",
    "sender_name": "Li Lei",
}


@dataclass(frozen=True)
class Letter:
    """A rendered template; `how` names reason and release, and whether the optional questions were answered."""

    info: TemplateInfo
    how: str
    body: str


def answered(info: TemplateInfo, *, full: bool) -> dict[str, Value]:
    return {asked.name: ANSWERS[asked.name] for asked in info.questions if asked.required or full}


@cache
def letters(name: str, language: str) -> tuple[Letter, ...]:
    """Return a template in every way it has: each reason, each release, with and without the optional answers."""
    return tuple(_rendered(name, language, {}))


def letter_to(name: str, language: str, contact: dict[str, Value]) -> str:
    """Return what a template says to a contact."""
    return next(_rendered(name, language, contact)).body


def _rendered(name: str, language: str, given: dict[str, Value]) -> Iterator[Letter]:
    info = SHIPPED.info(name, language)
    choices = [{"reason": reason} for reason in info.reasons]
    choices = (
        choices or [{"release": step} for step in ("production", "shipment") if "release" in info.variables] or [{}]
    )
    for full in (False, True):
        for choice in choices:
            values = answered(info, full=full) | PROGRAM | choice | given
            body = SHIPPED.render(name, language, values).body
            yield Letter(info, f"{choice} full={full}", body)
