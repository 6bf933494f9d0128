"""Task: write down what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.clock.estimate import instant_ahead
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Task, Thread
from mailcrm.store.finding import contact_named, is_contact, thread_id_of

__all__ = ["COMMAND", "AddTask"]


@dataclass(frozen=True)
class AddTask:
    """Add a task: `text`, what it is about (`about`: a thread or a contact, "" for neither), `due` as in an estimate."""

    text: str
    about: str = ""
    due: str = ""
    owner: str = ""

    verb: ClassVar[str] = "task_add"
    title: ClassVar[Sentence] = say("Write down a task")
    help: ClassVar[Sentence] = say(
        "Write down what is to be done, for this thread or by itself, with or without a date."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; UsageError without words."""
        words = self.text.strip()
        if not words:
            raise UsageError(say("The task is empty."), say("Say in a few words what is to be done."))
        task = Task(title=words, owner=self.owner or situation.actor, created_at=situation.now)
        if is_contact(self.about):
            task.contact_id = contact_named(session, self.about).id
        elif self.about:
            task.thread_id = thread_id_of(session, self.about)
            task.contact_id = session.get_one(Thread, task.thread_id).contact_id
        if self.due:
            task.due = instant_ahead(self.due, situation.now, situation.policies.office)
        session.add(task)
        session.flush()
        shown = ("task", {"id": f"k{task.id}"})
        return Done(say("Task noted."), task.thread_id, frozenset(), shown, {"task": task.id})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove it."""
        del situation
        session.delete(session.get_one(Task, before["task"]))
        return frozenset()


COMMAND = AddTask
