"""Tasks that follow from the ledger: an address that failed while somebody else got the mail is to be corrected.

Room: rules. In: the stories of threads. Out: a task for each such line, once; one that the story no longer tells goes, unless it
was done. `Task.source` names the line, so that replaying the ledger makes nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.clock.account import Line
from mailcrm.records import Task, Thread
from mailcrm.store.bulk import among, table_of

__all__ = ["settle_tasks"]

_TELLING = "AddressFailed"
_OF_RULES = select(Task).where(among(table_of(Task).c.thread_id), col(Task.source).is_not(None))
_BY_SOURCE = select(Task).where(among(table_of(Task).c.source))


def settle_tasks(session: Session, stories: Mapping[int, Sequence[Line]]) -> None:
    """Make the automatic tasks of these threads what their stories come to."""
    told = {
        f"{line.event}:{line.message}": (thread_id, line)
        for thread_id, story in stories.items()
        for line in story
        if line.event == _TELLING
    }
    for task in session.exec(_OF_RULES, params={"ids": list(stories)}).all():
        if task.source not in told and task.done_at is None:
            session.delete(task)
    if not told:
        return
    known = {task.source: task for task in session.exec(_BY_SOURCE, params={"ids": list(told)})}
    for source, (thread_id, line) in told.items():
        task = known.get(source) or Task(title="", source=source, created_at=line.at)
        task.title, task.thread_id = line.effect.to_json(), thread_id
        task.contact_id = session.get_one(Thread, thread_id).contact_id
        session.add(task)
