"""Merge: a person says that two threads are one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message, Thread
from mailcrm.store.finding import thread_id_of
from mailcrm.store.threads import belongings, merge_threads, move, settle_threads

__all__ = ["COMMAND", "MergeThreads"]


@dataclass(frozen=True)
class MergeThreads:
    """Move everything of thread `other` into `thread`; one clock runs on, from the older mail."""

    thread: str
    other: str

    verb: ClassVar[str] = "merge"
    title: ClassVar[Sentence] = say("Merge two threads")
    help: ClassVar[Sentence] = say("Make two threads one: their mails stand together, and one clock runs for both.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Merge them; RefusedByRule where they are one already."""
        del situation
        into, gone = thread_id_of(session, self.thread), thread_id_of(session, self.other)
        if into == gone:
            raise RefusedByRule(say("These are one thread already."), say("Name two threads: `mailcrm merge t12 t15`."))
        here, there = session.get_one(Thread, into), session.get_one(Thread, gone)
        before = {
            "into": into,
            "kept": {"done": here.done, "split_from": here.split_from},
            "gone": there.model_dump(mode="json"),
            "moved": belongings(session, gone),
        }
        here.done = here.done and there.done
        merge_threads(session, gone, into)
        settle_threads(session, {into})
        return Done(
            say("The two threads are one now."), into, frozenset({into}), ("thread", {"id": f"t{into}"}), before
        )

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Bring the second thread back, with everything that was its own."""
        del situation
        into, gone, moved = before["into"], before["gone"], before["moved"]
        here = select(Message.id).where(col(Message.thread_id) == into)
        if not set(moved["messages"]) <= set(session.exec(here)):
            raise refuse_undo(say("Some of these mails belong to yet another thread by now."))
        session.add(Thread.model_validate(gone))
        session.flush()
        move(session, moved, gone["id"])
        kept = session.get_one(Thread, into)
        kept.done, kept.split_from = before["kept"]["done"], before["kept"]["split_from"]
        session.add(kept)
        session.flush()
        both = frozenset({into, int(gone["id"])})
        settle_threads(session, both)
        return both


COMMAND = MergeThreads
