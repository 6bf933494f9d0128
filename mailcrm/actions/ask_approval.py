"""Ask approval: let a manager look at a quote that the checks don't let pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.check_quote import settle_checks
from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import done, to_edit
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.approval import short_hash
from mailcrm.domain.quotes.checks.every import refuse_unfit, run_checks
from mailcrm.domain.words import Sentence, say
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import quote_name, quote_named

__all__ = ["COMMAND", "AskApproval"]


@dataclass(frozen=True)
class AskApproval:
    """Ask a manager to approve quote `id`; `note` says why it should pass."""

    id: str
    note: str = ""

    verb: ClassVar[str] = "ask_approval"
    title: ClassVar[Sentence] = say("Ask for approval of a quote")
    help: ClassVar[Sentence] = say(
        "Put a quote before the managers, with a word on why; while it waits the clock runs on."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Let it wait for a manager; RefusedByRule where nobody may let it pass, or nobody needs to."""
        row = quote_named(session, self.id)
        to_edit(session, row)
        name = quote_name(row)
        findings = run_checks(gather(session, row, situation))
        refuse_unfit(findings, name)
        if not findings:
            raise RefusedByRule(
                say("{quote} needs no approval: every check passes.", quote=name),
                say("`mailcrm quote check q{id}` makes it ready to send.", id=row.id),
            )
        settle_checks(session, row, situation, findings)
        row.note = self.note.strip()
        session.add(row)
        said = say("{quote} waits for a manager; its content is {hash}.", quote=name, hash=short_hash(row.content_hash))
        return done(session, row, said)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: a manager may have seen it."""
        del session, before, situation
        raise refuse_undo(say("It was asked; change the quote to take it from the managers' list."))


COMMAND = AskApproval
