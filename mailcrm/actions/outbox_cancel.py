"""Cancel an outgoing mail that has not left; one that was refused is put aside by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.outbox import CANCELLABLE, Status, cancel, put_back
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Outgoing
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.finding import number

__all__ = ["COMMAND", "OutboxCancel"]


@dataclass(frozen=True)
class OutboxCancel:
    """Cancel mail `id` ("x3")."""

    id: str

    verb: ClassVar[str] = "outbox_cancel"
    title: ClassVar[Sentence] = say("Cancel an outgoing mail")
    help: ClassVar[Sentence] = say("Stop a mail that has not left yet.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Cancel it; RefusedByRule where it has left or may have left."""
        del situation
        row = session.get_one(Outgoing, number(self.id, "x", "outgoing mail"))
        if row.state not in CANCELLABLE:
            raise RefusedByRule(
                say("This mail can't be stopped any more (it is {state}).", state=row.state),
                say("`mailcrm outbox show {id}` tells more.", id=self.id),
            )
        before = {"outgoing": row.id, "state": row.state}
        write_dispatch(row, cancel(dispatch_of(row)))
        session.add(row)
        drafted = before["state"] == Status.DRAFT
        return Done(
            say("The draft is thrown away.") if drafted else say("Cancelled: it will not leave."),
            row.thread_id,
            frozenset(),
            ("outbox_item", {"id": self.id}),
            before,
            topic="outbox",
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Put it back where it was; a mail that was about to leave waits for the undo window again."""
        del situation
        row = session.get_one(Outgoing, before["outgoing"])
        if row.state != Status.CANCELLED:
            raise refuse_undo(say("This mail has changed since."))
        write_dispatch(row, put_back(dispatch_of(row), Status(before["state"])))
        session.add(row)
        return frozenset()


COMMAND = OutboxCancel
