"""Resolve a mail in doubt: only a person may say whether it left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.outbox import Status, found, resend
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Outgoing
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.finding import number

__all__ = ["COMMAND", "OutboxResolve"]


@dataclass(frozen=True)
class OutboxResolve:
    """Settle mail `id` ("x3"): as_ "sent" (treat it as sent) or "resend" (send the same bytes with the same id)."""

    id: str
    as_: str

    verb: ClassVar[str] = "outbox_resolve"
    title: ClassVar[Sentence] = say("Settle a mail in doubt")
    help: ClassVar[Sentence] = say("Say whether a mail in doubt was sent, or send it again with the same id.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Settle it; the core stores what is now known to be sent."""
        if self.as_ not in ("sent", "resend"):
            raise UsageError(say("{given} is not one of the two answers.", given=self.as_), say("Say sent or resend."))
        row = session.get_one(Outgoing, number(self.id, "x", "outgoing mail"))
        if row.state != Status.IN_DOUBT:
            raise RefusedByRule(
                say("This mail is not in doubt (it is {state}).", state=row.state),
                say("Only mails in doubt are settled by hand."),
            )
        if self.as_ == "resend":
            write_dispatch(row, resend(dispatch_of(row), situation.now))
            said = say("Queued again, with the same Message-ID.")
        else:
            write_dispatch(row, found(dispatch_of(row)))
            row.last_error = None
            said = say("Treated as sent.")
        session.add(row)
        shown = ("outbox_item", {"id": self.id})
        return Done(
            said,
            row.thread_id,
            frozenset(),
            shown,
            topic="outbox",
            after={"sent": row.id if self.as_ == "sent" else None},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Not possible: what a person said of a mail in doubt stands."""
        del session, before, situation
        raise refuse_undo(say("A decision about a mail in doubt can't be taken back."))


COMMAND = OutboxResolve
