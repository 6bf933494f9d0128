"""What the ten checks read of a quote, gathered from the records: floors of today, cost sheets, confirmations, the registered bank block.

Room: store. Commands and read models ask here, so that a screen shows exactly what a command will say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlmodel import Session, col, select

from mailcrm.domain.checks import KnownName
from mailcrm.domain.errors import UsageError
from mailcrm.domain.message import Role
from mailcrm.domain.parties import Ours
from mailcrm.domain.policies import Policies
from mailcrm.domain.quotes.checks.confirmations import KINDS
from mailcrm.domain.quotes.checks.facts import Confirmation, LineFacts, QuoteFacts
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.working import verdict_of, what_lacks
from mailcrm.domain.trade.payment import needs_approval
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.trade.rules import TradeRules
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact, QuoteRecord
from mailcrm.store.our_company import registered_block
from mailcrm.store.papers import paper_id, papers_of
from mailcrm.store.prices import Priced, known_lists, list_named, list_valid_on, price_list, priced
from mailcrm.store.quotes import NOUN, content_of
from mailcrm.store.quotes_of import company_of, unanswered
from mailcrm.store.sellable import sheet_of

__all__ = ["Ground", "confirmations_of", "gather", "list_today", "marked_since", "risen_since"]

_CUSTOMERS = (Role.CUSTOMER, Role.PROSPECT, Role.AGENT, Role.UNKNOWN)


class Ground(Protocol):
    """What a situation, an outlook and a moment have in common."""

    @property
    def today(self) -> date:
        """The day that it is in our office."""
        ...

    @property
    def ours(self) -> Ours:
        """Our people."""
        ...

    @property
    def policies(self) -> Policies:
        """What the house decides."""
        ...


def gather(session: Session, row: QuoteRecord, ground: Ground) -> QuoteFacts:
    """Return what is known around a quote today."""
    content, day = content_of(row), ground.today
    company = company_of(session, row.contact_id)
    return QuoteFacts(
        id=f"q{row.id}",
        content=content,
        today=day,
        lines=tuple(_line(session, content, line, ground) for line in content.lines),
        unanswered=unanswered(session, row.inquiry_id),
        confirmations=confirmations_of(session, row),
        payment_problem=_payment_problem(content, ground.policies.trade),
        incoterms=ground.policies.trade.incoterms,
        registered_bank=registered_block(session, content.currency, content.entity or None),
        others=_other_customers(session, company, row.contact_id),
        familiar="\n".join(filter(None, [content.customer, content.attention, company.name if company else ""])),
        ours=ground.ours.names,
        list_ids=tuple(one.version for one in known_lists(session)),
        oldest_rate=ground.policies.trade.rate_days,
    )


def list_today(session: Session, ground: Ground) -> str:
    """Return the version of the price list that is valid today, "" where none is."""
    found = list_valid_on(session, ground.today)
    return found.version if found is not None else ""


def marked_since(session: Session, row: QuoteRecord, ground: Ground) -> list[int]:
    """Return the lines (from 1) for which the list of today asks another floor than the one that they were held against."""
    day = ground.today
    return [
        number
        for number, line in enumerate(content_of(row).lines, 1)
        if _floor(priced(session, line.sku, line.quantity, day)) != _floor(_then(session, row, line))
    ]


def risen_since(session: Session, row: QuoteRecord, ground: Ground) -> Sentence | None:
    """Return that the list of today asks more than the one of the quote did; None where it doesn't."""
    day = ground.today
    for line in content_of(row).lines:
        before, now = _then(session, row, line), priced(session, line.sku, line.quantity, day)
        if before is not None and now is not None and now.line.floor.amount > before.line.floor.amount:
            return say(
                "List {new} asks at least {now} for {sku}, {old} asked {before}.",
                new=now.version,
                now=now.line.floor,
                sku=line.sku,
                old=before.version,
                before=before.line.floor,
            )
    return None


def _then(session: Session, row: QuoteRecord, line: QuoteLine) -> Priced | None:
    if not row.list_version:
        return None
    found = price_list(session, list_named(session, row.list_version)).line(line.sku, line.quantity)
    return Priced(row.list_version, found) if found is not None else None


def _floor(found: Priced | None) -> str:
    return str(found.line.floor) if found is not None else ""


def _line(session: Session, content: QuoteContent, line: QuoteLine, ground: Ground) -> LineFacts:
    found = priced(session, line.sku, line.quantity, ground.today)
    lacks = what_lacks(content, line) if content.incoterm else ()
    verdict = None
    if found is not None and content.incoterm and not lacks and found.line.floor.currency == content.currency:
        verdict = verdict_of(content, line, found.line.floor)
    return LineFacts(
        verdict=verdict,
        lacks=lacks,
        list_version=found.version if found is not None else "",
        sheet=sheet_of(session, line.cost_sheet, ground.today, ground.policies.office),
        inspection=ground.policies.quotes.needs_inspection(line.hs),
    )


def confirmations_of(session: Session, row: QuoteRecord) -> tuple[Confirmation, ...]:
    """Return what others confirmed for a quote."""
    kept = papers_of(session, NOUN, [row.id or 0])
    return tuple(
        Confirmation(paper.kind, paper_id(paper.id), paper.valid_until) for paper in kept if paper.kind in KINDS
    )


def _payment_problem(content: QuoteContent, rules: TradeRules) -> Sentence | None:
    if not content.payment:
        return None
    try:
        return next(iter(needs_approval(parse_payment(content.payment), rules.payment)), None)
    except UsageError as error:
        return error.sentence


def _other_customers(session: Session, company: Company | None, contact_id: int | None) -> tuple[KnownName, ...]:
    """Return the names of the customers that this quote is not for."""
    own = company.id if company else None
    firms = select(Company.name).where(col(Company.id) != (own or 0), col(Company.role).in_(_CUSTOMERS))
    people = select(Contact.name).where(
        col(Contact.id) != (contact_id or 0), col(Contact.role).in_(_CUSTOMERS), col(Contact.name) != ""
    )
    others = people.where((col(Contact.company_id) != own) | col(Contact.company_id).is_(None)) if own else people
    names: Sequence[str] = session.exec(others).all()
    return (*map(KnownName, session.exec(firms)), *(KnownName(name, person=True) for name in names))
