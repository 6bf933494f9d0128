"""Our own companies and their bank accounts between record and document.

Room: store. Whoever writes a document asks here for the letterhead and for the registered block.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.trade.bank_block import REGISTERED, BankDetails, bank_block
from mailcrm.domain.words import say
from mailcrm.records import BankAccount, OurEntity, Paper
from mailcrm.store.finding import number
from mailcrm.store.papers import read_paper

if TYPE_CHECKING:
    from mailcrm.domain.documents import Letterhead

__all__ = ["account_named", "accounts_of", "details_of", "entities", "entity_named", "letterhead", "registered_block"]


def entities(session: Session) -> Sequence[OurEntity]:
    """Return our companies, the first one first."""
    return session.exec(select(OurEntity).order_by(col(OurEntity.id))).all()


def entity_named(session: Session, given: str | None = None) -> OurEntity:
    """Return our company of the id "e1"; the first one where none is given. NotFound where there is none."""
    if given is None:
        found = session.exec(select(OurEntity).order_by(col(OurEntity.id))).first()
    else:
        found = session.get(OurEntity, number(given, "e", "company of ours"))
    if found is None:
        raise NotFound(
            say("There is no {id}.", id=given) if given else say("Our own company is not written down yet."),
            say("`mailcrm entity edit --name-en …` writes it down; `mailcrm entity list` shows what there is."),
        )
    return found


def letterhead(session: Session, given: str | None = None) -> Letterhead:
    """Return the letterhead of our company "e1", or of the first one."""
    from mailcrm.domain.documents import Letterhead

    row = entity_named(session, given)
    logo = session.get(Paper, row.logo_id) if row.logo_id else None
    return Letterhead(
        name_en=row.name_en,
        name_zh=row.name_zh,
        address_en=row.address_en,
        address_zh=row.address_zh,
        phone=row.phone,
        mail=row.mail,
        web=row.web,
        tax_id=row.tax_id,
        logo=read_paper(session, logo) if logo else b"",
    )


def account_named(session: Session, given: str) -> BankAccount:
    """Return the bank account of the id "b2"."""
    row = session.get(BankAccount, number(given, "b", "bank account"))
    if row is None:
        raise NotFound(say("There is no {id}.", id=given), say("`mailcrm bank list` shows the accounts."))
    return row


def accounts_of(session: Session, entity_id: int | None = None, *, state: str | None = None) -> Sequence[BankAccount]:
    """Return accounts in the order in which they were proposed; None: of all our companies, in any state."""
    wanted = select(BankAccount).order_by(col(BankAccount.id))
    if entity_id is not None:
        wanted = wanted.where(col(BankAccount.entity_id) == entity_id)
    if state is not None:
        wanted = wanted.where(col(BankAccount.state) == state)
    return session.exec(wanted).all()


def details_of(row: BankAccount) -> BankDetails:
    """Return an account's details."""
    return BankDetails(
        beneficiary=row.beneficiary,
        account=row.account,
        bank=row.bank,
        swift=row.swift,
        currency=row.currency,
        bank_address=row.bank_address,
        intermediary=row.intermediary,
    )


def registered_block(session: Session, currency: str, given: str | None = None) -> str:
    """Return the registered block in `currency` of our company "e1" (None: the first one); "" where none is registered."""
    known = entities(session)
    if not known:
        return ""
    entity = entity_named(session, given)
    rows = accounts_of(session, entity.id, state=REGISTERED)
    return next((bank_block(details_of(row)) for row in rows if row.currency == currency), "")
