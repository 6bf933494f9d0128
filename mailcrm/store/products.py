"""Products in the database.

Room: store. In: what a person typed ("p7", an item number), or what a table says. Out: records, and values of domain.trade.product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound, UsageError
from mailcrm.domain.sheets import Remark
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.product import Product, checked_sku, with_values
from mailcrm.domain.trade.product_file import NewProducts
from mailcrm.domain.words import say
from mailcrm.records import ProductRecord
from mailcrm.store.finding import numbered

__all__ = ["Plan", "add_product", "change_product", "plan_of", "product_by_sku", "product_named", "product_of"]


def product_of(record: ProductRecord) -> Product:
    """Return a record's value."""
    return Product.from_json(record.content)


def product_by_sku(session: Session, sku: str) -> ProductRecord | None:
    """Return the product of an item number, None where nobody wrote it down."""
    return session.exec(select(ProductRecord).where(col(ProductRecord.sku_key) == sku_key(sku))).first()


def product_named(session: Session, given: str) -> ProductRecord:
    """Return the product of an id, "p7", or of an item number; an item that is called like an id goes before it."""
    found = product_by_sku(session, given)
    if found is None and (known := numbered(given, "p")) is not None:
        found = session.get(ProductRecord, known)
    if found is None:
        raise NotFound(
            say("There is no product {given}.", given=given.strip() or "—"),
            say("`mailcrm product list` shows ids and item numbers."),
        )
    return found


def add_product(session: Session, product: Product, at: datetime) -> ProductRecord:
    """Write a new product."""
    record = ProductRecord(
        sku=product.sku,
        sku_key=sku_key(product.sku),
        hs=product.hs,
        content=product.to_json(),
        created_at=at,
        changed_at=at,
    )
    session.add(record)
    session.flush()
    return record


def change_product(session: Session, record: ProductRecord, product: Product, at: datetime) -> None:
    """Let the record say what `product` says."""
    record.hs, record.content, record.changed_at = product.hs, product.to_json(), at
    session.add(record)


@dataclass(frozen=True)
class Plan:
    """What a table does to the products that there are; `skipped`: rows that fit none of the products as they are."""

    created: Sequence[Product]
    updated: Sequence[tuple[ProductRecord, Product]]
    unchanged: int
    skipped: Sequence[Remark]


def plan_of(session: Session, new: NewProducts) -> Plan:
    """Return what a table does; the same table a second time does nothing."""
    known = {record.sku_key: record for record in session.exec(select(ProductRecord))}
    created: list[Product] = []
    updated: list[tuple[ProductRecord, Product]] = []
    skipped: list[Remark] = []
    unchanged = 0
    for entry in new.entries:
        record = known.get(sku_key(entry.sku))
        before = product_of(record) if record else Product(checked_sku(entry.sku))
        try:
            after = with_values(before, entry.values)
        except UsageError as error:
            skipped.append(Remark(entry.row, error.sentence))
            continue
        if record is None:
            created.append(after)
        elif after != before:
            updated.append((record, after))
        else:
            unchanged += 1
    return Plan(created, updated, unchanged, skipped)
