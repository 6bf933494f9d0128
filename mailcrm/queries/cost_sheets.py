"""Cost sheets, with what a price leaves of them today.

Room: queries.
"""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, col, select

from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.domain.trade.exact import nearest_to
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.trade.rates import ExchangeRate
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import CostSheetRow, MarginRow, WorkingRow
from mailcrm.records import CostSheetRecord
from mailcrm.store.cost_sheets import cost_sheet_named, cost_sheet_of
from mailcrm.store.refund_rates import refund_table

__all__ = ["cost_sheet", "cost_sheets"]

_SHARE = Decimal("0.000001")
_FIGURE = Decimal("0.0001")


def cost_sheets(session: Session, outlook: Outlook, *, sku: str = "") -> tuple[CostSheetRow, ...]:
    """Return the cost sheets, the youngest first; of one `sku` only, where that is given."""
    wanted = select(CostSheetRecord).order_by(col(CostSheetRecord.id).desc())
    if sku:
        wanted = wanted.where(col(CostSheetRecord.sku) == sku.strip())
    return tuple(_row(session, outlook, row) for row in session.exec(wanted))


def cost_sheet(session: Session, outlook: Outlook, *, id: str, price: str = "") -> CostSheetRow:  # noqa: A002  (as on the command line)
    """Return one, with its working; `price`: and what another FOB price than its own would leave."""
    row = cost_sheet_named(session, id)
    sheet = cost_sheet_of(row)
    at = parse_money(price, sheet.costing.currency) if price else None
    return _row(session, outlook, row, at, whole=True)


def _row(
    session: Session, outlook: Outlook, row: CostSheetRecord, at: Money | None = None, *, whole: bool = False
) -> CostSheetRow:
    sheet = cost_sheet_of(row)
    costing = sheet.costing
    price = at or costing.price
    age, fresh = _age(sheet, outlook)
    return CostSheetRow(
        id=f"g{row.id}",
        title=sheet.title,
        sku=sheet.sku,
        kind=costing.kind,
        official=sheet.official,
        cost=costing.cost,
        charges=costing.charges,
        vat=costing.vat,
        refund_rate=costing.refund_rate,
        refund=Money(nearest_to(costing.refund, _FIGURE), costing.cost.currency),
        profit=costing.profit,
        bank=costing.bank,
        commission=costing.commission,
        hs=sheet.hs,
        export_on=sheet.export_on,
        currency=costing.currency,
        rate=costing.rate,
        rate_source=sheet.rate_source,
        rate_on=sheet.rate_on,
        rate_age=age,
        rate_fresh=fresh,
        fob=costing.price,
        price=price,
        margin=nearest_to(costing.margin(price), _SHARE),
        exchange_cost=nearest_to(costing.cost_of_a_unit(price), _FIGURE),
        margins=_margins(session, outlook, sheet, price),
        author=row.author,
        created_at=row.created_at,
        note=sheet.note,
        content_hash=row.content_hash,
        working=tuple(WorkingRow(line.label, line.value) for line in costing.working(at)) if whole else (),
    )


def _age(sheet: CostSheet, outlook: Outlook) -> tuple[int | None, bool | None]:
    costing = sheet.costing
    if sheet.rate_on is None:
        return None, None
    rate = ExchangeRate(costing.currency, costing.cost.currency, costing.rate, sheet.rate_source, sheet.rate_on)
    working = outlook.policies.office.is_working_day
    return rate.age(outlook.today, working), rate.is_fresh(outlook.today, working, outlook.policies.trade.rate_days)


def _margins(session: Session, outlook: Outlook, sheet: CostSheet, price: Money) -> tuple[MarginRow, ...]:
    if not sheet.hs or sheet.export_on is None:
        return ()
    first, last = sorted((outlook.today, sheet.export_on))
    found = sheet.margins(price, refund_table(session, sheet.hs), first, last)
    return tuple(MarginRow(rate.rate, rate.since, rate.until, nearest_to(margin, _SHARE)) for rate, margin in found)
