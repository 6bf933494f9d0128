"""Products, and what importing some would do.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.sheets import Remark
from mailcrm.domain.trade.product import Certificate, Product

__all__ = ["ProductPreview", "ProductRow"]


@dataclass(frozen=True, slots=True)
class ProductRow(Product):
    """A product with its id, "p7". `expired_certificates`: those that don't hold today any more."""

    id: str = ""
    expired_certificates: tuple[Certificate, ...] = ()
    created_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProductPreview:
    """What importing a file does, or would do: how many products it makes, changes, and leaves as they are."""

    file: str
    created: int
    updated: int
    unchanged: int
    skipped: tuple[Remark, ...]
    duplicates: tuple[Remark, ...]
    applied: bool = False
