"""Cost sheets, refund rates and exchange rates, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.domain.trade.shares import percent
from mailcrm.domain.trade.working import figure
from mailcrm.domain.words import _
from mailcrm.queries.rows import CostSheetRow, ExchangeRateRow, RefundImport, RefundRateRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_import", "show_rates", "show_refunds", "show_sheet", "show_sheets", "show_working"]

_MOST_SKIPPED = 20


def show_sheets(out: Output, rows: Sequence[CostSheetRow], core: Core) -> None:
    """Print cost sheets, one a line."""
    del core
    if not rows:
        out.line(_("There is no cost sheet yet. `mailcrm costsheet new` makes one."))
        return
    heads = (_("id"), "FOB", _("margin"), _("refund rate"), _("exchange rate"), _("made by"), "SKU", _("item"))
    cells = [
        (
            row.id,
            str(row.fob),
            _margin(row.margin),
            percent(row.refund_rate),
            f"{row.rate:f}",
            _("{user}, official", user=row.author) if row.official else row.author,
            row.sku,
            row.title,
        )
        for row in rows
    ]
    columns(out, heads, cells)


def show_sheet(out: Output, row: CostSheetRow, core: Core) -> None:
    """Print one cost sheet whole."""
    out.line(f"{row.id}  {row.title}", "heading")
    pairs(
        out,
        (
            ("SKU", row.sku),
            (_("made by"), _("{user}, official", user=row.author) if row.official else row.author),
            (_("HS code"), _hs(row)),
            (_("exchange rate"), _rate(row)),
            (_("note"), row.note),
        ),
    )
    out.line()
    show_working(out, row, core)


def show_working(out: Output, row: CostSheetRow, core: Core) -> None:
    """Print how the price came about, line by line, and what a change of the refund rate would leave."""
    del core
    from rich.cells import cell_len

    from mailcrm.tui.widgets.cells import fit

    lines = [(str(line.label), line.value) for line in row.working]
    if len(row.margins) > 1:
        lines += [(label, value) for label, value in _margins(row)]
    names = max((cell_len(label) for label, _value in lines), default=0)
    values = max((len(value) for _label, value in lines), default=0)
    for label, value in lines:
        out.line(f"{fit(label, names)}  {value:>{values}}")


def show_rates(out: Output, rows: Sequence[ExchangeRateRow], core: Core) -> None:
    """Print exchange rates, one a line."""
    del core
    if not rows:
        out.line(_("No exchange rate is written down. `mailcrm rate set USD 7.10 --source BANK` does it."))
        return
    heads = (
        _("id"),
        _("currencies"),
        _("bank buys at"),
        _("calculated with"),
        _("day"),
        _("working days old"),
        _("source"),
    )
    cells = [
        (
            row.id,
            f"{row.currency}/{row.base}",
            f"{row.buying:f}",
            f"{row.usable:f}",
            row.on.isoformat(),
            str(row.age) if row.fresh else _("{days}, too old", days=row.age),
            row.source,
        )
        for row in rows
    ]
    columns(out, heads, cells, ["" if row.fresh else "warn" for row in rows])


def show_refunds(out: Output, rows: Sequence[RefundRateRow], core: Core) -> None:
    """Print refund rates, one a line."""
    del core
    if not rows:
        out.line(_("No refund rate is written down. `mailcrm refund set CODE 9% --from DATE` does it."))
        return
    heads = (_("id"), _("HS code"), _("refund rate"), _("first day"), _("last day"), _("today"), _("source"))
    cells = [
        (
            row.id,
            row.hs,
            percent(row.rate),
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
            _("holds") if row.current else "",
            row.source,
        )
        for row in rows
    ]
    columns(out, heads, cells)


def show_import(out: Output, report: RefundImport, core: Core) -> None:
    """Print what a file would change."""
    del core
    out.line(
        _(
            "New: {created}. Changed: {updated}. Known already: {known}. Left out: {skipped}.",
            created=report.created,
            updated=report.updated,
            known=len(report.duplicates),
            skipped=len(report.skipped),
        )
    )
    for each in report.skipped[:_MOST_SKIPPED]:
        out.line(_("line {row}: {reason}", row=each.row, reason=each.reason), "warn")


def _margins(row: CostSheetRow) -> Iterator[tuple[str, str]]:
    for one in row.margins:
        days = {"rate": percent(one.refund_rate), "since": one.since, "until": one.until}
        label = (
            _("margin with a refund of {rate}, exported by {until}", **days)
            if one.until
            else _("margin with a refund of {rate}, exported from {since} on", **days)
        )
        yield label, _margin(one.margin)


def _margin(share: Decimal) -> str:
    return f"{figure(share * 100, 2)}%"


def _hs(row: CostSheetRow) -> str:
    return _("{hs}, exported on {day}", hs=row.hs, day=row.export_on) if row.hs else ""


def _rate(row: CostSheetRow) -> str:
    if row.rate_on is None:
        return ""
    source = row.rate_source or _("by hand")
    values = {"rate": f"{row.rate:f}", "source": source, "day": row.rate_on, "age": row.rate_age}
    if row.rate_fresh:
        return _("{rate}, {source}, {day}", **values)
    return _("{rate}, {source}, {day}: {age} working days old, too old for a quote", **values)
