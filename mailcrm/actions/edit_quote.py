"""Edit quote: change what it says. Whatever was approved is void: it was another content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import QuoteTerms, by, completed, done, to_edit
from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.quotes.states import EDITABLE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.quotes import content_of, move_quote, quote_evidence, quote_name, quote_named, write_content
from mailcrm.store.quotes_of import inquiry_of

__all__ = ["COMMAND", "EditQuote"]


@dataclass(frozen=True)
class EditQuote(QuoteTerms):
    """Change quote `id` ("q2", or its number)."""

    id: str

    verb: ClassVar[str] = "edit_quote"
    title: ClassVar[Sentence] = say("Change a quote")
    help: ClassVar[Sentence] = say("Change lines and terms of a quote that has not left; an approval is void then.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule for what the customer has, UsageError where nothing changes."""
        row = quote_named(session, self.id)
        to_edit(session, row)
        before = {"quote": row.id, "content": row.content, "inquiry": row.inquiry_id, "author": row.author}
        known = content_of(row)
        content = completed(session, self.on(known, situation.today, situation.policies.trade))
        if content == known and self.inquiry is None:
            raise UsageError(say("Nothing to change."), say("`mailcrm quote edit --help` says what can be changed."))
        if self.inquiry is not None:
            row.inquiry_id = inquiry_of(session, self.inquiry, None)
        if content != known:
            row.author, row.approval, row.marked = situation.actor, None, []
            write_content(session, row, content)
            if row.state != QuoteState.DRAFT:
                reason = say("It was changed, so what was approved or checked is void.")
                move_quote(session, row, QuoteState.DRAFT, by(situation, [quote_evidence(row)], reason))
        row.changed_at = situation.now
        session.add(row)
        before["left"] = row.content_hash
        return done(session, row, say("{quote} is changed.", quote=quote_name(row)), before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it say what it said; refused where it was changed again, or has left."""
        row = quote_named(session, f"q{before['quote']}")
        if row.content_hash != before["left"] or row.state not in EDITABLE:
            raise refuse_undo(say("{quote} was changed since.", quote=quote_name(row)))
        row.inquiry_id, row.author, row.approval = before["inquiry"], before["author"], None
        write_content(session, row, QuoteContent.from_json(before["content"]))
        if row.state != QuoteState.DRAFT:
            cause = by(situation, [quote_evidence(row)], say("A change was taken back."))
            move_quote(session, row, QuoteState.DRAFT, cause)
        return frozenset()


COMMAND = EditQuote
