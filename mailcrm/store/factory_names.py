"""What the factory calls our articles: the Chinese names of products.

Room: store.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from mailcrm.domain.trade.cells import sku_key
from mailcrm.records import ProductRecord

__all__ = ["chinese_names"]


def chinese_names(session: Session, skus: Collection[str]) -> dict[str, str]:
    """Return article → Chinese name, of those that have one."""
    keys = {sku_key(sku): sku for sku in skus}
    known = select(ProductRecord.sku_key, ProductRecord.content).where(col(ProductRecord.sku_key).in_(keys))
    named = {keys[key]: str(content.get("name_zh") or "") for key, content in session.exec(known)}
    return {sku: name for sku, name in named.items() if name}
