"""Inquiries as a board by what is still to be asked, one as a page with its checklist, and what begins one (`rows.deals`).

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.quotes.inquiry import CHECKLIST, Inquiry, InquiryItem, open_sentence
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.inquiries import inquiry
from mailcrm.queries.inquiry_forms import forms_of, new_form
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.ready_mails import ready_mails
from mailcrm.queries.rows import BoardRow, ChecklistRow, FactRow, FormRow, InquiryRow, PageRow, SectionRow
from mailcrm.queries.steps import paper_rows
from mailcrm.records import Company, Contact, InquiryRecord, Message
from mailcrm.store.finding import thread_id_of
from mailcrm.store.inquiries import NOUN, inquiry_named, inquiry_of

__all__ = ["inquiry_board", "inquiry_form", "inquiry_page"]

_TO_ASK, _ASKED, _KNOWN, _LOST = say("To ask"), say("Asked, no answer yet"), say("Known: to quote"), say("Lost")
_STAGES = (_TO_ASK, _ASKED, _KNOWN, _LOST)


def inquiry_board(session: Session, outlook: Outlook, *, over: bool = False) -> tuple[BoardRow, ...]:
    """Return the inquiries by stage, the newest first; those that were lost only where asked for."""
    wanted = select(InquiryRecord).order_by(col(InquiryRecord.id).desc())
    if not over:
        wanted = wanted.where(col(InquiryRecord.state) == "open")
    owners = Owners(session, outlook)
    cards = [_card(session, outlook, owners, row) for row in session.exec(wanted).all()]
    return tuple(sorted(cards, key=lambda card: _STAGES.index(card.stage)))


def inquiry_page(session: Session, outlook: Outlook, *, id: str) -> PageRow:  # noqa: A002  (as on the command line)
    """Return an inquiry as a page."""
    row = inquiry_named(session, id)
    shown = inquiry(session, outlook, id=f"i{row.id}")
    mails = ready_mails(session, shown.id)
    sections = (_checklist(shown), _asked_for(shown))
    return PageRow(
        _card(session, outlook, Owners(session, outlook), row),
        tuple(section for section in sections if section.facts),
        shown.history,
        paper_rows(session, NOUN, [row.id or 0])[row.id or 0],
        forms_of(session, outlook, shown, asks=not mails),
        mails,
    )


def inquiry_form(session: Session, outlook: Outlook, *, thread: str) -> FormRow:
    """Return what a new inquiry of a thread asks."""
    del outlook
    return new_form(f"t{thread_id_of(session, thread)}")


def _card(session: Session, outlook: Outlook, owners: Owners, row: InquiryRecord) -> BoardRow:
    value, contact = inquiry_of(row), session.get_one(Contact, row.contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    mail = session.get(Message, row.message_id) if row.message_id else None
    due = _due(outlook, row)
    return BoardRow(
        id=f"i{row.id}",
        number=f"i{row.id}",
        state=row.state,
        stage=_stage(row, value),
        title=_title(value, mail),
        next_step=_next(row, value),
        company=company.name if company else None,
        contact=contact.name or contact.address,
        country=(company.country if company else None) or contact.country,
        grade=company.grade if company else None,
        due=due,
        late=due is not None and due < outlook.now,
        since=row.changed_at,
        owner=owners.of(mail.thread_id if mail else None, mail.account_id if mail else None),
        thread_id=f"t{mail.thread_id}" if mail else None,
    )


def _title(value: Inquiry, mail: Message | None) -> str:
    """Return the first thing that is asked for; where none is noted, what the mail is called."""
    if not value.items:
        return mail.subject if mail else ""
    more = f" +{len(value.items) - 1}" if len(value.items) > 1 else ""
    return f"{value.items[0].text or value.items[0].sku}{more}"


def _due(outlook: Outlook, row: InquiryRecord) -> datetime | None:
    """Return when somebody is to say whether we can make it."""
    if row.state != "open" or row.feasibility_due is None:
        return None
    return outlook.policies.office.end_of(row.feasibility_due).astimezone(UTC)


def _waits(value: Inquiry) -> bool:
    """Whether a question was asked that nobody answered yet, the customer or our own people."""
    asked = value.feasibility
    return bool(asked.asked_of and not asked.answer) or any(one.state == "asked" for one in value.checklist.values())


def _stage(row: InquiryRecord, value: Inquiry) -> Sentence:
    if row.state != "open":
        return _LOST
    if len(value.checklist) < len(CHECKLIST) or not (value.feasibility.asked_of or value.feasibility.answer):
        return _TO_ASK
    return _ASKED if _waits(value) else _KNOWN


def _next(row: InquiryRecord, value: Inquiry) -> Sentence:
    if row.state != "open":
        return say("Lost: {reason}", reason=value.lost_reason)
    if missing := open_sentence(value):
        return missing
    if not (value.feasibility.asked_of or value.feasibility.answer):
        return say("Nobody was asked yet whether we can make it.")
    return say("Everything is asked: wait for what is not answered.") if _waits(value) else say("Write the quote.")


# -- the page ---------------------------------------------------------------------------------------------------------


def _checklist(shown: InquiryRow) -> SectionRow:
    facts = [FactRow(one.question, _answer(one), open_=one.state == "open") for one in shown.checklist]
    asked = shown.feasibility
    told = asked.answer or str(_asked_of(shown) if asked.asked_of else say("not asked yet"))
    able = FactRow(say("whether we can make it"), told, open_=not (asked.answer or asked.asked_of))
    return SectionRow(say("Customer checklist"), (*facts, able))


def _answer(one: ChecklistRow) -> str:
    told = {
        "answered": one.text,
        "asked": str(say("asked on {day}, no answer yet", day=one.on)),
        "refused": str(say("they won't tell ({day})", day=one.on)),
    }
    return told.get(one.state, str(say("not asked yet")))


def _asked_of(shown: InquiryRow) -> Sentence:
    asked = shown.feasibility
    if asked.due:
        return say("asked {who}, to be told by {day}", who=asked.asked_of, day=asked.due)
    return say("asked {who}", who=asked.asked_of)


def _asked_for(shown: InquiryRow) -> SectionRow:
    return SectionRow(say("What they ask for"), tuple(_wishes(shown)))


def _wishes(shown: InquiryRow) -> Iterator[FactRow]:
    for number, item in enumerate(shown.items, 1):
        yield FactRow(say("Item {number}", number=number), _item(item))
    told = (
        (say("Delivery term"), shown.incoterm),
        (say("wanted by"), shown.wanted_by),
        (say("certificates"), shown.certificates),
        (say("packing"), shown.packing),
        (say("note"), shown.note),
        (say("lost because"), shown.lost_reason),
    )
    yield from (FactRow(label, value) for label, value in told if value)


def _item(item: InquiryItem) -> str:
    counted = f"{item.quantity:,f} {item.unit}".strip() if item.quantity is not None else ""
    yearly = str(say("{count} a year", count=f"{item.yearly:,f}")) if item.yearly is not None else ""
    target = str(say("target {price}", price=item.target)) if item.target else ""
    return " · ".join(filter(None, (item.sku, item.customer_item, item.text, counted, yearly, target)))
