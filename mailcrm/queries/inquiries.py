"""Inquiries: one, and all of them.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.quotes.inquiry import CHECKLIST, Answer, Inquiry, ask_variables, open_sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ChecklistRow, InquiryRow, StepRow
from mailcrm.queries.steps import history_rows
from mailcrm.records import Company, Contact, InquiryRecord, Message
from mailcrm.store.finding import thread_id_of
from mailcrm.store.inquiries import NOUN, inquiry_named, inquiry_of

__all__ = ["inquiries", "inquiry"]

_AS_NOTED = ("items", "incoterm", "wanted_by", "certificates", "packing", "note", "feasibility", "lost_reason")


def inquiry(session: Session, outlook: Outlook, *, id: str) -> InquiryRow:  # noqa: A002  (as on the command line)
    """Return an inquiry."""
    return _rows(session, outlook, [inquiry_named(session, id)])[0]


def inquiries(session: Session, outlook: Outlook, *, thread: str = "", lost: bool = False) -> tuple[InquiryRow, ...]:
    """Return the inquiries that are open, the newest first; with `lost` those that were lost too; `thread`: only those of its mails."""
    wanted = select(InquiryRecord).order_by(col(InquiryRecord.id).desc())
    if not lost:
        wanted = wanted.where(col(InquiryRecord.state) == "open")
    if thread:
        wanted = wanted.join(Message).where(col(Message.thread_id) == thread_id_of(session, thread))
    return _rows(session, outlook, list(session.exec(wanted)))


def _rows(session: Session, outlook: Outlook, records: list[InquiryRecord]) -> tuple[InquiryRow, ...]:
    histories = history_rows(session, outlook, NOUN, [record.id or 0 for record in records])
    return tuple(_row(session, record, histories[record.id or 0]) for record in records)


def _row(session: Session, record: InquiryRecord, history: tuple[StepRow, ...]) -> InquiryRow:
    contact = session.get_one(Contact, record.contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    message = session.get(Message, record.message_id) if record.message_id else None
    value = inquiry_of(record)
    return InquiryRow(
        id=f"i{record.id}",
        state=record.state,
        channel=record.channel,
        company=company.name if company else None,
        company_id=f"o{company.id}" if company else None,
        contact=contact.name or contact.address,
        contact_id=f"c{contact.id}",
        thread_id=f"t{message.thread_id}" if message else None,
        message_id=f"m{message.id}" if message else None,
        checklist=_checklist(value),
        open=open_sentence(value),
        ask=ask_variables(value),
        created_at=record.created_at,
        changed_at=record.changed_at,
        history=history,
        **{name: getattr(value, name) for name in _AS_NOTED},
    )


def _checklist(value: Inquiry) -> tuple[ChecklistRow, ...]:
    return tuple(_question(topic, value.checklist.get(topic)) for topic in CHECKLIST)


def _question(topic: str, answer: Answer | None) -> ChecklistRow:
    if answer is None:
        return ChecklistRow(topic, CHECKLIST[topic], "open")
    return ChecklistRow(topic, CHECKLIST[topic], answer.state, answer.text, answer.on)
