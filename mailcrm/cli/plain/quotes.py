"""Quotes, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.quotes.carriage import told
from mailcrm.domain.quotes.content import Carriage
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import _
from mailcrm.queries.rows import QuoteLineRow, QuoteListRow, QuoteRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_findings", "show_quote", "show_quotes"]


def _state(row: QuoteListRow) -> str:
    return str(QUOTE_STATE_WORDS[QuoteState(row.state)])


def show_quotes(out: Output, rows: Sequence[QuoteListRow], core: Core) -> None:
    """Print quotes, one a line."""
    del core
    if not rows:
        out.line(_("There is no quote. `mailcrm quote new THREAD` begins one."))
        return
    cells = [
        (
            row.id,
            row.number,
            _state(row),
            str(row.total or ""),
            str(row.valid_until or ""),
            row.company or row.contact or "",
        )
        for row in rows
    ]
    columns(out, (_("id"), _("number"), _("state"), _("total"), _("valid until"), _("customer")), cells)


def show_quote(out: Output, row: QuoteRow, core: Core) -> None:
    """Print a quote: what it says, what is left of each price, what the checks say, how it came here."""
    out.line(f"{row.number} · {_state(row)} · {row.company or row.contact or ''}", "heading")
    known = [
        (_("total"), str(row.total or "")),
        (_("delivery"), row.incoterm),
        (_("freight"), _freight(row)),
        (_("payment"), str(row.terms["payment"])),
        (_("lead time"), " · ".join(filter(None, [str(row.terms["lead_time"]), str(row.terms["lead_from"])]))),
        (_("valid until"), f"{row.valid_until or ''} ({row.terms['zone']})"),
        (_("price list"), row.price_list),
        (_("inquiry"), row.inquiry or ""),
        (_("content"), row.hash[:8]),
        (_("approved"), f"{row.approval.by}, {written(row.approval.until, core.zone())}" if row.approval else ""),
        (_("note"), row.note),
        (_("PDF"), row.pdf or ""),
    ]
    pairs(out, [(name, printable_line(value)) for name, value in known])
    for line in row.lines:
        _line(out, line)
    show_findings(out, row)
    if row.history:
        out.line()
        columns(
            out,
            (_("when"), _("who"), _("state"), _("shown by"), _("why")),
            [
                (
                    written(step.at, core.zone()),
                    step.actor,
                    str(QUOTE_STATE_WORDS[QuoteState(step.to)]),
                    " ".join(one.brief for one in step.evidence),
                    str(step.reason or ""),
                )
                for step in row.history
            ],
        )
    if row.papers:
        out.line()
        columns(
            out,
            (_("file"), _("kind"), _("valid until"), _("name")),
            [(paper.id, paper.kind, str(paper.valid_until or ""), paper.filename) for paper in row.papers],
        )


def _freight(row: QuoteRow) -> str:
    """Return how the freight is found and until when it holds, "" where the quote has none."""
    carriage = row.terms["carriage"]
    if isinstance(carriage, Mapping):
        found = str(told(Carriage.from_json(carriage)))
    else:
        found = _("{amount} a piece", amount=f"{row.currency} {row.terms['freight']}") if row.terms["freight"] else ""
    until = row.terms["freight_until"]
    return _("{freight}, until {day}", freight=found, day=until) if found and until else found


def _line(out: Output, line: QuoteLineRow) -> None:
    out.line()
    described = " · ".join(filter(None, [line.sku, line.description]))
    out.line(
        printable_line(f"{line.number}. {described}: {line.quantity:,} {line.unit} × {line.price} = {line.amount}")
    )
    pairs(out, [(f"   {each.label}", each.value) for each in line.working])


def show_findings(out: Output, row: QuoteRow) -> None:
    """Print what the checks say, each with its rule and its mend."""
    for found in row.checks:
        out.line()
        out.line(f"{found.number}. {found.rule}", "muted")
        out.line(printable_line(f"   {found.problem}"), "bad" if found.refuses else "warn")
        out.line(printable_line(f"   {found.fix}"))
