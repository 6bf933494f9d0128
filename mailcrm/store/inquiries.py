"""Inquiries in the database.

Room: store. In: what a person typed, or a thread. Out: records, and values of domain.quotes.inquiry. An inquiry's thread is that of its mail.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.quotes.inquiry import Inquiry
from mailcrm.domain.words import say
from mailcrm.records import InquiryRecord, Message
from mailcrm.store.finding import numbered

__all__ = ["NOUN", "inquiry_named", "inquiry_of", "newest_inquiry", "write_inquiry"]

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
