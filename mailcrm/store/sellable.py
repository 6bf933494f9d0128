"""What is known of the articles of a quote: what the product record fills in, the cost sheet behind a price, our bank block.

Room: store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import NotFound
from mailcrm.domain.quotes.checks.facts import SheetFacts
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.product import Product
from mailcrm.records import CostSheetRecord
from mailcrm.store.cost_sheets import cost_sheet_named, cost_sheet_of
from mailcrm.store.our_company import registered_block
from mailcrm.store.products import product_by_sku, product_of

__all__ = ["filled_in", "sheet_of"]

_COUNTED = 60  # days: an older rate is too old by any rule


def filled_in(session: Session, content: QuoteContent) -> QuoteContent:
    """Return the content with what nobody typed and the house knows: articles, cost sheets, the registered bank block."""
    content = replace(content, lines=tuple(_line(session, line) for line in content.lines))
    if content.bank:
        return content
    return replace(content, bank=registered_block(session, content.currency, content.entity or None))


def _line(session: Session, line: QuoteLine) -> QuoteLine:
    record = product_by_sku(session, line.sku)
    product = product_of(record) if record is not None else Product(line.sku)
    known: dict[str, Any] = {
        "description": product.name_en,
        "hs": product.hs,
        "photo": product.photo,
        "moq": product.moq,
        "pcs_per_carton": product.pcs_per_carton,
        "carton": product.carton,
        "cbm": product.volume,
        "net_weight": product.net_weight,
        "gross_weight": product.gross_weight,
        "cost_sheet": _newest_sheet(session, line.sku),
    }
    missing = {name: value for name, value in known.items() if value not in (None, "") and not getattr(line, name)}
    return replace(line, **missing)


def _newest_sheet(session: Session, sku: str) -> str:
    """Return the newest cost sheet of an article, an official one before a self-made one; "" where there is none."""
    rows = session.exec(
        select(CostSheetRecord.id, CostSheetRecord.sku)
        .where(col(CostSheetRecord.sku) != "")
        .order_by(col(CostSheetRecord.official).desc(), col(CostSheetRecord.id).desc())
    )
    return next((f"g{sheet}" for sheet, of in rows if sku_key(of) == sku_key(sku)), "")


def sheet_of(session: Session, given: str, today: date, office: Office) -> SheetFacts | None:
    """Return the cost sheet that a line names; None where it names none that there is."""
    try:
        row = cost_sheet_named(session, given) if given else None
    except NotFound:
        row = None
    if row is None:
        return None
    sheet = cost_sheet_of(row)
    on = sheet.rate_on
    age = None
    if on is not None:
        days = min((today - on).days, _COUNTED)
        age = sum(office.is_working_day(date.fromordinal(today.toordinal() - back)) for back in range(max(days, 0)))
    return SheetFacts(f"g{row.id}", row.official, sheet.costing.cost.currency, on, age)
