"""Ignore a mail that can't be read: it stays stored, and is shown no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.words import Sentence, say
from mailcrm.records import QuarantinedMail
from mailcrm.store.finding import number

__all__ = ["COMMAND", "IgnoreUnreadable"]


@dataclass(frozen=True)
class IgnoreUnreadable:
    """Ask no more about mail `id` ("h2"); its bytes stay."""

    id: str

    verb: ClassVar[str] = "quarantine_ignore"
    title: ClassVar[Sentence] = say("Ignore the unreadable mail")
    help: ClassVar[Sentence] = say("Show this mail, which could not be read, no more; it stays stored as it came.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Set it aside."""
        del situation
        row = session.get_one(QuarantinedMail, number(self.id, "h", "quarantined mail"))
        before = {"id": row.id, "state": row.state}
        row.state = "ignored"
        session.add(row)
        shows = ("quarantine_item", {"id": self.id})
        return Done(say("This mail is shown no more."), shows=shows, before=before, topic="mail")

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Show it again."""
        del situation
        row = session.get_one(QuarantinedMail, before["id"])
        row.state = before["state"]
        session.add(row)
        return frozenset()


COMMAND = IgnoreUnreadable
