"""Send quote: answer the thread with the quotation attached. It is sent when the outgoing server accepts the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.quoting import refuse_on_its_way
from mailcrm.actions.render_quote import rendered
from mailcrm.actions.reply import Reply
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.checks.every import refuse_unfit, run_checks
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuoteRecord
from mailcrm.store.papers import as_attachment
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import approval_of, quote_name, quote_named, thread_of

__all__ = ["COMMAND", "SendQuote"]

_COVER = "quote_cover"


@dataclass(frozen=True)
class SendQuote:
    """Send quote `id`. `mode` and `at` as in a reply; `answers`: to the customer's numbered questions; `body`: another text than the template's."""

    id: str
    mode: str = "queue"
    at: str | None = None
    answers: str = ""
    body: str | None = None
    to: Sequence[str] = ()
    cc: Sequence[str] | None = None

    verb: ClassVar[str] = "send_quote"
    title: ClassVar[Sentence] = say("Send a quote")
    help: ClassVar[Sentence] = say(
        "Answer with the quotation as a PDF; nothing goes out that no check and no manager let pass."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write the mail; RefusedByRule where the quote is not ready, was changed since, or an approval ended."""
        row = quote_named(session, self.id)
        refuse_on_its_way(session, row)
        self._refuse_unready(session, row, situation)
        paper = rendered(session, row, situation)
        reply = Reply(
            f"t{thread_of(session, row)}",
            template=_COVER,
            variables={
                "quotation": quote_name(row),
                "valid_until": row.valid_until or "",
                **({"answers": self.answers} if self.answers.strip() else {}),
            },
            body=self.body,
            to=tuple(self.to),
            cc=self.cc,
            attachments=(as_attachment(paper),),
            about=f"q{row.id}:send",
            mode=self.mode,
            at=self.at,
        )
        sent = reply.handle(session, situation)
        return replace(sent, shows=("quote", {"id": f"q{row.id}"}))

    def _refuse_unready(self, session: Session, row: QuoteRecord, situation: Situation) -> None:
        name = quote_name(row)
        if row.state == QuoteState.NEEDS_APPROVAL:
            raise RefusedByRule(
                say("{quote} waits for a manager's approval.", quote=name),
                say(
                    "A manager approves it with `mailcrm quote approve q{id}`; `quote show` says why it is asked.",
                    id=row.id,
                ),
            )
        if row.state != QuoteState.READY:
            raise RefusedByRule(
                say("{quote} is not ready to be sent.", quote=name),
                say("`mailcrm quote check q{id}` says what is missing, and makes it ready.", id=row.id),
            )
        findings = run_checks(gather(session, row, situation))
        refuse_unfit(findings, name)
        approval = approval_of(row)
        if findings and not (approval and approval.holds(row.content_hash, situation.now)):
            raise RefusedByRule(
                say("{quote} is not approved any more: {why}", quote=name, why=findings[0].problem),
                say("Ask again: `mailcrm quote ask q{id}`.", id=row.id),
            )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Stop a mail that has not left."""
        return Reply.undo(session, before, situation)


COMMAND = SendQuote
