"""Check quote: hold it against the ten checks; what they let pass is ready to send, what a manager may let pass waits for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import by, done
from mailcrm.domain.quotes.checks.every import refuse_unfit, run_checks, state_after
from mailcrm.domain.quotes.checks.facts import Finding
from mailcrm.domain.quotes.states import EDITABLE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.quote_facts import gather, list_today
from mailcrm.store.quotes import approval_of, move_quote, quote_evidence, quote_name, quote_named

__all__ = ["COMMAND", "CheckQuote", "settle_checks"]


@dataclass(frozen=True)
class CheckQuote:
    """Check quote `id` and let it be ready, or wait for approval."""

    id: str

    verb: ClassVar[str] = "check_quote"
    title: ClassVar[Sentence] = say("Check a quote")
    help: ClassVar[Sentence] = say(
        "Hold a quote against the ten checks: it is ready to send, or a manager is to approve it, or it says what is missing."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Run the checks; RefusedByRule names everything that nobody may let pass."""
        row = quote_named(session, self.id)
        findings = run_checks(gather(session, row, situation))
        name = quote_name(row)
        if row.state not in EDITABLE:
            return done(session, row, say("{quote} was sent; these are the checks of today.", quote=name))
        refuse_unfit(findings, name)
        settle_checks(session, row, situation, findings)
        if row.state == QuoteState.READY:
            return done(session, row, say("{quote} is ready to send.", quote=name))
        said = say("{quote} needs a manager's approval: {why}", quote=name, why=findings[0].problem)
        return done(session, row, said)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: a look changes nothing that could be taken back."""
        del session, before, situation
        raise refuse_undo(say("A check can't be taken back; change the quote instead."))


def settle_checks(session: Session, row: QuoteRecord, situation: Situation, findings: tuple[Finding, ...]) -> None:
    """Move a quote that is fit where the checks lead: an approval of exactly this content lets pass what they don't."""
    row.marked, row.list_version = [], list_today(session, situation)
    session.add(row)
    approval = approval_of(row)
    approved = approval is not None and approval.holds(row.content_hash, situation.now)
    to = QuoteState.READY if approved else state_after(findings)
    if row.state != to:
        reason = findings[0].problem if findings and not approved else None
        move_quote(session, row, to, by(situation, [quote_evidence(row)], reason))


COMMAND = CheckQuote
