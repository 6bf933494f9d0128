"""Orders on the worklist: milestones that come near or are late, money to verify and to chase, dates of letters of credit.

Room: queries. A row is "d4:production", of kind `order` or `payment`.
"""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from mailcrm.domain.clock.states import State
from mailcrm.domain.orders.duties import Duty, duties
from mailcrm.domain.orders.letters import template_of
from mailcrm.domain.words import say
from mailcrm.queries.order_parties import Parties
from mailcrm.queries.orders import end_of_day, title_of
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Company, Contact, Message, QuoteRecord
from mailcrm.store.orders import OrderFile, facts_of, open_files, quotes_to_order
from mailcrm.store.quotes import quote_name

__all__ = ["order_rows"]


def order_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of what the open orders ask for."""
    made = [_to_make(session, quote, owners) for quote in quotes_to_order(session)]
    day = outlook.today
    ahead = timedelta(days=max(outlook.policies.orders.warn_days, outlook.policies.orders.lc_warn_days))
    files = open_files(session, until=day + ahead)
    if not files:
        return made
    parties = Parties(session, outlook, files)
    return made + [
        _row(file, duty, parties, outlook)
        for file in files
        for duty in duties(facts_of(file), outlook.policies.orders, day)
    ]


def _to_make(session: Session, quote: QuoteRecord, owners: Owners) -> WorklistRow:
    """Return the row of an accepted quote: the order is still to be made of it."""
    mail = session.get_one(Message, quote.message_id)
    contact = session.get(Contact, quote.contact_id) if quote.contact_id else None
    company = session.get(Company, contact.company_id) if contact and contact.company_id else None
    why = say("{quote} is accepted: make the order of it.", quote=quote_name(quote))
    return WorklistRow(
        id=f"q{quote.id}:order",
        ref=f"q{quote.id}",
        band="step",
        kind="order",
        state=State.AT_RISK.value,
        why=why,
        thread_id=f"t{mail.thread_id}",
        company=company.name if company else None,
        contact=(contact.name or contact.address) if contact else None,
        country=(company.country if company else None) or (contact.country if contact else None),
        grade=company.grade if company else None,
        role=company.role if company else "unknown",
        purpose="order",
        gist=str(why),
        subject=quote_name(quote),
        arrived_at=quote.changed_at,
        owner=owners.of(mail.thread_id, mail.account_id),
    )


def _row(file: OrderFile, duty: Duty, parties: Parties, outlook: Outlook) -> WorklistRow:
    contact, company, owner = parties.of(file)
    due = end_of_day(duty.due, outlook)
    late = due is not None and due < outlook.now
    milestone = file.milestones.get(duty.name)
    template = template_of(duty.name, file.content, settled=False, late=late) if milestone else ""
    return WorklistRow(
        id=f"{file.id}:{duty.key}",
        ref=file.id,
        band=duty.band,
        kind=duty.kind,
        state=(State.OVERDUE if late else State.AT_RISK).value,
        why=duty.why,
        thread_id=f"t{file.thread_id}" if file.thread_id else None,
        company=company.name if company else None,
        contact=contact.name or contact.address,
        country=(company.country if company else None) or contact.country,
        grade=company.grade if company else None,
        role=company.role if company else contact.role,
        purpose="payment_slip" if duty.key.endswith("_slip") else "order",
        gist=str(duty.why),
        subject=f"{file.row.number} {title_of(file.content)}".strip(),
        due=due,
        overdue_seconds=int((outlook.now - due).total_seconds()) if late and due else 0,
        arrived_at=file.row.changed_at,
        flags=("late",) if late else (),
        suggested_template=template or None,
        owner=(milestone.owner if milestone else "") or owner,
    )
