"""Products, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.prices import show_remarks
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.domain.trade.product import Certificate
from mailcrm.domain.words import _, active_language, say
from mailcrm.queries.rows import ProductPreview, ProductRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_preview", "show_product", "show_products"]


def show_products(out: Output, rows: Sequence[ProductRow], _core: Core) -> None:
    """Print products, one a line."""
    if not rows:
        out.line(_("No product fits."))
        return
    cells = [
        (row.id, row.sku, _name(row), row.unit, str(row.moq or ""), row.hs, row.carton, row.specification)
        for row in rows
    ]
    heads = (_("id"), _("SKU"), _("name"), _("unit"), _("MOQ"), _("HS code"), _("carton"), _("specification"))
    columns(out, heads, cells)


def _name(row: ProductRow) -> str:
    mine, other = (row.name_zh, row.name_en) if active_language() == "zh" else (row.name_en, row.name_zh)
    return mine or other


def show_product(out: Output, row: ProductRow, _core: Core) -> None:
    """Print a product."""
    out.line(f"{row.id}  {row.sku}  {_name(row)}".rstrip(), "heading")
    pairs(
        out,
        [
            (_("English name"), row.name_en),
            (_("Chinese name"), row.name_zh),
            (_("photo"), row.photo),
            (_("specification"), row.specification),
            (_("material"), row.material),
            (_("HS code"), row.hs),
            (_("tax refund"), _percent(row.refund_rate)),
            (_("unit"), row.unit),
            (_("MOQ"), str(row.moq or "")),
            (_("lead time"), row.lead_time),
            (_("pieces a carton"), str(row.pcs_per_carton or "")),
            (_("carton"), _carton(row)),
            (_("net weight"), _number(row.net_weight, "kg")),
            (_("gross weight"), _number(row.gross_weight, "kg")),
            *((_("certificate"), _certificate(one, row)) for one in row.certificates),
        ],
    )
    for one in row.answers:
        out.line()
        out.line(one.question, "heading")
        out.block(one.answer, "  ")


def _percent(rate: Decimal | None) -> str:
    return f"{(rate * 100).normalize():f} %" if rate is not None else ""


def _number(value: Decimal | None, unit: str) -> str:
    return f"{value:f} {unit}" if value is not None else ""


def _carton(row: ProductRow) -> str:
    size = f"{row.carton} cm" if row.carton else ""
    volume = row.volume
    return "  ".join(part for part in (size, f"{volume.normalize():f} m³" if volume is not None else "") if part)


def _certificate(one: Certificate, row: ProductRow) -> str:
    if one.expires is None:
        return one.name
    if one in row.expired_certificates:
        return _("{name}, expired on {day}", name=one.name, day=one.expires)
    return _("{name}, until {day}", name=one.name, day=one.expires)


def show_preview(out: Output, row: ProductPreview, _core: Core) -> None:
    """Print what importing a file does, or would do."""
    out.line(row.file, "heading")
    out.line(
        _(
            "new {created}, changed {updated}, as before {unchanged}",
            created=row.created,
            updated=row.updated,
            unchanged=row.unchanged,
        )
    )
    show_remarks(out, say("Left out"), row.skipped, "bad")
    show_remarks(out, say("There twice"), row.duplicates, "warn")
