"""Withdraw quote: tell the customer that it holds no more. It is withdrawn when the outgoing server accepts that mail, and in no other way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.reply import Reply
from mailcrm.domain.quotes.states import QUOTE_MACHINE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.store.quotes import quote_name, quote_named, thread_of

__all__ = ["COMMAND", "WithdrawQuote"]

_TEMPLATE = "quote_withdrawn"


@dataclass(frozen=True)
class WithdrawQuote:
    """Withdraw quote `id` by a mail with the `reason`; `mode`, `at` and `body` as in a reply."""

    id: str
    reason: str = ""
    mode: str = "queue"
    at: str | None = None
    body: str | None = None

    verb: ClassVar[str] = "withdraw_quote"
    title: ClassVar[Sentence] = say("Withdraw a quote")
    help: ClassVar[Sentence] = say("Write to the customer that a quote holds no more; that mail is what withdraws it.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the mail; RefusedByRule for what the customer doesn't have."""
        row = quote_named(session, self.id)
        QUOTE_MACHINE.check(row.state, QuoteState.WITHDRAWN.value)
        reply = Reply(
            f"t{thread_of(session, row)}",
            template=_TEMPLATE,
            variables={"quotation": quote_name(row), **({"note": self.reason} if self.reason.strip() else {})},
            body=self.body,
            about=f"q{row.id}:withdraw",
            mode=self.mode,
            at=self.at,
        )
        return replace(reply.handle(session, situation), shows=("quote", {"id": f"q{row.id}"}))

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Stop a mail that has not left."""
        return Reply.undo(session, before, situation)


COMMAND = WithdrawQuote
