"""Reject quote: a manager says what is to be different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import by, done, evidence_of
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.quotes.approval import check_approver
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.proposals import drop_proposals
from mailcrm.store.quotes import NOUN, move_quote, quote_name, quote_named

__all__ = ["COMMAND", "RejectQuote"]


@dataclass(frozen=True)
class RejectQuote:
    """Reject quote `id`, with a `note` of what is to be different; `mail` ("m12"): by which mail."""

    id: str
    note: str
    mail: str = ""

    verb: ClassVar[str] = "reject_quote"
    title: ClassVar[Sentence] = say("Reject a quote")
    help: ClassVar[Sentence] = say("Send a quote that waits for approval back to its author, with a note.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Let it be a draft again; UsageError without a note."""
        row = quote_named(session, self.id)
        check_approver(situation.actor, row.author, situation.team.managers(), own=True, quote=quote_name(row))
        if not self.note.strip():
            raise UsageError(say("Rejected, and nobody knows why."), say("Say with --note what is to be different."))
        if row.state != QuoteState.NEEDS_APPROVAL:
            raise RefusedByRule(
                say("{quote} doesn't wait for an approval.", quote=quote_name(row)),
                say("`mailcrm quote list` shows which do."),
            )
        evidence = evidence_of(row, self.mail, self.note)
        move_quote(session, row, QuoteState.DRAFT, by(situation, evidence, say("Rejected: {note}", note=self.note)))
        row.note = self.note.strip()
        session.add(row)
        drop_proposals(session, NOUN, row.id or 0, [self.verb, "approve_quote"], situation.now)
        return done(session, row, say("{quote} goes back to {author}.", quote=quote_name(row), author=row.author))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: the author may be at work on it."""
        del session, before, situation
        raise refuse_undo(say("The quote is its author's again; `mailcrm quote check` puts it before you once more."))


COMMAND = RejectQuote
