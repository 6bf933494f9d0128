"""Classify: a person corrects the kind of a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import UsageError
from mailcrm.domain.message import Kind
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message
from mailcrm.store.evidence import forget_evidence
from mailcrm.store.finding import message_of

__all__ = ["COMMAND", "Classify"]


@dataclass(frozen=True)
class Classify:
    """Say that `message` ("m340" or its Message-ID) is of `kind`; its thread's turns follow."""

    message: str
    kind: str

    verb: ClassVar[str] = "classify"
    title: ClassVar[Sentence] = say("Correct the kind of a mail")
    help: ClassVar[Sentence] = say("Say what this mail really is: human, an automatic reply, bulk, spam …")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change the kind; UsageError for an unknown one."""
        if self.kind not in {kind.value for kind in Kind}:
            raise UsageError(
                say("{kind} is no kind of mail.", kind=self.kind),
                say("Kinds are: {known}.", known=", ".join(kind.value for kind in Kind)),
            )
        message = message_of(session, self.message)
        changed = message.reclassified_at
        before = {
            "message": message.id,
            "kind": message.kind,
            "reclassified_at": changed.isoformat() if changed else None,
        }
        message.kind = self.kind
        message.reclassified_at = None if self.kind == message.kind_rule else situation.now
        session.add(message)
        forget_evidence(session, {message.thread_id})
        return Done(
            say("This mail counts as {kind} now.", kind=self.kind),
            message.thread_id,
            frozenset({message.thread_id}),
            ("thread", {"id": f"t{message.thread_id}"}),
            before,
            {"kind": self.kind},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the mail its earlier kind."""
        del situation
        message = session.get_one(Message, before["message"])
        message.kind = before["kind"]
        at = before["reclassified_at"]
        message.reclassified_at = datetime.fromisoformat(at) if at else None
        session.add(message)
        forget_evidence(session, {message.thread_id})
        return frozenset({message.thread_id})


COMMAND = Classify
