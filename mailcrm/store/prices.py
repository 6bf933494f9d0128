"""Price lists in the database: which one holds, its lines, and applying another one.

Room: store. In: records, or a list as it was read out of a file. Out: values of domain.trade.pricelist. A list is written once, with all
its lines and the file that it was made of.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.pricelist import PriceLine, PriceList, Validity, line_for, valid_on
from mailcrm.domain.trade.pricelist_file import NewPriceList
from mailcrm.domain.words import say
from mailcrm.records import PriceLineRecord, PriceListRecord
from mailcrm.store.bulk import add_rows, table_of
from mailcrm.store.finding import numbered
from mailcrm.store.papers import NewPaper, keep_paper

__all__ = [
    "Priced",
    "add_price_list",
    "known_lists",
    "list_named",
    "list_valid_on",
    "price_list",
    "priced",
    "validity_of",
]


@dataclass(frozen=True, slots=True)
class Priced:
    """What an item costs by the list that holds: the list's version, and its line."""

    version: str
    line: PriceLine


def known_lists(session: Session) -> Sequence[PriceListRecord]:
    """Return every list in the order in which they were applied."""
    return session.exec(select(PriceListRecord).order_by(col(PriceListRecord.id))).all()


def validity_of(record: PriceListRecord) -> Validity:
    """Return when a list holds."""
    return Validity(record.version, record.valid_from, record.valid_until)


def list_valid_on(session: Session, day: date) -> PriceListRecord | None:
    """Return the list that holds on a day of our office."""
    of_validity = {validity_of(record): record for record in known_lists(session)}
    found = valid_on(of_validity, day)
    return of_validity[found] if found is not None else None


def list_named(session: Session, given: str) -> PriceListRecord:
    """Return the list of a version, "v7", or of an id, "pl3"."""
    wanted = given.strip()
    by_version = select(PriceListRecord).where(col(PriceListRecord.version) == wanted)
    found = session.exec(by_version).first()
    if found is None and (known := numbered(wanted, "pl")) is not None:
        found = session.get(PriceListRecord, known)
    if found is None:
        raise NotFound(
            say("There is no price list {version}.", version=wanted or "—"),
            say("`mailcrm pricelist list` shows the lists."),
        )
    return found


def price_list(session: Session, record: PriceListRecord) -> PriceList:
    """Return a list whole, its lines in the order of the file."""
    return PriceList(validity_of(record), record.currency, _lines(session, record, None))


def priced(session: Session, sku: str, quantity: Decimal | int, day: date) -> Priced | None:
    """Return what `sku` costs on a day of our office from so many on; None where no list holds, or it has no such line."""
    record = list_valid_on(session, day)
    if record is None:
        return None
    line = line_for(_lines(session, record, [sku]), sku, quantity)
    return Priced(record.version, line) if line is not None else None


def _lines(session: Session, record: PriceListRecord, skus: Collection[str] | None) -> tuple[PriceLine, ...]:
    wanted = select(PriceLineRecord).where(col(PriceLineRecord.list_id) == record.id)
    if skus is not None:
        wanted = wanted.where(col(PriceLineRecord.sku_key).in_([sku_key(sku) for sku in skus]))
    return tuple(
        PriceLine(
            sku=row.sku,
            description=row.description,
            unit=row.unit,
            qty_break=row.qty_break,
            fob=Money(row.fob, record.currency),
            floor=Money(row.floor, record.currency),
        )
        for row in session.exec(wanted.order_by(col(PriceLineRecord.id)))
    )


def add_price_list(session: Session, new: NewPriceList, *, at: datetime, by: str) -> PriceListRecord:
    """Write a list, its lines and its file."""
    record = PriceListRecord(
        version=new.validity.version,
        valid_from=new.validity.valid_from,
        valid_until=new.validity.valid_until,
        currency=new.draft.currency,
        sha256=new.sha256,
        filename=new.filename,
        applied_at=at,
        applied_by=by,
    )
    session.add(record)
    session.flush()
    assert record.id is not None  # noqa: S101  (it was just given)
    rows = [
        {
            "list_id": record.id,
            "sku": line.sku,
            "sku_key": sku_key(line.sku),
            "description": line.description,
            "unit": line.unit,
            "qty_break": line.qty_break,
            "fob": line.fob.amount,
            "floor": line.floor.amount,
        }
        for line in new.draft.lines
    ]
    add_rows(session, table_of(PriceLineRecord), rows)
    keep_paper(session, "price_list", record.id, NewPaper("source", new.filename, new.content), at=at, actor=by)
    return record
