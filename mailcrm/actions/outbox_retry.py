"""Retry an outgoing mail that was deferred or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.outbox import RETRYABLE, retry
from mailcrm.domain.words import Sentence, say
from mailcrm.records import MailAccount, Outgoing
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.finding import number

__all__ = ["COMMAND", "OutboxRetry"]


@dataclass(frozen=True)
class OutboxRetry:
    """Try mail `id` ("x3") again now, with the same bytes and the same Message-ID."""

    id: str

    verb: ClassVar[str] = "outbox_retry"
    title: ClassVar[Sentence] = say("Try an outgoing mail again")
    help: ClassVar[Sentence] = say("Send a refused or deferred mail again now.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Queue it; RefusedByRule for a mail in doubt, which a person has to resolve."""
        row = session.get_one(Outgoing, number(self.id, "x", "outgoing mail"))
        if row.state not in RETRYABLE:
            raise RefusedByRule(
                say("This mail is {state}: there is nothing to try again.", state=row.state),
                say("A mail in doubt is settled with `mailcrm outbox resolve {id} sent|resend`.", id=self.id),
            )
        write_dispatch(row, retry(dispatch_of(row), situation.now))
        account = session.get_one(MailAccount, row.account_id)
        account.send_next_try = None  # whoever says so may just have mended what was wrong
        session.add_all((row, account))
        shown = ("outbox_item", {"id": self.id})
        return Done(say("Queued again."), row.thread_id, frozenset(), shown, topic="outbox")

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Not possible: cancel the mail instead."""
        del session, before, situation
        raise refuse_undo(say("A mail that was queued again is cancelled, not undone."))


COMMAND = OutboxRetry
