"""Products: one, all, and what a table would do to them.

Room: queries.
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields

from sqlmodel import Session, col, select

from mailcrm.domain.trade.product import Product
from mailcrm.domain.trade.product_file import NewProducts
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ProductPreview, ProductRow
from mailcrm.records import ProductRecord
from mailcrm.store.products import plan_of, product_named, product_of

__all__ = ["product", "product_preview", "products"]


def product(session: Session, outlook: Outlook, *, id: str) -> ProductRow:  # noqa: A002  (as on the command line)
    """Return a product, by its id or its item number."""
    return _row(product_named(session, id), outlook)


def products(session: Session, outlook: Outlook, *, words: str = "") -> tuple[ProductRow, ...]:
    """Return the products in the order of their item numbers; `words`: all of which stand in number, names or specification."""
    records = session.exec(select(ProductRecord).order_by(col(ProductRecord.sku_key)))
    wanted = _folded(words).split()
    rows = (_row(record, outlook) for record in records)
    return tuple(row for row in rows if all(word in _told(row) for word in wanted))


def _told(row: ProductRow) -> str:
    return _folded(f"{row.sku} {row.name_en} {row.name_zh} {row.specification} {row.material} {row.hs}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _row(record: ProductRecord, outlook: Outlook) -> ProductRow:
    value = product_of(record)
    return ProductRow(
        **{field.name: getattr(value, field.name) for field in fields(Product)},
        id=f"p{record.id}",
        expired_certificates=value.expired(outlook.today),
        created_at=record.created_at,
        changed_at=record.changed_at,
    )


def product_preview(session: Session, outlook: Outlook, new: NewProducts, *, file: str) -> ProductPreview:
    """Return what a table would do."""
    del outlook
    plan = plan_of(session, new)
    return ProductPreview(
        file=file,
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=plan.unchanged,
        skipped=tuple(sorted((*new.skipped, *plan.skipped), key=lambda remark: remark.row)),
        duplicates=new.duplicates,
    )
