"""Assign: a thread is another colleague's from now on; its deadline stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Thread
from mailcrm.store.finding import thread_id_of
from mailcrm.store.team import person_named

__all__ = ["COMMAND", "Assign"]


@dataclass(frozen=True)
class Assign:
    """Give `thread` to the colleague `to`; "" gives it back to whoever has the mail account."""

    thread: str
    to: str

    verb: ClassVar[str] = "assign"
    title: ClassVar[Sentence] = say("Give to a colleague")
    help: ClassVar[Sentence] = say("The thread is on another colleague's list from now on; its deadline stays.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note the owner; NotFound where nobody has that name."""
        thread_id = thread_id_of(session, self.thread)
        alone = self.to.strip().lower() in ("", situation.actor)
        owner = self.to.strip().lower() if alone else person_named(session, self.to).name
        thread = session.get_one(Thread, thread_id)
        before, thread.owner = thread.owner, owner
        session.add(thread)
        said = say("Given to {name}.", name=owner) if owner else say("Given back to whoever has the mail account.")
        return Done(
            said,
            thread_id,
            frozenset({thread_id}),
            ("thread", {"id": f"t{thread_id}"}),
            {"thread": thread_id, "owner": before},
            {"owner": owner},
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give it back."""
        del situation
        thread = session.get_one(Thread, before["thread"])
        thread.owner = before["owner"]
        session.add(thread)
        return frozenset({before["thread"]})


COMMAND = Assign
