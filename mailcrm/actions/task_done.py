"""Task done: somebody did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Task
from mailcrm.store.finding import number

__all__ = ["COMMAND", "FinishTask"]


@dataclass(frozen=True)
class FinishTask:
    """Say that task `id` ("k3") is done."""

    id: str

    verb: ClassVar[str] = "task_done"
    title: ClassVar[Sentence] = say("The task is done")
    help: ClassVar[Sentence] = say("Say that a task is done; it leaves the list.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where it is done already."""
        task = session.get_one(Task, number(self.id, "k", "task"))
        if task.done_at is not None:
            raise RefusedByRule(say("This task is done already."), say("`mailcrm task list` shows what is to be done."))
        task.done_at, task.done_by = situation.now, situation.actor
        session.add(task)
        return Done(say("Task done."), task.thread_id, frozenset(), ("task", {"id": f"k{task.id}"}), {"task": task.id})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Bring it back."""
        del situation
        task = session.get_one(Task, before["task"])
        task.done_at, task.done_by = None, ""
        session.add(task)
        return frozenset()


COMMAND = FinishTask
