"""Write down a product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.edit_product import changed
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.trade.product import Product, checked_sku
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ProductRecord
from mailcrm.store.products import add_product, product_by_sku

__all__ = ["COMMAND", "NewProduct"]


@dataclass(frozen=True)
class NewProduct:
    """Write down item `sku`; the rest as in `edit_product`, but for the photo."""

    sku: str
    values: Mapping[str, str] = field(default_factory=dict)
    certificates: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    verb: ClassVar[str] = "new_product"
    title: ClassVar[Sentence] = say("Write down a product")
    help: ClassVar[Sentence] = say(
        "Write down a product of ours: names, specification, HS code, carton, certificates, what we say to the usual questions."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule where the item is known."""
        sku = checked_sku(self.sku)
        known = product_by_sku(session, sku)
        if known is not None:
            raise RefusedByRule(
                say("{sku} is known already, as {id}.", sku=known.sku, id=f"p{known.id}"),
                say("`mailcrm product edit {id}` changes it.", id=f"p{known.id}"),
            )
        record = add_product(
            session, changed(Product(sku), self.values, self.certificates, self.answers), situation.now
        )
        shown = ("product", {"id": f"p{record.id}"})
        return Done(
            say("{sku} is written down, as {id}.", sku=sku, id=f"p{record.id}"), shows=shown, before={"id": record.id}
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove it."""
        del situation
        session.delete(session.get_one(ProductRecord, before["id"]))
        return frozenset()


COMMAND = NewProduct
