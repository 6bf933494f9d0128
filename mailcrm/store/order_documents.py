"""What the pages of an order show besides what it says: our letterhead, the customer, our registered account.

Room: store.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mailcrm.domain.documents import Letterhead, Party, ProformaInvoice
from mailcrm.domain.documents.work_order import WorkOrder
from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.papers import PageFacts, proforma_of, work_order_of
from mailcrm.domain.words import say
from mailcrm.records import Company, Contact, MailAccount, Message
from mailcrm.store.orders import OrderFile
from mailcrm.store.our_company import entities, letterhead, registered_block

__all__ = ["KINDS", "document_of", "spoken"]

KINDS = ("proforma", "work_order")


def document_of(
    session: Session, file: OrderFile, kind: str, language: str, issued: date, departments: tuple[str, ...] = ()
) -> ProformaInvoice | WorkOrder:
    """Return the page of an order: "proforma" or "work_order"."""
    if kind not in KINDS:
        raise UsageError(
            say("An order has no page {kind}.", kind=kind), say("They are: {names}.", names=", ".join(KINDS))
        )
    contact = session.get_one(Contact, file.row.contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    mail = session.get(Message, file.row.message_id) if file.row.message_id else None
    account = session.get(MailAccount, mail.account_id) if mail is not None and mail.account_id else None
    factory = kind == "work_order"
    facts = PageFacts(
        number=file.row.number,
        issued=issued,
        ours=Letterhead("") if factory and not entities(session) else letterhead(session),
        customer=Party(company.name if company else contact.address, contact=contact.name, mail=contact.address),
        customer_code=f"o{company.id}" if company else f"c{contact.id}",
        due=file.due,
        bank="" if factory else registered_block(session, file.content.currency),
        prepared_by=account.display_name if account else "",
        departments=departments,
    )
    made = work_order_of if factory else proforma_of
    return made(file.content, facts, language)


def spoken(session: Session, file: OrderFile, kind: str, language: str) -> str:
    """Return the language of a page: the one that was asked for, else Chinese for the factory, and the customer's."""
    if language or kind == "work_order":
        return language or "zh"
    return "zh" if session.get_one(Contact, file.row.contact_id).language.startswith("zh") else "en"
