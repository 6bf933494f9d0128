"""Make a page of an order, the proforma or the work order, and keep it with the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.ordering import to_work_on
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Paper
from mailcrm.store.order_documents import document_of, spoken
from mailcrm.store.orders import NOUN, OrderFile
from mailcrm.store.papers import NewPaper, keep_paper, paper_id

__all__ = ["COMMAND", "RenderOrder", "kept_page"]


@dataclass(frozen=True)
class RenderOrder:
    """Make page `kind` ("proforma", "work_order") of order `id` in `language` ("en", "zh"; "": the customer's, Chinese for the factory)."""

    id: str
    kind: str = "proforma"
    language: str = ""

    verb: ClassVar[str] = "render_order"
    title: ClassVar[Sentence] = say("Make the PDF of an order")
    help: ClassVar[Sentence] = say(
        "Make the proforma invoice or the work order as a PDF, with our letterhead and our registered account, and keep it."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Keep the PDF; RefusedByRule where what it must say isn't known."""
        file = to_work_on(session, self.id)
        paper = kept_page(session, situation, file, self.kind, self.language)
        said = say("{file} is kept as {id}.", file=paper.filename, id=paper_id(paper.id))
        return Done(said, file.thread_id, frozenset(), ("order", {"id": file.id}))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: a page that is kept harms nobody."""
        del session, before, situation
        raise refuse_undo(say("A PDF that was made stays; another one is made when the order changes."))


def kept_page(session: Session, situation: Situation, file: OrderFile, kind: str, language: str = "") -> Paper:
    """Make a page of what the order says now and keep it; the same page is kept once."""
    language = spoken(session, file, kind, language)
    document = document_of(session, file, kind, language, situation.today, situation.policies.orders.departments)
    content = situation.press.press(document, language)
    new = NewPaper(kind, f"{document.number}-{kind}.pdf", content, "application/pdf")
    return keep_paper(session, NOUN, file.row.id or 0, new, at=situation.now, actor=situation.actor)


COMMAND = RenderOrder
