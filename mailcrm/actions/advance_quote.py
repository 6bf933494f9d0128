"""Advance quote: a step by hand, as the command of that step; what was said by phone or handed over needs words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.accept_quote import AcceptQuote
from mailcrm.actions.ask_approval import AskApproval
from mailcrm.actions.check_quote import CheckQuote
from mailcrm.actions.command import Done, Situation
from mailcrm.actions.decline_quote import DeclineQuote
from mailcrm.actions.quoting import by, done, evidence_of
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState, quote_state
from mailcrm.domain.words import Sentence, say
from mailcrm.store.quotes import move_quote, quote_name, quote_named

__all__ = ["COMMAND", "AdvanceQuote"]


@dataclass(frozen=True)
class AdvanceQuote:
    """Take quote `id` to `state`; `reason` says why by hand, and is written down. No gate is passed by: a step has its command's rules."""

    id: str
    state: str
    reason: str = ""

    verb: ClassVar[str] = "advance_quote"
    title: ClassVar[Sentence] = say("Take a quote a step on")
    help: ClassVar[Sentence] = say("Take a step by hand, such as negotiating after a call; the reason is written down.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Take it; RefusedByRule for a step that only a mail, a manager or time takes."""
        to = quote_state(self.state)
        if to in _COMMANDS:
            taken: Done = _COMMANDS[to](self.id, self.reason).handle(session, situation)
            return taken
        row = quote_named(session, self.id)
        if to not in (QuoteState.NEGOTIATING, QuoteState.RE_CHECK):
            raise RefusedByRule(
                say("Nobody takes a quote by hand to: {state}.", state=QUOTE_STATE_WORDS[to]), _HOW.get(to, _BY_ITSELF)
            )
        if row.state in (QuoteState.EXPIRED, QuoteState.RE_CHECK) and to is QuoteState.NEGOTIATING:
            raise RefusedByRule(
                say("{quote} holds no more: {state}.", quote=quote_name(row), state=QUOTE_STATE_WORDS[quote_state(row.state)]),
                say("Write the next version: `mailcrm quote revise q{id}`.", id=row.id),
            )  # fmt: skip
        if not self.reason.strip():
            raise RefusedByRule(
                say("A step by hand needs a word on why."), say('Say it: `--skip "she called and asks for 2.50"`.')
            )
        reason = say("By hand: {reason}", reason=self.reason.strip())
        move_quote(session, row, to, by(situation, evidence_of(row, text=self.reason), reason))
        return done(session, row, say("{quote}: {state}.", quote=quote_name(row), state=QUOTE_STATE_WORDS[to]))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take back what the command of that step can take back."""
        return AcceptQuote.undo(session, before, situation)


_COMMANDS: Mapping[QuoteState, Callable[[str, str], Any]] = {
    QuoteState.READY: lambda quote, _reason: CheckQuote(quote),
    QuoteState.NEEDS_APPROVAL: AskApproval,
    QuoteState.ACCEPTED: lambda quote, reason: AcceptQuote(quote, text=reason),
    QuoteState.DECLINED: DeclineQuote,
}
_BY_ITSELF = say("It comes to that by itself: by a mail, or by time.")
_HOW = {
    QuoteState.DRAFT: say("Change it with `mailcrm quote edit`: so it is a draft again."),
    QuoteState.SENT: say("`mailcrm quote send` sends it; one that left from another mail program is found in Sent."),
    QuoteState.SUPERSEDED: say("`mailcrm quote revise` writes the version that takes its place."),
    QuoteState.WITHDRAWN: say("`mailcrm quote withdraw` writes to the customer."),
}

COMMAND = AdvanceQuote
