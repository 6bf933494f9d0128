"""Apply a table of products: new ones are written down, known ones get what the table says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.trade.product import Product
from mailcrm.domain.trade.product_file import NewProducts
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ProductRecord
from mailcrm.store.products import add_product, change_product, plan_of

__all__ = ["COMMAND", "ApplyProducts"]


@dataclass(frozen=True)
class ApplyProducts:
    """Apply `new`, as `product_preview` read it out of a file."""

    new: NewProducts

    verb: ClassVar[str] = "apply_products"
    title: ClassVar[Sentence] = say("Import products")
    help: ClassVar[Sentence] = say(
        "Write down the products of a table; of those that are known only what the table says is changed."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write them."""
        plan = plan_of(session, self.new)
        before = {
            "created": [add_product(session, product, situation.now).id for product in plan.created],
            "updated": {str(record.id): record.content for record, _product in plan.updated},
        }
        for record, product in plan.updated:
            change_product(session, record, product, situation.now)
        said = say(
            "Products: {created} new, {updated} changed, {unchanged} as before.",
            created=len(plan.created),
            updated=len(plan.updated),
            unchanged=plan.unchanged,
        )
        return Done(said, before=before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove the new ones, and give the others what they said before."""
        for created in before["created"]:
            session.delete(session.get_one(ProductRecord, created))
        for number, content in before["updated"].items():
            change_product(
                session, session.get_one(ProductRecord, int(number)), Product.from_json(content), situation.now
            )
        return frozenset()


COMMAND = ApplyProducts
