"""What is known of the articles of a quote: what the product record fills in, the cost sheet behind a price, our bank block.

Room: store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import NotFound
from mailcrm.domain.quotes.articles import with_lead_time, with_product
from mailcrm.domain.quotes.checks.facts import SheetFacts
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.product import Product
from mailcrm.records import CostSheetRecord, ProductRecord
from mailcrm.store.cost_sheets import cost_sheet_named, cost_sheet_of
from mailcrm.store.our_company import registered_block
from mailcrm.store.products import product_of

__all__ = ["filled_in", "sheet_of"]

_COUNTED = 60  # days: an older rate is too old by any rule


def filled_in(session: Session, content: QuoteContent) -> QuoteContent:
    """Return the content with what nobody typed and the house knows: articles, cost sheets, the registered bank block."""
    products = _products(session, content)
    lines = tuple(_line(session, line, products.get(sku_key(line.sku))) for line in content.lines)
    content = with_lead_time(replace(content, lines=lines), products.values())
    if content.bank:
        return content
    return replace(content, bank=registered_block(session, content.currency, content.entity or None))


def _line(session: Session, line: QuoteLine, product: Product | None) -> QuoteLine:
    if product is not None:
        line = with_product(line, product)
    if not line.cost_sheet:
        line = replace(line, cost_sheet=_newest_sheet(session, line.sku))
    return replace(line, unit=line.unit or "pcs")


def _products(session: Session, content: QuoteContent) -> dict[str, Product]:
    keys = {sku_key(line.sku) for line in content.lines}
    rows = session.exec(select(ProductRecord).where(col(ProductRecord.sku_key).in_(keys)))
    return {row.sku_key: product_of(row) for row in rows}


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
