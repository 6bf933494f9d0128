"""Decline quote: the customer doesn't want it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.quoting import by, done, evidence_of
from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.proposals import drop_proposals
from mailcrm.store.quotes import NOUN, give_back, move_quote, quote_name, quote_named, standing

__all__ = ["COMMAND", "DeclineQuote"]


@dataclass(frozen=True)
class DeclineQuote:
    """Note that the customer declined quote `id`, with the `reason`; `mail` ("m12") says so."""

    id: str
    reason: str
    mail: str = ""

    verb: ClassVar[str] = "decline_quote"
    title: ClassVar[Sentence] = say("The customer declined a quote")
    help: ClassVar[Sentence] = say(
        "Note that a quote was lost, and the reason: price, time, quality, another supplier …"
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; UsageError without a reason."""
        row = quote_named(session, self.id)
        if not self.reason.strip():
            raise UsageError(say("Lost, and nobody knows why."), say("Say with --reason what the customer said."))
        before = standing(row)
        reason = say("Declined: {reason}", reason=self.reason.strip())
        move_quote(session, row, QuoteState.DECLINED, by(situation, evidence_of(row, self.mail, self.reason), reason))
        drop_proposals(session, NOUN, row.id or 0, ["accept_quote"], situation.now)
        return done(session, row, say("{quote} is declined.", quote=quote_name(row)), before)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it be where it was."""
        give_back(session, before, by(situation, (), say("Taken back: it is not declined.")))
        return frozenset()


COMMAND = DeclineQuote
