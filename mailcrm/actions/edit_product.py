"""Edit a product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import UsageError
from mailcrm.domain.file_kinds import look_at
from mailcrm.domain.trade.product import Product, with_answer, with_certificate, with_values
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ProductRecord
from mailcrm.store.papers import NewPaper, keep_paper, paper_id
from mailcrm.store.products import change_product, product_named, product_of

__all__ = ["COMMAND", "EditProduct", "changed"]

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")


def changed(
    product: Product, values: Mapping[str, str], certificates: tuple[str, ...], answers: Mapping[str, str]
) -> Product:
    """Return the product with what a person typed about it."""
    product = with_values(product, {name: value or None for name, value in values.items()})
    for given in certificates:
        product = with_certificate(product, given)
    for question, answer in answers.items():
        product = with_answer(product, question, answer)
    return product


@dataclass(frozen=True)
class EditProduct:
    """Change product `id` ("p7" or an item number).

    `values`: field → text as in domain.trade.product.EDITABLE, "" takes it away. `certificates`: one more each, "CE 2027-05-01"; `answers`:
    question → answer, "" takes it away. `photo`: the path of a picture, which is kept.
    """

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    certificates: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    photo: str = ""

    verb: ClassVar[str] = "edit_product"
    title: ClassVar[Sentence] = say("Edit a product")
    help: ClassVar[Sentence] = say("Change what is known of a product, or give it a photo.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change it."""
        record = product_named(session, self.id)
        before = {"id": record.id, "content": record.content, "changed_at": record.changed_at.isoformat()}
        product = changed(product_of(record), self.values, self.certificates, self.answers)
        if self.photo:
            kept = keep_paper(
                session, "product", record.id or 0, _picture(self.photo), at=situation.now, actor=situation.actor
            )
            product = replace(product, photo=paper_id(kept.id))
        change_product(session, record, product, situation.now)
        return Done(say("Product changed."), shows=("product", {"id": f"p{record.id}"}), before=before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give it what it said before; a photo that was kept stays kept."""
        del situation
        record = session.get_one(ProductRecord, before["id"])
        change_product(
            session, record, Product.from_json(before["content"]), datetime.fromisoformat(before["changed_at"])
        )
        return frozenset()


def _picture(given: str) -> NewPaper:
    path = Path(given)
    try:
        content = path.expanduser().read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(
            say("{file} can't be read: {problem}.", file=given, problem=getattr(error, "strerror", None) or error),
            say("Name a picture: .jpg, .png or .webp."),
        ) from error
    if path.suffix.lower() not in _PICTURES or look_at(path.name, content).refusal is not None:
        raise UsageError(say("{file} is no picture.", file=path.name), say("Name a picture: .jpg, .png or .webp."))
    return NewPaper("photo", path.name, content)


COMMAND = EditProduct
