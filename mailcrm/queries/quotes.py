"""Quotes as they stand: one with its working, its checks of today and its timeline; all; those that a price list touches.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

from mailcrm.domain.quotes.carriage import freight_of
from mailcrm.domain.quotes.checks.every import run_checks
from mailcrm.domain.quotes.checks.facts import Finding, LineFacts, QuoteFacts
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.quotes.states import EDITABLE, LIVE, QuoteState
from mailcrm.domain.quotes.working import amount_of, total_of
from mailcrm.domain.trade.cells import sku_key
from mailcrm.domain.trade.incoterms import Incoterm
from mailcrm.domain.trade.money import Money
from mailcrm.domain.trade.working import figure
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import (
    ApprovalRow,
    FindingRow,
    LiveQuoteRow,
    QuoteLineRow,
    QuoteListRow,
    QuoteRow,
    WorkingRow,
)
from mailcrm.queries.steps import history_rows, paper_rows
from mailcrm.records import Company, Contact, Message, Outgoing, QuoteRecord, QuoteSku
from mailcrm.store.bulk import one_among, table_of
from mailcrm.store.papers import paper_id
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import NOUN, approval_of, content_of, quote_name, quote_named
from mailcrm.store.quotes_of import company_of

__all__ = [
    "OVER",
    "Customer",
    "customer_of",
    "live_quotes_using",
    "printed_term",
    "quote",
    "quotes",
    "total_money",
    "total_printed",
]

OVER = frozenset({QuoteState.ACCEPTED, QuoteState.DECLINED, QuoteState.SUPERSEDED, QuoteState.WITHDRAWN})
T = TypeVar("T", bound=SQLModel)

_HEADER_ONLY = ("lines", "fees", "bank")


def quotes(
    session: Session, outlook: Outlook, *, state: str = "", thread: str = "", over: bool = True
) -> tuple[QuoteListRow, ...]:
    """Return the quotes, the newest first; those in `state`, those on a thread ("t12"). A list holds none of them against the checks."""
    wanted = select(QuoteRecord).order_by(col(QuoteRecord.id).desc())
    if state:
        wanted = wanted.where(col(QuoteRecord.state) == state)
    if not over:
        wanted = wanted.where(col(QuoteRecord.state).not_in([one.value for one in OVER]))
    if thread:
        mails = select(Message.id).where(col(Message.thread_id) == int(thread.removeprefix("t")))
        wanted = wanted.where(col(QuoteRecord.message_id).in_(mails))
    found = session.exec(wanted).all()
    return tuple(QuoteListRow(**known) for known in _known(session, outlook, found))


def quote(session: Session, outlook: Outlook, *, id: str) -> QuoteRow:  # noqa: A002  (as on the command line)
    """Return a quote by its id, "q2", or its number."""
    row = quote_named(session, id)
    (known,) = _known(session, outlook, [row])
    content, facts = content_of(row), gather(session, row, outlook)
    return QuoteRow(**known, lines=_lines(row, content, facts), checks=tuple(map(_finding, run_checks(facts))))


def live_quotes_using(session: Session, outlook: Outlook, *, skus: Collection[str]) -> tuple[LiveQuoteRow, ...]:
    """Return the quotes that are with a customer, or being written, and offer one of these articles."""
    del outlook
    wanted = {sku_key(sku) for sku in skus}
    states = [state.value for state in LIVE | EDITABLE if state is not QuoteState.ACCEPTED]
    found: dict[int, set[str]] = {}
    offered = select(QuoteSku).join(QuoteRecord, col(QuoteRecord.id) == col(QuoteSku.quote_id))
    for row in session.exec(offered.where(col(QuoteRecord.state).in_(states))):
        if row.sku_key in wanted:  # a price list may have more articles than a statement takes
            found.setdefault(row.quote_id, set()).add(row.sku)
    rows = select(QuoteRecord).where(col(QuoteRecord.id).in_(found))
    return tuple(
        LiveQuoteRow(
            f"q{row.id}",
            quote_name(row),
            row.state,
            customer_of(session, row).company,
            tuple(sorted(found[row.id or 0])),
            row.valid_until,
            total_money(content_of(row)),
        )
        for row in session.exec(rows.order_by(col(QuoteRecord.id)))
    )


class Customer:
    """Whom a quote is for."""

    def __init__(self, company: Company | None, contact: Contact | None) -> None:
        self.company = company.name if company else None
        self.contact = (contact.name or contact.address) if contact else None
        self.country = (company.country if company else None) or (contact.country if contact else None)
        self.grade = company.grade if company else None
        self.role = (company.role if company else None) or (contact.role if contact else None) or "unknown"


def customer_of(session: Session, row: QuoteRecord) -> Customer:
    """Return whom a quote is for."""
    return Customer(
        company_of(session, row.contact_id), session.get(Contact, row.contact_id) if row.contact_id else None
    )


def printed_term(content: QuoteContent) -> str:
    """Return "FOB Ningbo, Incoterms® 2020", "" where none is set."""
    return str(Incoterm(content.incoterm, content.place)) if content.incoterm else ""


def total_printed(content: QuoteContent) -> str:
    """Return the total as it is printed."""
    total = total_money(content)
    return str(total) if total is not None else ""


def total_money(content: QuoteContent) -> Money | None:
    """Return the total; None where nothing is offered yet."""
    return total_of(content) if content.currency and content.lines else None


def _known(session: Session, outlook: Outlook, records: Sequence[QuoteRecord]) -> Iterator[dict[str, Any]]:
    """Yield what is stored of each quote; read once for all of them."""
    ids = [row.id or 0 for row in records]
    told, kept = history_rows(session, outlook, NOUN, ids), paper_rows(session, NOUN, ids)
    owners, last = Owners(session, outlook), _last_mails(session, ids)
    mails = {one.id: one for one in _all(session, Message, [row.message_id for row in records])}
    people = {one.id: one for one in _all(session, Contact, [row.contact_id or 0 for row in records])}
    firms = {one.id: one for one in _all(session, Company, [one.company_id or 0 for one in people.values()])}
    for row in records:
        contact, mail = people.get(row.contact_id), mails[row.message_id]
        who = Customer(firms.get(contact.company_id) if contact else None, contact)
        yield {
            **_stored(row, outlook, who),
            "thread_id": f"t{mail.thread_id}",
            "message_id": f"m{mail.id}",
            "owner": owners.of(mail.thread_id, mail.account_id),
            "mail": last.get(row.id or 0),
            "history": told[row.id or 0],
            "papers": kept[row.id or 0],
        }


def _all(session: Session, record: type[T], ids: Collection[int]) -> Sequence[T]:
    return session.exec(select(record).where(one_among(table_of(record).c.id, sorted(set(ids))))).all()


def _stored(row: QuoteRecord, outlook: Outlook, who: Customer) -> dict[str, Any]:
    content = content_of(row)
    return {
        "id": f"q{row.id}",
        "number": quote_name(row),
        "version": row.version,
        "state": row.state,
        "company": who.company,
        "contact": who.contact,
        "country": who.country,
        "grade": who.grade,
        "author": row.author,
        "currency": content.currency,
        "incoterm": printed_term(content),
        "total": total_money(content),
        "valid_until": row.valid_until,
        "expires_at": row.expires_at,
        "sent_at": row.sent_at,
        "external": row.external,
        "outgoing": f"x{row.outgoing_id}" if row.outgoing_id else None,
        "follow_up": row.step,
        "next_due": row.next_due,
        "inquiry": f"i{row.inquiry_id}" if row.inquiry_id else None,
        "price_list": row.list_version,
        "hash": row.content_hash,
        "pdf": paper_id(row.pdf_id) if row.pdf_id and row.pdf_hash.startswith(row.content_hash) else None,
        "approval": _approval(row, outlook),
        "note": row.note,
        "terms": _terms(content),
    }


def _last_mails(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the last mail that was written to carry or withdraw each quote."""
    wanted = {f"q{one}:{what}": one for one in ids for what in ("send", "withdraw")}
    about = col(Outgoing.about)
    theirs = about.in_(wanted) if len(ids) == 1 else about.like("q%")
    found: dict[int, int] = {}
    for name, mail in session.exec(select(Outgoing.about, Outgoing.id).where(theirs).order_by(col(Outgoing.id))):
        if name in wanted:
            found[wanted[name]] = mail or 0
    return {one: f"x{mail}" for one, mail in found.items()}


