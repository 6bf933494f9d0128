"""Price lists, what they change, and what importing one would do, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.sheets import Remark
from mailcrm.domain.text import printable_line
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence, _, plural, say
from mailcrm.queries.rows import (
    PriceChangeRow,
    PriceDiffPage,
    PriceDiffRow,
    PriceListPage,
    PriceListPreview,
    PriceListRow,
    TouchedLineRow,
)

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_diff", "show_list", "show_lists", "show_preview", "show_remarks"]

_STATES = {
    "valid": say("valid"),
    "upcoming": say("upcoming"),
    "withdrawn": say("withdrawn"),
    "expired": say("expired"),
}
_KINDS = {"added": say("new"), "removed": say("gone"), "changed": say("changed")}
_LOOKS = {"added": "good", "removed": "warn", "changed": ""}


def show_lists(out: Output, rows: Sequence[PriceListRow], _core: Core) -> None:
    """Print the lists, one a line."""
    if not rows:
        out.line(_("There is no price list yet."))
        return
    cells = [
        (
            row.version,
            str(_STATES[row.state]),
            str(row.valid_from),
            str(row.valid_until or ""),
            row.currency,
            str(row.items),
            str(row.lines),
            row.file,
        )
        for row in rows
    ]
    heads = (
        _("version"),
        _("state"),
        _("first day"),
        _("last day"),
        _("currency"),
        _("items"),
        _("lines"),
        _("source file"),
    )
    columns(out, heads, cells, ["" if row.state == "valid" else "muted" for row in rows])


def show_list(out: Output, row: PriceListPage, _core: Core) -> None:
    """Print a list with its prices."""
    out.line(_("Price list {version}, {state}", version=row.version, state=_STATES[row.state]), "heading")
    out.line(_validity(row))
    cells = [
        (line.sku, str(line.qty_break), line.unit, line.fob.digits, line.floor.digits, line.description)
        for line in row.prices
    ]
    columns(out, (_("SKU"), _("quantity"), _("unit"), _("FOB"), _("floor"), _("description")), _right(cells, (1, 3, 4)))


def _validity(row: PriceListRow | PriceListPreview) -> str:
    if row.valid_until is None:
        return _("{currency}, valid from {day} until the next list", currency=row.currency, day=row.valid_from)
    return _(
        "{currency}, valid from {day} to {until}", currency=row.currency, day=row.valid_from, until=row.valid_until
    )


def _right(rows: Sequence[tuple[str, ...]], places: Sequence[int]) -> list[tuple[str, ...]]:
    """Return the cells, those of the columns at `places` moved to the right, so that digits stand below digits."""
    widths = {place: max((len(row[place]) for row in rows), default=0) for place in places}
    return [tuple(cell.rjust(widths.get(place, 0)) for place, cell in enumerate(row)) for row in rows]


def show_diff(out: Output, row: PriceDiffPage, _core: Core) -> None:
    """Print what changes from one list to another, and the quotes that this touches."""
    _changes(out, row)
    _touched(out, row.touches)


def _changes(out: Output, row: PriceDiffRow) -> None:
    out.line(_("From {before} to {after}", before=row.before, after=row.after), "heading")
    out.line(
        _(
            "new {added}, gone {removed}, changed {changed}, as before {unchanged}",
            added=row.added,
            removed=row.removed,
            changed=row.changed,
            unchanged=row.unchanged,
        )
    )
    if not row.changes:
        return
    cells = [
        (
            str(_KINDS[change.kind]),
            change.sku,
            str(change.qty_break),
            _unit(change),
            _digits(change.fob_before),
            _digits(change.fob_after),
            _percent(change.fob_percent),
            _digits(change.floor_before),
            _digits(change.floor_after),
            _percent(change.floor_percent),
            change.description,
        )
        for change in row.changes
    ]
    heads = (
        _("change"),
        _("SKU"),
        _("quantity"),
        _("unit"),
        _("FOB"),
        _("new FOB"),
        "%",
        _("floor"),
        _("new floor"),
        "%",
        _("description"),
    )
    columns(out, heads, _right(cells, (2, *range(4, 10))), [_LOOKS[change.kind] for change in row.changes])


def _touched(out: Output, rows: Sequence[TouchedLineRow]) -> None:
    """Print the lines of live quotes that a list touches; those that fall below the new floor say so in words."""
    if not rows:
        return
    quotes, below = len({row.quote for row in rows}), sum(bool(row.below) for row in rows)
    out.line()
    out.line(plural("It touches {count} live quote", "It touches {count} live quotes", quotes), "heading")
    if below:
        out.line(plural("{count} line falls below its floor", "{count} lines fall below their floor", below), "bad")
    cells = [
        (
            row.quote,
            row.number,
            str(QUOTE_STATE_WORDS[QuoteState(row.state)]),
            row.sku,
            f"{row.quantity:,}",
            row.price.digits,
            _digits(row.floor_before),
            _digits(row.floor_after) or _("gone"),
            _digits(row.least_price),
            _verdict(row),
            printable_line(row.company or ""),
        )
        for row in rows
    ]
    heads = (
        _("id"),
        _("quote"),
        _("state"),
        _("SKU"),
        _("quantity"),
        _("price"),
        _("floor"),
        _("new floor"),
        _("least price"),
        _("verdict"),
        _("customer"),
    )
    columns(out, heads, _right(cells, (4, 5, 6, 7, 8)), ["bad" if row.below else "" for row in rows])


def _verdict(row: TouchedLineRow) -> str:
    if row.below is None:
        return _("can't be told")
    return _("below") if row.below else _("above")


def _unit(change: PriceChangeRow) -> str:
    changed = change.unit_before and change.unit_before != change.unit
    return f"{change.unit_before} → {change.unit}" if changed else change.unit


def _digits(money: Money | None) -> str:
    return money.digits if money else ""


def _percent(value: Decimal | None) -> str:
    return f"{value:+f}" if value else ""


def show_preview(out: Output, row: PriceListPreview, _core: Core) -> None:
    """Print what importing a file does, or would do."""
    if row.known:
        out.line(_("{file} was applied before, as {version}; nothing changes.", file=row.file, version=row.known))
        return
    out.line(_("{file}: price list {version}", file=row.file, version=row.version), "heading")
    out.line(_validity(row))
    out.line(plural("{count} line", "{count} lines", row.created))
    if row.diff is not None:
        out.line()
        _changes(out, row.diff)
    _touched(out, row.touches)
    show_remarks(out, say("Left out"), row.skipped, "bad")
    show_remarks(out, say("Look at these"), row.warnings, "warn")


def show_remarks(out: Output, title: Sentence, remarks: Sequence[Remark], look: str) -> None:
    """Print what is to be said about rows of a table."""
    if not remarks:
        return
    out.line()
    out.line(_("{title}: {count}", title=title, count=len(remarks)), look)
    for remark in remarks:
        where = _("row {row}", row=remark.row) if remark.row else _("the whole list")
        out.line(f"  {where}  {remark.reason}")
