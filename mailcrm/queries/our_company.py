"""Our own companies and their bank accounts for lists.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from mailcrm.domain.trade.bank_block import bank_block
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import BankRow, EntityRow
from mailcrm.queries.steps import history_rows
from mailcrm.records import BankAccount, OurEntity
from mailcrm.store.our_company import account_named, accounts_of, details_of, entities, entity_named
from mailcrm.store.papers import paper_id

__all__ = ["BANK_NOUN", "bank_account", "bank_accounts", "our_entities", "our_entity"]

BANK_NOUN = "bank_account"


def our_entities(session: Session, outlook: Outlook) -> tuple[EntityRow, ...]:
    """Return our companies, the first one first."""
    del outlook
    return tuple(map(_entity, entities(session)))


def our_entity(session: Session, outlook: Outlook, *, id: str | None = None) -> EntityRow:  # noqa: A002  (as on the command line)
    """Return one company of ours, the first where none is named."""
    del outlook
    return _entity(entity_named(session, id))


def bank_accounts(session: Session, outlook: Outlook, *, entity: str | None = None) -> tuple[BankRow, ...]:
    """Return bank accounts, all of them or those of one company, with what became of each."""
    of = entity_named(session, entity).id if entity is not None else None
    return _accounts(session, outlook, accounts_of(session, of))


def bank_account(session: Session, outlook: Outlook, *, id: str) -> BankRow:  # noqa: A002  (as on the command line)
    """Return one bank account."""
    return _accounts(session, outlook, [account_named(session, id)])[0]


def _entity(row: OurEntity) -> EntityRow:
    return EntityRow(
        id=f"e{row.id}",
        name_en=row.name_en,
        name_zh=row.name_zh,
        address_en=row.address_en,
        address_zh=row.address_zh,
        phone=row.phone,
        mail=row.mail,
        web=row.web,
        tax_id=row.tax_id,
        logo=paper_id(row.logo_id) if row.logo_id else None,
    )


def _accounts(session: Session, outlook: Outlook, rows: Sequence[BankAccount]) -> tuple[BankRow, ...]:
    told = history_rows(session, outlook, BANK_NOUN, [row.id or 0 for row in rows])
    return tuple(
        BankRow(
            id=f"b{row.id}",
            entity=f"e{row.entity_id}",
            state=row.state,
            currency=row.currency,
            beneficiary=row.beneficiary,
            account=row.account,
            bank=row.bank,
            bank_address=row.bank_address,
            swift=row.swift,
            intermediary=row.intermediary,
            block=bank_block(details_of(row)),
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            registered_by=row.registered_by,
            registered_at=row.registered_at,
            alone=row.alone,
            history=told[row.id or 0],
        )
        for row in rows
    )
