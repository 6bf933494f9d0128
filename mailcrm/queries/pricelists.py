"""Price lists, what one changes in another, and what a file would change.

Room: queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.sheets import Remark
from mailcrm.domain.trade.pricelist import PriceList, last_begun, state_on
from mailcrm.domain.trade.pricelist_diff import Change, changes_between, jumps
from mailcrm.domain.trade.pricelist_file import NewPriceList
from mailcrm.domain.words import say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import (
    PriceChangeRow,
    PriceDiffPage,
    PriceDiffRow,
    PriceListPage,
    PriceListPreview,
    PriceListRow,
)
from mailcrm.queries.touched_quotes import touched_by
from mailcrm.records import PriceLineRecord, PriceListRecord
from mailcrm.store.prices import known_lists, list_named, list_valid_on, price_list, validity_of

__all__ = ["pricelist", "pricelist_diff", "pricelist_preview", "pricelists"]


def pricelists(session: Session, outlook: Outlook) -> tuple[PriceListRow, ...]:
    """Return every list, that which is valid last first."""
    line = PriceLineRecord
    counted = select(line.list_id, func.count(), func.count(func.distinct(line.sku_key))).group_by(col(line.list_id))
    counts = {list_id: (lines, items) for list_id, lines, items in session.exec(counted)}
    records = known_lists(session)
    known = [validity_of(record) for record in records]
    ordered = sorted(records, key=lambda record: (record.valid_from, record.id), reverse=True)
    return tuple(
        _row(record, counts.get(record.id or 0, (0, 0)), state_on(validity_of(record), known, outlook.today))
        for record in ordered
    )


def _row(record: PriceListRecord, counts: tuple[int, int], state: str) -> PriceListRow:
    lines, items = counts
    return PriceListRow(
        id=f"pl{record.id}",
        version=record.version,
        state=state,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        currency=record.currency,
        items=items,
        lines=lines,
        file=record.filename,
        sha256=record.sha256,
        applied_at=record.applied_at,
        applied_by=record.applied_by,
    )


def pricelist(session: Session, outlook: Outlook, *, version: str = "") -> PriceListPage:
    """Return a list with its prices: `version`, else the one that is valid today; NotFound where none is."""
    record = list_named(session, version) if version else list_valid_on(session, outlook.today)
    if record is None:
        raise NotFound(
            say("No price list is valid today."),
            say("`mailcrm pricelist import FILE` makes one; `mailcrm pricelist list` shows those that there are."),
        )
    row = next(one for one in pricelists(session, outlook) if one.id == f"pl{record.id}")
    known = {field.name: getattr(row, field.name) for field in fields(row)}
    return PriceListPage(**known, prices=price_list(session, record).lines)


def pricelist_diff(session: Session, outlook: Outlook, *, before: str = "", after: str = "") -> PriceDiffPage:
    """Return what list `after` changes in `before`, and the live quotes that this touches.

    Without `after` the one that becomes valid last is meant; without `before` the one whose place it takes.
    """
    later = list_named(session, after) if after else _last(session)
    applied_before = [record for record in known_lists(session) if (record.id or 0) < (later.id or 0)]
    earlier = list_named(session, before) if before else _holding(applied_before, later.valid_from)
    if earlier is None:
        raise NotFound(
            say("No list comes before {version}, so there is nothing to compare it with.", version=later.version),
            say("Name two: `mailcrm pricelist diff v6 v7`."),
        )
    lists = price_list(session, earlier), price_list(session, later)
    found = _diff(*lists)
    known = {field.name: getattr(found, field.name) for field in fields(found)}
    return PriceDiffPage(**known, touches=touched_by(session, outlook, *lists))


def _holding(records: Sequence[PriceListRecord], day: date) -> PriceListRecord | None:
    """Return the list whose place one takes that becomes valid on `day`."""
    of_validity = {validity_of(record): record for record in records}
    found = last_begun(of_validity, day)
    return of_validity[found] if found is not None else None


def _last(session: Session) -> PriceListRecord:
    records = sorted(known_lists(session), key=lambda record: (record.valid_from, record.id))
    if not records:
        raise NotFound(say("There is no price list yet."), say("`mailcrm pricelist import FILE` makes one."))
    return records[-1]


def pricelist_preview(
    session: Session, outlook: Outlook, new: NewPriceList, limit: Decimal, *, named: bool
) -> PriceListPreview:
    """Return what applying `new` would do; `named`: a person said its version or its first day.

    `limit`: of how many percent a price may move without a remark.
    """
    draft, validity = new.draft, new.validity
    records = known_lists(session)
    same = next((record for record in records if record.sha256 == new.sha256), None)
    if same is not None and named and (same.version, same.valid_from) != (validity.version, validity.valid_from):
        same = None
    holds = _holding(records, validity.valid_from)
    earlier = price_list(session, holds) if holds else None
    later = PriceList(validity, draft.currency, draft.lines)
    warnings = [*draft.warnings, *(jumps(earlier, draft.lines, draft.rows, limit) if earlier else ())]
    if validity.valid_from < outlook.today:
        warnings.append(Remark(0, say("The list becomes valid on {day}, which is past.", day=validity.valid_from)))
    return PriceListPreview(
        file=new.filename,
        sha256=new.sha256,
        version=same.version if same else validity.version,
        valid_from=same.valid_from if same else validity.valid_from,
        valid_until=same.valid_until if same else validity.valid_until,
        currency=draft.currency,
        created=0 if same else len(draft.lines),
        updated=0,
        skipped=draft.skipped,
        warnings=tuple(sorted(warnings, key=lambda remark: remark.row)) if not same else draft.warnings,
        known=same.version if same else None,
        diff=_diff(earlier, later) if earlier and not same else None,
        touches=touched_by(session, outlook, earlier, later) if not same else (),
        id=f"pl{same.id}" if same else None,
    )


def _diff(earlier: PriceList, later: PriceList) -> PriceDiffRow:
    changes = changes_between(earlier, later)
    counts = Counter(change.kind for change in changes)
    return PriceDiffRow(
        before=earlier.validity.version,
        after=later.validity.version,
        added=counts["added"],
        removed=counts["removed"],
        changed=counts["changed"],
        unchanged=len(later.lines) - counts["added"] - counts["changed"],
        changes=tuple(map(_change, changes)),
    )


def _change(change: Change) -> PriceChangeRow:
    before, after, line = change.before, change.after, change.line
    return PriceChangeRow(
        kind=change.kind,
        sku=line.sku,
        description=line.description,
        unit=line.unit,
        unit_before=before.unit if before else "",
        qty_break=line.qty_break,
        fob_before=before.fob if before else None,
        fob_after=after.fob if after else None,
        fob_percent=change.fob_percent,
        floor_before=before.floor if before else None,
        floor_after=after.floor if after else None,
        floor_percent=change.floor_percent,
    )
