"""Samples, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.samples.kinds import KIND_WORDS, Kind
from mailcrm.domain.samples.sheet import FIELD_WORDS
from mailcrm.domain.samples.states import STATE_WORDS, SampleState
from mailcrm.domain.words import _
from mailcrm.queries.rows import EvidenceRow, LedgerRow, PageRow, SampleRow, StepRow, TrackedRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_ledger", "show_page", "show_parcels", "show_sample", "show_samples"]

_OPEN = "✗"


def show_samples(out: Output, rows: Sequence[SampleRow], core: Core) -> None:
    """Print samples, one a line."""
    if not rows:
        out.line(_("There is no sample."))
        return
    cells = [
        (
            row.id,
            row.name,
            _state(row.state),
            row.company or row.contact or "",
            row.item,
            written(row.due, core.zone()),
            str(row.next_step),
        )
        for row in rows
    ]
    columns(out, (_("id"), _("number"), _("state"), _("with"), _("item"), _("due"), _("next step")), cells)


def _state(state: str) -> str:
    return str(STATE_WORDS[SampleState(state)]) if state else ""


def show_sample(out: Output, row: SampleRow, core: Core) -> None:
    """Print a sample with its history."""
    out.line(f"{row.id}  {row.name}  {row.item}", "heading")
    sheet = ((str(FIELD_WORDS[name]), _spelled(value)) for name, value in row.sheet.items() if name in FIELD_WORDS)
    pairs(
        out,
        [
            (_("state"), _state(row.state)),
            (_("next step"), str(row.next_step)),
            (_("due"), written(row.due, core.zone())),
            (_("missing"), ", ".join(str(one.title) for one in row.lacks)),
            (_("for"), " / ".join(one for one in (row.contact, row.company) if one)),
            (_("thread"), row.thread_id or ""),
            (_("kind"), str(KIND_WORDS[Kind(row.kind)])),
            *((name, text) for name, text in sheet if name != _("kind")),
            (_("signed by"), row.signature.by if row.signature and row.signature.holds else ""),
            (_("photos"), ", ".join(f"{one.id} {one.filename}" for one in row.photos)),
            (_("parcel"), f"{row.parcel.carrier} {row.parcel.awb} {row.parcel.on}".strip() if row.parcel else ""),
            (_("tracking"), row.parcel.tracking_url if row.parcel else ""),
            (_("delivered"), written(row.delivered_at, core.zone())),
        ],
    )
    for line in row.checklist:
        mark = "✓" if line["ok"] else "~" if line["deviation"] else _OPEN
        out.line(f"  {mark} {FIELD_WORDS[str(line['field'])]}: {line['asked']}  {line['deviation']}".rstrip())
    _history(out, row.history, core)
    if row.undo_feedback:
        out.line(
            _(
                "Where that mail was no answer to it, `mailcrm undo {action}` lets it be asked on.",
                action=row.undo_feedback,
            ),
            "muted",
        )


def _spelled(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['currency']} {value['amount']}"
    return "" if value is None else str(value)


def _history(out: Output, steps: Sequence[StepRow], core: Core) -> None:
    cells = [
        (written(step.at, core.zone()), step.actor, _state(step.to), _shown(step.evidence), str(step.reason or ""))
        for step in steps
    ]
    columns(out, (_("at"), _("by"), _("state"), _("shown by"), _("why")), cells)


def _shown(evidence: Sequence[EvidenceRow]) -> str:
    return ", ".join(one.brief for one in evidence)


def show_page(out: Output, row: PageRow, core: Core) -> None:
    """Print the whole of one sample."""
    card = row.card
    out.line(f"{card.number}  {card.title}", "heading")
    pairs(
        out,
        [
            (_("state"), _state(card.state)),
            (_("for"), " / ".join(one for one in (card.contact, card.company, card.country) if one)),
            (_("next step"), str(card.next_step)),
            (_("due"), written(card.due, core.zone())),
        ],
    )
    for section in row.sections:
        out.line()
        out.line(str(section.title), "heading")
        pairs(out, [(str(fact.label), fact.value or (_OPEN if fact.open_ else "")) for fact in section.facts])
    if row.papers:
        out.line()
        out.line(_("Files"), "heading")
        cells = [
            (one.id, one.kind, written(one.at, core.zone()), f"{one.size:,}", one.sha256[:16], one.filename)
            for one in row.papers
        ]
        columns(out, (_("id"), _("kind"), _("at"), _("octets"), _("sha256"), _("file")), cells)
    out.line()
    _history(out, row.history, core)


def show_parcels(out: Output, rows: Sequence[TrackedRow], core: Core) -> None:
    """Print the parcels that are under way, one a line, with the page to look at."""
    if not rows:
        out.line(_("No parcel is under way."))
        return
    cells = [
        (
            row.awb,
            row.carrier,
            _state(row.state),
            ", ".join(row.numbers),
            row.company or "",
            written(row.expected, core.zone()),
            row.tracking_url,
        )
        for row in rows
    ]
    looks = ["warn" if row.late else "" for row in rows]
    columns(
        out,
        (_("waybill"), _("courier"), _("state"), _("samples"), _("with"), _("expected"), _("tracking")),
        cells,
        looks,
    )


def show_ledger(out: Output, rows: Sequence[LedgerRow], _core: Core) -> None:
    """Print what samples cost, a customer a line."""
    if not rows:
        out.line(_("There is no sample."))
        return
    cells = [
        (
            row.company or row.contact or "",
            str(row.samples),
            str(row.won),
            str(row.lost),
            ", ".join(f"{one.currency} {one.samples}" for one in row.charges),
            ", ".join(f"{one.currency} {one.freight}" for one in row.charges),
            str(row.unpriced or ""),
            str(row.orders),
            ", ".join(map(str, row.ordered)),
        )
        for row in rows
    ]
    heads = (
        _("customer"),
        _("samples"),
        _("won"),
        _("lost"),
        _("cost"),
        _("freight"),
        _("unpriced"),
        _("orders"),
        _("ordered"),
    )
    columns(out, heads, cells)
