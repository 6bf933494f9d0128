"""Ask approval: let a manager look at a quote that the checks don't let pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.check_quote import settle_checks
from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.actions.quoting import done, to_edit
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.approval import short_hash
from mailcrm.domain.quotes.checks.every import refuse_unfit, run_checks
from mailcrm.domain.quotes.checks.facts import Finding
from mailcrm.domain.quotes.working import total_of
from mailcrm.domain.text import printable_block
from mailcrm.domain.words import Sentence, _, say
from mailcrm.outbox.asking import ask_colleague
from mailcrm.records import Message, QuoteRecord
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import content_of, quote_name, quote_named

__all__ = ["COMMAND", "AskApproval"]


@dataclass(frozen=True)
class AskApproval:
    """Ask a manager to approve quote `id`; `note` says why it should pass."""

    id: str
    note: str = ""

    verb: ClassVar[str] = "ask_approval"
    title: ClassVar[Sentence] = say("Ask for approval of a quote")
    help: ClassVar[Sentence] = say(
        "Put a quote before the managers, on their list and by mail; meanwhile the clock runs on."
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
        _mail(session, row, situation, findings)
        said = say("{quote} waits for a manager; its content is {hash}.", quote=name, hash=short_hash(row.content_hash))
        return done(session, row, said)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: a manager may have seen it."""
        del session, before, situation
        raise refuse_undo(say("It was asked; change the quote to take it from the managers' list."))


def _mail(session: Session, row: QuoteRecord, situation: Situation, findings: Sequence[Finding]) -> None:
    """Write to the managers who have an address: their answer, with number and content in it, is a decision."""
    account = session.get_one(Message, row.message_id).account_id
    content, mark = content_of(row), short_hash(row.content_hash)
    subject = _("Approval of {quote}, content {hash}", quote=quote_name(row), hash=mark)
    told = [
        _("{author} asks you to approve {quote} for {customer}, {total}, exactly as it is now (content {hash}).",
          author=situation.actor, quote=quote_name(row), customer=content.customer, total=total_of(content), hash=mark),
        *([row.note] if row.note else []),
        *(f"- {finding.whole}" for finding in findings),
        _("Answer this mail with “approved”, or with “rejected” and what is to be different; leave the subject as it is."),
    ]  # fmt: skip
    for person in situation.team.people:
        if account is not None and person.manager and person.name != row.author:
            body, token = "\n\n".join(map(printable_block, told)), situation.token()
            ask_colleague(
                session, account, person, subject, body, now=situation.now, token=token, actor=situation.actor
            )


COMMAND = AskApproval
