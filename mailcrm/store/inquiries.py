"""Inquiries in the database.

Room: store. In: what a person typed, or a thread. Out: records, and values of domain.quotes.inquiry. An inquiry's thread is that of its mail.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.clock.office import Office
from mailcrm.domain.errors import NotFound
from mailcrm.domain.quotes.inquiry import NOBODY, Inquiry
from mailcrm.domain.words import say
from mailcrm.records import InquiryRecord, Message, Task
from mailcrm.store.finding import numbered

__all__ = ["NOUN", "inquiry_named", "inquiry_of", "newest_inquiry", "settle_question", "write_inquiry"]

NOUN = "inquiry"


def inquiry_of(record: InquiryRecord) -> Inquiry:
    """Return a record's value."""
    return Inquiry.from_json(record.content)


def inquiry_named(session: Session, given: str) -> InquiryRecord:
    """Return the inquiry of an id, "i3"."""
    known = numbered(given, "i")
    found = session.get(InquiryRecord, known) if known is not None else None
    if found is None:
        raise NotFound(say("There is no inquiry {id}.", id=given), say("`mailcrm inquiry list` shows them."))
    return found


def newest_inquiry(session: Session, thread_id: int) -> InquiryRecord | None:
    """Return the inquiry that was last noted of a mail on this thread."""
    here = select(InquiryRecord).join(Message).where(col(Message.thread_id) == thread_id)
    return session.exec(here.order_by(col(InquiryRecord.id).desc()).limit(1)).first()


def write_inquiry(session: Session, record: InquiryRecord, inquiry: Inquiry, at: datetime) -> None:
    """Let the record say what `inquiry` says."""
    asked = inquiry.feasibility
    record.content = inquiry.to_json()
    record.state = "lost" if inquiry.lost_reason else "open"
    record.feasibility_due = asked.due if asked.asked_of and not asked.answer else None
    record.changed_at = at
    session.add(record)


def settle_question(session: Session, record: InquiryRecord, inquiry: Inquiry | None, office: Office, by: str) -> None:
    """Let there be a task as long as somebody is to say whether we can make it: whoever noted that, `by`, hears of it when it is due.

    `inquiry` None: there is no such inquiry any more. A task that was done stays done, until another day is set. It hangs on the contact
    alone: the tasks of a thread are those that its mails make.
    """
    source = f"{NOUN}:{record.id}"
    task = session.exec(select(Task).where(col(Task.source) == source)).first()
    asked = inquiry.feasibility if inquiry and not inquiry.lost_reason else NOBODY
    if not asked.asked_of or asked.answer:
        if task is not None and task.done_at is None:
            session.delete(task)
        return
    due = office.end_of(asked.due).astimezone(UTC) if asked.due else None
    task = task or Task(title="", source=source, owner=by, created_at=record.changed_at)
    if task.due != due:
        task.due, task.done_at, task.done_by = due, None, ""
    told = say("Can we make it? {who} was asked, for inquiry {id}.", who=asked.asked_of, id=f"i{record.id}")
    task.title, task.contact_id = told.to_json(), record.contact_id
    session.add(task)
