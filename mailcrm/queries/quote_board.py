"""Quotes as a board by stage, and one as a page (`rows.deals`).

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.words import say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.quote_forms import forms_of
from mailcrm.queries.quote_lines import acts, wants
from mailcrm.queries.quotes import OVER, customer_of, quote, total_money, total_printed
from mailcrm.queries.ready_mails import ready_mails
from mailcrm.queries.rows import BoardRow, FactRow, PageRow, QuoteLineRow, QuoteRow, SectionRow
from mailcrm.records import Message, QuoteRecord
from mailcrm.store.quotes import content_of, quote_name, quote_named

__all__ = ["quote_board", "quote_page"]

S = QuoteState
_ORDER = [S.RE_CHECK, S.NEEDS_APPROVAL, S.DRAFT, S.READY, S.FOLLOW_UP, S.NEGOTIATING, S.SENT, S.EXPIRED, S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.SUPERSEDED]  # fmt: skip


def quote_board(session: Session, outlook: Outlook, *, over: bool = False) -> tuple[BoardRow, ...]:
    """Return the quotes by stage; those that are over only where asked for."""
    rows = select(QuoteRecord)
    if not over:
        rows = rows.where(col(QuoteRecord.state).not_in([state.value for state in OVER]))
    owners = Owners(session, outlook)
    cards = [_card(session, outlook, owners, row) for row in session.exec(rows.order_by(col(QuoteRecord.id))).all()]
    return tuple(sorted(cards, key=lambda card: (_ORDER.index(S(card.state)), -int(card.id[1:]))))


def _card(session: Session, outlook: Outlook, owners: Owners, row: QuoteRecord) -> BoardRow:
    content, who, mail = content_of(row), customer_of(session, row), session.get_one(Message, row.message_id)
    first = content.lines[0] if content.lines else None
    more = f" +{len(content.lines) - 1}" if len(content.lines) > 1 else ""
    return BoardRow(
        id=f"q{row.id}",
        number=quote_name(row),
        state=row.state,
        stage=QUOTE_STATE_WORDS[S(row.state)],
        title=f"{first.description or first.sku}{more}" if first else mail.subject,
        next_step=wants(row, outlook) if S(row.state) not in OVER else QUOTE_STATE_WORDS[S(row.state)],
        company=who.company,
        contact=who.contact,
        country=who.country,
        grade=who.grade,
        amount=total_printed(content),
        money=total_money(content),
        due=row.next_due,
        late=acts(row) and (row.next_due is None or row.next_due <= outlook.now),
        since=row.changed_at,
        owner=owners.of(mail.thread_id, mail.account_id),
        thread_id=f"t{mail.thread_id}",
    )


def quote_page(session: Session, outlook: Outlook, *, id: str) -> PageRow:  # noqa: A002  (as on the command line)
    """Return a quote as a page, by its id or its number."""
    row = quote_named(session, id)
    shown = quote(session, outlook, id=f"q{row.id}")
    return PageRow(
        _card(session, outlook, Owners(session, outlook), row),
        tuple(section for section in _sections(shown) if section.facts),
        shown.history,
        shown.papers,
        tuple(forms_of(row, shown)),
        ready_mails(session, shown.id),
    )


def _sections(shown: QuoteRow) -> Iterator[SectionRow]:
    failing = [FactRow(finding.rule, str(finding.problem), open_=True) for finding in shown.checks]
    fixes = [FactRow(say("Mend"), str(finding.fix), verb=finding.verb, asked=finding.asked) for finding in shown.checks]
    yield SectionRow(say("Checks that fail"), tuple(fact for pair in zip(failing, fixes, strict=True) for fact in pair))
    for line in shown.lines:
        yield SectionRow(say("Line {number}: {sku}", number=line.number, sku=line.sku), tuple(_line(line)))
    yield SectionRow(say("Terms"), tuple(_terms(shown)))
    if shown.approval is not None:
        approval = shown.approval
        facts = (FactRow(say("Approved by"), approval.by), FactRow(say("Valid until"), approval.until.isoformat()))
        yield SectionRow(say("Approval"), facts if approval.holds else (*facts, FactRow(say("Holds"), "–", open_=True)))


def _line(line: QuoteLineRow) -> Iterator[FactRow]:
    yield FactRow(say("Article"), line.description or line.sku)
    yield FactRow(say("Quantity and price"), f"{line.quantity:,} {line.unit} × {line.price} = {line.amount}")
    for each in line.working:
        yield FactRow(each.label, each.value)
    if line.marked:
        yield FactRow(say("Floor"), str(say("changed by list {list}", list=line.price_list)), open_=True)
    for name, value in line.details.items():
        yield FactRow(say("{name}", name=name), value)


def _terms(shown: QuoteRow) -> Iterator[FactRow]:
    terms = shown.terms
    told = (
        (say("Total"), str(shown.total or "")),
        (say("Delivery"), shown.incoterm),
        (say("Payment"), str(terms["payment"])),
        (say("Lead time"), " · ".join(filter(None, [str(terms["lead_time"]), str(terms["lead_from"])]))),
        (say("Valid until"), f"{shown.valid_until or ''} ({terms['zone']})"),
        (say("Port of loading"), str(terms["port_of_loading"])),
        (say("Price list"), shown.price_list),
        (say("Inquiry"), shown.inquiry or ""),
        (say("Note"), shown.note),
        (say("Content"), shown.hash[:8]),
    )
    for label, value in told:
        if value:
            yield FactRow(label, value, ref=value if value == shown.inquiry else "")
