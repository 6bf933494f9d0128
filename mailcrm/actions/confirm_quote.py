"""Confirm quote: keep the file in which others say what they charge: freight, insurance, inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import done
from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.checks.confirmations import KINDS
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.attaching import attached
from mailcrm.records import Paper
from mailcrm.store.papers import NewPaper, keep_paper, papers_of
from mailcrm.store.quotes import NOUN, content_of, quote_name, quote_named
from mailcrm.store.raws import drop_unused

__all__ = ["COMMAND", "ConfirmQuote"]


@dataclass(frozen=True)
class ConfirmQuote:
    """Keep `file` with quote `id` as what confirms `kind`: "freight", "insurance" or "inspection".

    `expires`: the last day on which it holds (2026-12-31), "" for ever; a freight holds as long as the quote says that it does.
    """

    id: str
    kind: str
    file: str
    expires: str = ""
    note: str = ""

    verb: ClassVar[str] = "confirm_quote"
    title: ClassVar[Sentence] = say("Attach a confirmation to a quote")
    help: ClassVar[Sentence] = say(
        "Keep the forwarder's or insurer's offer with a quote, with the day on which it ends."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Keep it; UsageError for another kind."""
        row = quote_named(session, self.id)
        if self.kind not in KINDS:
            raise UsageError(
                say("{kind} is nothing to be confirmed.", kind=self.kind),
                say("Confirmed are: {known}.", known=", ".join(KINDS)),
            )
        expires = _day(self.expires)
        if expires is None and self.kind == "freight":
            expires = content_of(row).freight_until
        file = attached(session, self.file)
        known = {paper.id for paper in papers_of(session, NOUN, [row.id or 0])}
        new = NewPaper(self.kind, file.filename, file.content, file.content_type, expires, self.note)
        paper = keep_paper(session, NOUN, row.id or 0, new, at=situation.now, actor=situation.actor)
        paper.valid_until = expires  # the same file again, with another day
        session.add(paper)
        said = say("The {kind} confirmation is kept with {quote}.", kind=KINDS[self.kind], quote=quote_name(row))
        return done(session, row, said, None if paper.id in known else {"paper": paper.id})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it go again."""
        del situation
        paper = session.get(Paper, before["paper"])
        if paper is None:
            raise refuse_undo(say("The file is gone already."))
        session.delete(paper)
        session.flush()
        drop_unused(session, paper.raw_id)
        return frozenset()


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError:
        raise UsageError(say("{given} is no day.", given=given), say("Write it as 2026-12-31.")) from None


COMMAND = ConfirmQuote
