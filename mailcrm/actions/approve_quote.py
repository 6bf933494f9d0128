"""Approve quote: a manager lets exactly this content pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import by, done, evidence_of, refuse_on_its_way
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.approval import Approval, check_approver, short_hash
from mailcrm.domain.quotes.checks.every import refuse_unfit, run_checks
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.proposals import drop_proposals
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import NOUN, move_quote, quote_evidence, quote_name, quote_named, write_approval

__all__ = ["COMMAND", "ApproveQuote"]


@dataclass(frozen=True)
class ApproveQuote:
    """Approve quote `id`, as it is now. `hash`: the beginning of the content that was looked at; another one is refused.

    `own`: the quote is the manager's own, said aloud. `mail` ("m12"): by which mail it was approved.
    """

    id: str
    hash: str = ""
    own: bool = False
    note: str = ""
    mail: str = ""

    verb: ClassVar[str] = "approve_quote"
    title: ClassVar[Sentence] = say("Approve a quote")
    help: ClassVar[Sentence] = say(
        "Let a quote pass that the checks don't, exactly as it is, for some days; any change voids it."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Let it pass; RefusedByRule for who may not, for what changed, and for what nobody may let pass."""
        row = quote_named(session, self.id)
        check_approver(situation.actor, row.author, situation.team.managers(), own=self.own, quote=quote_name(row))
        self._refuse_another(row)
        if row.state == QuoteState.NEEDS_APPROVAL:
            refuse_unfit(run_checks(gather(session, row, situation)), quote_name(row))
        own = situation.actor == row.author
        reason = say("A manager approved the own quote, and said so.") if own else None
        evidence = (*evidence_of(row, self.mail, self.note), quote_evidence(row))
        days = situation.policies.quotes.approved_days
        approval = Approval(row.content_hash, situation.actor, situation.now, own=own, days=days)
        write_approval(session, row, approval, by(situation, tuple(dict.fromkeys(evidence)), reason))
        drop_proposals(session, NOUN, row.id or 0, [self.verb, "reject_quote"], situation.now)
        said = say("{quote} is approved for {days} days, as it is.", quote=quote_name(row), days=days)
        return done(session, row, said, {"quote": row.id, "hash": row.content_hash})

    def _refuse_another(self, row: QuoteRecord) -> None:
        if self.hash and not row.content_hash.startswith(self.hash.lower()):
            raise RefusedByRule(
                say(
                    "{quote} was changed after that: its content is {hash} now.",
                    quote=quote_name(row),
                    hash=short_hash(row.content_hash),
                ),
                say("Look at it once more: `mailcrm quote show q{id}`.", id=row.id),
            )
        if row.state != QuoteState.NEEDS_APPROVAL:
            raise RefusedByRule(
                say("{quote} doesn't wait for an approval.", quote=quote_name(row)),
                say("`mailcrm quote check q{id}` says whether it needs one.", id=row.id),
            )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Take the approval back, unless the quote is on its way or was changed."""
        row = quote_named(session, f"q{before['quote']}")
        refuse_on_its_way(session, row)
        if row.state != QuoteState.READY or row.content_hash != before["hash"]:
            raise refuse_undo(say("{quote} went on since.", quote=quote_name(row)))
        row.approval = None
        cause = by(situation, [quote_evidence(row)], say("The approval was taken back."))
        move_quote(session, row, QuoteState.NEEDS_APPROVAL, cause)
        return frozenset()


COMMAND = ApproveQuote
