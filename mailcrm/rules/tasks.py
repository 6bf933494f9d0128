"""Tasks that follow from the ledger: an address that failed while somebody else got the mail is to be corrected.

Room: rules. In: the stories of threads. Out: a task for each such line, once; one that the story no longer tells goes, unless it
was done. `Task.source` names the line, so that replaying the ledger makes nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.domain.clock.account import Line
from mailcrm.records import Task, Thread
from mailcrm.store.bulk import among, objects, rows, table_of

__all__ = ["settle_tasks"]

_TELLING = "AddressFailed"
_task = table_of(Task).c
_OF_STORIES = select(_task.id).where(among(_task.thread_id), _task.source.startswith(f"{_TELLING}:"))
_BY_SOURCE = select(_task.id).where(among(_task.source))


def settle_tasks(session: Session, stories: Mapping[int, Sequence[Line]]) -> None:
    """Make the automatic tasks of these threads what their stories come to."""
    told = {
        f"{line.event}:{line.message}": (thread_id, line)
        for thread_id, story in stories.items()
        for line in story
        if line.event == _TELLING
    }
    for task in objects(session, Task, [key for (key,) in rows(session, _OF_STORIES, stories)]):
        if task.source not in told and task.done_at is None:
            session.delete(task)
    if not told:
        return
    here = [key for (key,) in rows(session, _BY_SOURCE, told)]
    known = {task.source: task for task in objects(session, Task, here)}
    for source, (thread_id, line) in told.items():
        task = known.get(source) or Task(title="", source=source, created_at=line.at)
        task.title, task.thread_id = line.effect.to_json(), thread_id
        task.contact_id = session.get_one(Thread, thread_id).contact_id
        session.add(task)
