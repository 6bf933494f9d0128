"""Inquiries, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.quotes.inquiry import INQUIRY_STATE_WORDS, InquiryItem
from mailcrm.domain.words import _
from mailcrm.queries.rows import ChecklistRow, InquiryRow
from mailcrm.tui.terms import CHANNELS, term

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_inquiries", "show_inquiry"]

_MARKS = {"open": "–", "asked": "?", "answered": "✓", "refused": "✗"}
_LOOKS = {"open": "warn", "asked": "", "answered": "good", "refused": "muted"}


def show_inquiries(out: Output, rows: Sequence[InquiryRow], core: Core) -> None:
    """Print inquiries, one a line."""
    if not rows:
        out.line(_("No inquiry is open."))
        return
    cells = [
        (
            row.id,
            str(INQUIRY_STATE_WORDS[row.state]),
            written(row.created_at, core.zone())[:10],
            row.company or row.contact,
            row.thread_id or "",
            f"{sum(one.state != 'open' for one in row.checklist)}/{len(row.checklist)}",
            ", ".join(one.text or one.sku for one in row.items),
        )
        for row in rows
    ]
    heads = (_("id"), _("state"), _("noted"), _("with"), _("thread"), _("asked"), _("items"))
    columns(out, heads, cells)


def show_inquiry(out: Output, row: InquiryRow, core: Core) -> None:
    """Print an inquiry."""
    out.line(f"{row.id}  {row.company or row.contact}", "heading")
    pairs(
        out,
        [
            (_("state"), str(INQUIRY_STATE_WORDS[row.state])),
            (_("lost because"), row.lost_reason),
            (_("contact"), f"{row.contact} {row.contact_id}"),
            (_("thread"), " ".join(part for part in (row.thread_id, row.message_id) if part)),
            (_("came"), str(term(CHANNELS, row.channel).title) if row.channel in CHANNELS else _("by mail")),
            (_("terms"), row.incoterm),
            (_("wanted by"), row.wanted_by),
            (_("certificates"), row.certificates),
            (_("packing"), row.packing),
            (_("note"), row.note),
            (_("can we make it"), _feasibility(row)),
            (_("noted"), written(row.created_at, core.zone())),
        ],
    )
    if row.items:
        out.line()
        heads = ("", _("SKU"), _("their number"), _("quantity"), _("a year"), _("target"), _("item"))
        columns(out, heads, [_item(number, one) for number, one in enumerate(row.items, 1)])
    out.line()
    for one in row.checklist:
        out.line(f"{_MARKS[one.state]} {_question(one)}", _LOOKS[one.state])
    if row.open is not None:
        out.line()
        out.line(str(row.open), "warn")
    if row.ask:
        out.line(
            _("To ask: `--template inquiry_ask --var {variable}`", variable=f'"missing={row.ask["missing"]}"'), "muted"
        )


def _item(number: int, one: InquiryItem) -> tuple[str, ...]:
    target = str(one.target) if one.target else ""
    return (
        str(number),
        one.sku,
        one.customer_item,
        _count(one.quantity, one.unit),
        _count(one.yearly, one.unit),
        target,
        one.text,
    )


def _count(value: Decimal | None, unit: str) -> str:
    return f"{value:,f} {unit}".strip() if value is not None else ""


def _question(one: ChecklistRow) -> str:
    if one.state == "answered":
        return _("{question}: {answer}", question=one.question, answer=one.text)
    if one.state == "asked":
        return _("{question}: asked on {day}", question=one.question, day=one.on)
    if one.state == "refused":
        return _("{question}: they won't tell ({day})", question=one.question, day=one.on)
    return _("{question}: not asked yet", question=one.question)


def _feasibility(row: InquiryRow) -> str:
    asked = row.feasibility
    if asked.answer:
        return asked.answer
    if asked.asked_of and asked.due:
        return _("asked {who}, to be told by {day}", who=asked.asked_of, day=asked.due)
    return _("asked {who}", who=asked.asked_of) if asked.asked_of else ""
