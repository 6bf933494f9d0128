"""Whose a quote is: the mail that it answers, the customer, what was offered to them last.

Room: store.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.errors import ComposeError
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.quotes.inquiry import open_questions
from mailcrm.domain.quotes.states import EDITABLE
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact, InquiryRecord, Message, QuoteRecord
from mailcrm.store.inquiries import inquiry_named, newest_inquiry
from mailcrm.store.inquiries import inquiry_of as read_inquiry

__all__ = [
    "answers",
    "asked_by",
    "company_of",
    "inquiry_of",
    "is_of_customer",
    "last_quote_to",
    "link_quotes",
    "name_printed",
    "quotes_to",
    "unanswered",
    "unlink_quotes",
]

_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)


def asked_by(session: Session, thread_id: int) -> Message:
    """Return the mail of a thread that a quote answers: the newest that a person of the other side wrote, else the newest at all."""
    mails = select(Message).where(col(Message.thread_id) == thread_id).order_by(col(Message.sort_key).desc())
    theirs = mails.where(col(Message.side) == Side.THEIRS.value, col(Message.kind).in_(_BY_HAND))
    found = session.exec(theirs.limit(1)).first() or session.exec(mails.limit(1)).first()
    if found is None:
        raise ComposeError(say("This thread holds no mail."), say("Choose another thread."))
    return found


def is_of_customer(session: Session, mail: Message, row: QuoteRecord) -> bool:
    """Whether the contact of a quote, or a colleague there, wrote a mail."""
    theirs, whose = company_of(session, mail.contact_id), company_of(session, row.contact_id)
    return mail.contact_id == row.contact_id or (theirs is not None and whose is not None and theirs.id == whose.id)


def answers(session: Session, mail: Message, row: QuoteRecord) -> bool:
    """Whether a mail is the customer's own word on a quote that they had: what we wrote, or logged of a call, is none."""
    written = mail.side == Side.THEIRS.value and mail.kind in _BY_HAND and not mail.channel
    had = row.sent_at is not None and mail.arrived_at >= row.sent_at
    here = mail.thread_id == session.get_one(Message, row.message_id).thread_id
    return written and had and (here or is_of_customer(session, mail, row))


def inquiry_of(session: Session, given: str | None, thread_id: int | None) -> int | None:
    """Return the inquiry that was named, "i3"; where none was, the newest on the thread."""
    if given:
        return inquiry_named(session, given).id
    found = newest_inquiry(session, thread_id) if thread_id is not None else None
    return found.id if found is not None else None


def unanswered(session: Session, inquiry_id: int | None) -> tuple[Sentence, ...] | None:
    """Return the questions of the checklist that nobody answered, asked or refused; None where no inquiry is linked."""
    record = session.get(InquiryRecord, inquiry_id) if inquiry_id is not None else None
    if record is None:
        return None
    inquiry = read_inquiry(record)
    asked = inquiry.feasibility.asked_of or inquiry.feasibility.answer
    return (*open_questions(inquiry), *(() if asked else (say("whether we can make it"),)))


def link_quotes(session: Session, inquiry: InquiryRecord, thread_id: int) -> list[int]:
    """Let the quotes of a thread that have not left, and no inquiry, be those to `inquiry`; return their numbers."""
    here = (
        select(QuoteRecord)
        .join(Message, col(QuoteRecord.message_id) == col(Message.id))
        .where(col(Message.thread_id) == thread_id)
    )
    waiting = here.where(
        col(QuoteRecord.inquiry_id).is_(None), col(QuoteRecord.state).in_([state.value for state in EDITABLE])
    )
    linked = []
    for row in session.exec(waiting).all():
        row.inquiry_id = inquiry.id
        session.add(row)
        linked.append(row.id or 0)
    return linked


def unlink_quotes(session: Session, inquiry: InquiryRecord, quotes: Collection[int]) -> None:
    """Take that back for those of `quotes` that are still its."""
    theirs = select(QuoteRecord).where(col(QuoteRecord.id).in_(quotes), col(QuoteRecord.inquiry_id) == inquiry.id)
    for row in session.exec(theirs).all():
        row.inquiry_id = None
        session.add(row)
    session.flush()


def company_of(session: Session, contact_id: int | None) -> Company | None:
    """Return the company of a contact."""
    contact = session.get(Contact, contact_id) if contact_id else None
    return session.get(Company, contact.company_id) if contact and contact.company_id else None


def name_printed(session: Session, row: QuoteRecord) -> str:
    """Return whom the quote is for: the company, the contact where there is none."""
    company = company_of(session, row.contact_id)
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    return company.name if company else (contact.name or contact.address) if contact else ""


def last_quote_to(session: Session, row: QuoteRecord) -> QuoteRecord | None:
    """Return what was offered last to the company of a new quote, whatever became of it."""
    others = [quote for quote in quotes_to(session, row.contact_id) if quote.id != row.id]
    return others[-1] if others else None


def quotes_to(session: Session, contact_id: int | None) -> Sequence[QuoteRecord]:
    """Return every quote to a contact and the colleagues there, the oldest first."""
    if contact_id is None:
        return ()
    company = company_of(session, contact_id)
    people: Collection[int | None] = (
        session.exec(select(Contact.id).where(col(Contact.company_id) == company.id)).all() if company else [contact_id]
    )
    theirs = select(QuoteRecord).where(col(QuoteRecord.contact_id).in_(people))
    return session.exec(theirs.order_by(col(QuoteRecord.id))).all()