def _approval(row: QuoteRecord, outlook: Outlook) -> ApprovalRow | None:
    kept = approval_of(row)
    if kept is None:
        return None
    return ApprovalRow(kept.by, kept.at, kept.until, kept.hash, kept.own, kept.holds(row.content_hash, outlook.now))


def _terms(content: QuoteContent) -> Mapping[str, object]:
    fees = [
        {"kind": fee.kind, "amount": Money(fee.amount, content.currency or "USD"), "refund": fee.refund}
        for fee in content.fees
    ]
    header = {name: value for name, value in content.to_json().items() if name not in _HEADER_ONLY}
    return {**header, "fees": fees, "bank": content.bank}


def _lines(row: QuoteRecord, content: QuoteContent, facts: QuoteFacts) -> tuple[QuoteLineRow, ...]:
    return tuple(
        _line(number, content, line, known, marked=number in row.marked)
        for number, (line, known) in enumerate(zip(content.lines, facts.lines, strict=True), 1)
    )


def _line(number: int, content: QuoteContent, line: QuoteLine, known: LineFacts, *, marked: bool) -> QuoteLineRow:
    verdict, freight = known.verdict, freight_of(content, line)
    working = (*(freight.working if freight else ()), *(verdict.working if verdict else ()))
    said = QuoteContent("", "", "", (line,)).to_json()["lines"][0]
    shown = ("sku", "description", "quantity", "unit", "price", "cost_sheet")
    return QuoteLineRow(
        number=number,
        sku=line.sku,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        price=Money(line.price, content.currency or "USD"),
        amount=amount_of(content, line),
        net_fob=verdict.net if verdict else None,
        floor=verdict.floor if verdict else None,
        least_price=verdict.least if verdict else None,
        allowed=verdict.allowed if verdict else None,
        price_list=known.list_version,
        cost_sheet=line.cost_sheet,
        marked=marked,
        details={name: str(value) for name, value in said.items() if name not in shown and value not in ("", None, 0)},
        working=tuple(WorkingRow(one.label, one.value) for one in working),
        freight=figure(freight.per_unit, 5) if freight else None,
    )


def _finding(found: Finding) -> FindingRow:
    return FindingRow(
        found.number, found.rule, found.problem, found.fix, found.refuses, found.line, found.verb, found.asked
    )
