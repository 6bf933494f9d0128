"""Classify: a person corrects the kind of a mail, or what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.deciding import record_decision, revoke_decision
from mailcrm.domain.clock.ledger import PurposeDecided
from mailcrm.domain.errors import UsageError
from mailcrm.domain.message import Kind
from mailcrm.domain.purpose import PURPOSE_WORDS, Purpose, asks_by_word
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message
from mailcrm.store.evidence import forget_evidence
from mailcrm.store.finding import message_of

__all__ = ["COMMAND", "Classify"]


@dataclass(frozen=True)
class Classify:
    """Say that `message` ("m340" or its Message-ID) is of `kind`, or is for `purpose`; its thread's turns follow.

    What it is for is a decision in the ledger, so that another reading of the mail doesn't lose it.
    """

    message: str
    kind: str = ""
    purpose: str = ""

    verb: ClassVar[str] = "classify"
    title: ClassVar[Sentence] = say("Correct the kind of a mail")
    help: ClassVar[Sentence] = say("Say what this mail really is: human, an automatic reply, bulk, spam …")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change kind and purpose; UsageError for an unknown one."""
        _known(self.kind, self.purpose)
        message = message_of(session, self.message)
        changed = message.reclassified_at
        before: dict[str, Any] = {
            "message": message.id,
            "kind": message.kind,
            "reclassified_at": changed.isoformat() if changed else None,
        }
        said = say("This mail counts as {kind} now.", kind=self.kind)
        if self.kind:
            message.kind = self.kind
            message.reclassified_at = None if self.kind == message.kind_rule else situation.now
        if self.purpose:
            before |= self._for(session, message, situation)
            said = say("This mail is now: {purpose}.", purpose=PURPOSE_WORDS[Purpose(self.purpose)])
        session.add(message)
        forget_evidence(session, {message.thread_id})
        return Done(
            said,
            message.thread_id,
            frozenset({message.thread_id}),
            ("thread", {"id": f"t{message.thread_id}"}),
            before,
            {"kind": message.kind} | ({"purpose": self.purpose} if self.purpose else {}),
        )

    def _for(self, session: Session, message: Message, situation: Situation) -> dict[str, Any]:
        """Write the purpose down; return what undo needs."""
        before = {"purpose": message.purpose, "asks": message.asks}
        event = (PurposeDecided.name, situation.now, {"purpose": self.purpose})
        decision = record_decision(session, situation, message.thread_id, *event, about=message.id)
        message.purpose = self.purpose
        message.asks = asks_by_word(self.purpose, read=message.asks)
        return {**before, "decision": decision}

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the mail its earlier kind and purpose."""
        message = session.get_one(Message, before["message"])
        message.kind = before["kind"]
        at = before["reclassified_at"]
        message.reclassified_at = datetime.fromisoformat(at) if at else None
        if "decision" in before:
            revoke_decision(session, before, situation)
            message.purpose, message.asks = before["purpose"], before["asks"]
        session.add(message)
        forget_evidence(session, {message.thread_id})
        return frozenset({message.thread_id})


def _known(kind: str, purpose: str) -> None:
    """UsageError where nothing is said, or something that nobody knows."""
    if not kind and not purpose:
        raise UsageError(
            say("Nothing is said about this mail."), say("Say its kind, or with --purpose what it is for.")
        )
    if kind and kind not in {known.value for known in Kind}:
        raise UsageError(
            say("{kind} is no kind of mail.", kind=kind),
            say("Kinds are: {known}.", known=", ".join(known.value for known in Kind)),
        )
    if purpose and purpose not in {known.value for known in Purpose}:
        raise UsageError(
            say("{purpose} is nothing that a mail is for.", purpose=purpose),
            say("Purposes are: {known}.", known=", ".join(known.value for known in Purpose)),
        )


COMMAND = Classify
