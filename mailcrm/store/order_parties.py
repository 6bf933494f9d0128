"""Whose order it is: the contact and the mail that an order hangs on, by what a person named.

Room: store. In: a quote, a thread, a mail, a contact or a company. Out: the contact and the newest mail with it, None where there never was one.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound, RefusedByRule
from mailcrm.domain.message import Side
from mailcrm.domain.orders.milestones import Stage
from mailcrm.domain.words import say
from mailcrm.records import Company, Contact, Message, OrderRecord, QuoteRecord, Thread
from mailcrm.store.finding import contact_named, numbered, thread_id_of

__all__ = ["names_quote", "order_on", "party_of", "quoted_party"]


def names_quote(given: str) -> bool:
    """Whether a person named a quote: "q2", or its printed number."""
    return numbered(given, "q") is not None or given.strip().upper().startswith("QUO-")


def order_on(session: Session, quote_id: int) -> str:
    """Return the number of the order that a quote became, "" for none."""
    made = select(OrderRecord.number).where(col(OrderRecord.quote_id) == quote_id)
    return session.exec(made.where(col(OrderRecord.stage) != Stage.CANCELLED.value).limit(1)).first() or ""


def quoted_party(session: Session, quote: QuoteRecord) -> tuple[Contact, int]:
    """Return to whom a quote was made, and the mail that it answers."""
    mail = session.get_one(Message, quote.message_id)
    known = quote.contact_id or mail.contact_id
    if known is None:
        raise RefusedByRule(
            say("Nobody outside is on this thread."), say("Name the contact: `mailcrm order new c7 …`.")
        )
    return session.get_one(Contact, known), quote.message_id


def party_of(session: Session, given: str) -> tuple[Contact, int | None]:
    """Return the contact and the newest mail of a thread ("t12", "m340"), a contact ("c7", an address) or a company ("o5")."""
    company = numbered(given, "o")
    if company is not None:
        return _with_mail(session, _of_company(session, company))
    if numbered(given, "c") is not None or "@" in given:
        return _with_mail(session, contact_named(session, given))
    thread = thread_id_of(session, given)
    mail = _newest(session, thread)
    known = session.get_one(Thread, thread).contact_id or (mail.contact_id if mail else None)
    contact = session.get(Contact, known) if known else None
    if contact is None:
        raise RefusedByRule(
            say("Nobody outside is on this thread."), say("Name the contact: `mailcrm order new c7 …`.")
        )
    return contact, mail.id if mail else None


def _newest(session: Session, thread: int) -> Message | None:
    """Return the newest mail of theirs on a thread, else the newest of ours."""
    mails = select(Message).where(col(Message.thread_id) == thread).order_by(col(Message.sort_key).desc())
    theirs = mails.where(col(Message.side) == Side.THEIRS.value)
    return session.exec(theirs.limit(1)).first() or session.exec(mails.limit(1)).first()


def _of_company(session: Session, company: int) -> Contact:
    """Return who of a company wrote last, else its first contact."""
    if session.get(Company, company) is None:
        raise NotFound(say("There is no company {id}.", id=f"o{company}"), say("`mailcrm company list` shows the ids."))
    people = select(Contact).where(col(Contact.company_id) == company)
    wrote = people.join(Message, col(Message.contact_id) == col(Contact.id)).order_by(col(Message.sort_key).desc())
    found = session.exec(wrote.limit(1)).first() or session.exec(people.order_by(col(Contact.id)).limit(1)).first()
    if found is None:
        raise RefusedByRule(
            say("The company {id} has no contact.", id=f"o{company}"),
            say("An order hangs on a person: name a thread or a contact."),
        )
    return found


def _with_mail(session: Session, contact: Contact) -> tuple[Contact, int | None]:
    mails = select(Message.id).where(col(Message.contact_id) == contact.id).order_by(col(Message.sort_key).desc())
    return contact, session.exec(mails.limit(1)).first()
