"""Refund rates, and what a file of them would change.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.trade.refund_file import read_refund_file
from mailcrm.domain.trade.refunds import RefundRate, checked_hs, place
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import RefundImport, RefundRateRow, SkippedRate
from mailcrm.records import RefundRateRecord
from mailcrm.store.refund_rates import refund_of

__all__ = ["refund_preview", "refund_rates"]

_SHORTEST_HS = 4


def refund_rates(session: Session, outlook: Outlook, *, hs: str = "") -> tuple[RefundRateRow, ...]:
    """Return the table, by code and day; `hs`: what may hold for that code, and the codes below it."""
    wanted = select(RefundRateRecord)
    if hs:
        digits = checked_hs(hs)
        headings = [digits[:length] for length in range(_SHORTEST_HS, len(digits) + 1)]
        code = col(RefundRateRecord.hs)
        wanted = wanted.where(or_(code.in_(headings), code.startswith(digits)))
    rows = session.exec(wanted.order_by(col(RefundRateRecord.hs), col(RefundRateRecord.since)))
    return tuple(_row(row, outlook) for row in rows)


def refund_preview(session: Session, outlook: Outlook, *, content: bytes) -> RefundImport:
    """Return what `import_refunds` of these bytes would do."""
    del outlook
    table: dict[str, tuple[RefundRate, ...]] = {}
    for row in session.exec(select(RefundRateRecord)):
        table[row.hs] = (*table.get(row.hs, ()), refund_of(row))
    read, unread = read_refund_file(content)
    skipped = [SkippedRate(each.row, each.reason) for each in unread]
    states: dict[str, list[int]] = {"created": [], "updated": [], "duplicate": []}
    for each in read:
        known = table.get(each.rate.hs, ())
        try:
            placing = place(known, each.rate)
        except RefusedByRule as error:
            skipped.append(SkippedRate(each.row, error.sentence))
            continue
        states[placing.state].append(each.row)
        table[each.rate.hs] = placing.applied(known, each.rate)
    return RefundImport(
        created=len(states["created"]),
        updated=len(states["updated"]),
        skipped=tuple(sorted(skipped, key=lambda one: one.row)),
        duplicates=tuple(states["duplicate"]),
    )


def _row(row: RefundRateRecord, outlook: Outlook) -> RefundRateRow:
    rate = refund_of(row)
    return RefundRateRow(
        id=f"v{row.id}",
        hs=rate.hs,
        rate=rate.rate,
        since=rate.since,
        until=rate.until,
        current=rate.holds(outlook.today),
        source=row.source,
        set_by=row.set_by,
        set_at=row.set_at,
    )
