"""Cancel an outgoing mail that has not left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Outgoing
from mailcrm.store.finding import number

__all__ = ["COMMAND", "OutboxCancel"]

_STILL_HERE = ("draft", "held", "queued", "deferred")


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
        if row.state not in _STILL_HERE:
            raise RefusedByRule(
                say("This mail can't be stopped any more (it is {state}).", state=row.state),
                say("`mailcrm outbox show {id}` tells more.", id=self.id),
            )
        before = {"outgoing": row.id, "state": row.state}
        row.state = "cancelled"
        session.add(row)
        return Done(
            say("Cancelled: it will not leave."),
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
        if row.state != "cancelled":
            raise refuse_undo(say("This mail has changed since."))
        row.state = before["state"]
        session.add(row)
        return frozenset()


COMMAND = OutboxCancel
