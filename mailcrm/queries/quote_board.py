"""Quotes as a board by stage, one as a page, and what begins one (`rows.deals`).

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlmodel import Session, col, select

from mailcrm.domain.quotes.checks.confirmations import KINDS
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.quote_lines import acts, wants
from mailcrm.queries.quotes import OVER, customer_of, quote, total_printed
from mailcrm.queries.rows import BoardRow, FactRow, FormRow, PageRow, QuoteLineRow, QuoteRow, SectionRow
from mailcrm.records import Message, QuoteRecord
from mailcrm.store.finding import thread_id_of
from mailcrm.store.quotes import content_of, quote_name, quote_named
from mailcrm.store.quotes_of import asked_by, quotes_to

__all__ = ["quote_board", "quote_form", "quote_page"]

S = QuoteState
_ORDER = [S.RE_CHECK, S.NEEDS_APPROVAL, S.DRAFT, S.READY, S.FOLLOW_UP, S.NEGOTIATING, S.SENT, S.EXPIRED, S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.SUPERSEDED]  # fmt: skip
_TERMS = {
    "incoterm": say("Incoterm and place, such as CIF Hamburg"),
    "currency": say("Currency"),
    "lines": say("Lines: SKU,QTY,PRICE"),
    "freight": say("Freight of a piece, for C and D terms"),
    "premium": say("Insurance premium, for CIF and CIP, such as 0.3%"),
    "payment": say("Payment terms"),
    "lead_time": say("Lead time, such as 30 days after deposit"),
    "valid_until": say("Valid until, such as 2026-12-31 or +30d"),
    "discount": say("Discount"),
    "commission": say("Commission"),
    "port_of_loading": say("Port of loading"),
    "inquiry": say("Inquiry with the customer's answers, such as i3"),
    "remarks": say("Remarks"),
}


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
        tuple(_forms(row, shown)),
    )


def _sections(shown: QuoteRow) -> Iterator[SectionRow]:
    failing = [FactRow(finding.rule, str(finding.problem), open_=True) for finding in shown.checks]
    fixes = [FactRow(say("Mend"), str(finding.fix)) for finding in shown.checks]
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
            yield FactRow(label, value)


def _forms(row: QuoteRecord, shown: QuoteRow) -> Iterator[FormRow]:
    """Yield what can be done with a quote now, the likeliest first."""
    known = {"id": f"q{row.id}"}
    for name in _VERBS[S(row.state)]:
        yield _form(name, known, shown)


_VERBS = {
    S.DRAFT: ("check_quote", "edit_quote", "confirm_quote", "ask_approval", "render_quote"),
    S.NEEDS_APPROVAL: ("approve_quote", "reject_quote", "ask_approval", "edit_quote", "confirm_quote"),
    S.READY: ("send_quote", "render_quote", "edit_quote", "check_quote"),
    S.SENT: ("accept_quote", "decline_quote", "revise_quote", "negotiating", "withdraw_quote"),
    S.FOLLOW_UP: ("accept_quote", "decline_quote", "revise_quote", "negotiating", "withdraw_quote"),
    S.NEGOTIATING: ("revise_quote", "accept_quote", "decline_quote", "withdraw_quote"),
    S.EXPIRED: ("revise_quote", "accept_quote", "decline_quote"),
    S.RE_CHECK: ("revise_quote", "accept_quote", "decline_quote"),
    S.ACCEPTED: (),
    S.DECLINED: ("revise_quote",),
    S.SUPERSEDED: (),
    S.WITHDRAWN: ("revise_quote",),
}


def _form(name: str, known: Mapping[str, object], shown: QuoteRow) -> FormRow:
    note, optional = say("A word on it"), ("note", "mail", "text", "reason", "answers", "expires", "language")
    plain = {
        "check_quote": FormRow(name, say("Check it"), known),
        "ask_approval": FormRow(name, say("Ask a manager"), known, {"note": say("Why should it pass?")}, optional=("note",)),
        "approve_quote": FormRow(name, say("Approve exactly this"), {**known, "hash": shown.hash[:8]}, {"note": note}, optional=("note",)),
        "reject_quote": FormRow(name, say("Reject it"), known, {"note": say("What is to be different?")}),
        "render_quote": FormRow(name, say("Make the PDF"), known, {"language": say("Language")}, optional=optional, choices={"language": ("en", "zh")}),
        "send_quote": FormRow(name, say("Send it"), known, {"answers": say("Answers to the customer's questions")}, optional=optional, outward=True),
        "accept_quote": FormRow(name, say("They accepted it"), known, {"text": say("How did they say so?"), "mail": say("In which mail? (m12)")}, optional=optional),
        "decline_quote": FormRow(name, say("They declined it"), known, {"reason": say("Why was it lost?")}),
        "withdraw_quote": FormRow(name, say("Withdraw it by a mail"), known, {"reason": say("What do we tell the customer?")}, optional=optional, outward=True),
        "negotiating": FormRow("advance_quote", say("They negotiate"), {**known, "state": "negotiating"}, {"reason": say("What did they say?")}),
        "confirm_quote": FormRow(name, say("Attach a confirmation"), known, {"kind": say("Of what"), "file": say("File"), "expires": say("Valid until")}, optional=optional, choices={"kind": tuple(KINDS)}),
    }  # fmt: skip
    if name in plain:
        return plain[name]
    title = say("Change it") if name == "edit_quote" else say("Write the next version")
    return FormRow(name, title, known, _TERMS, _known_terms(shown), optional=tuple(_TERMS))


def _known_terms(shown: QuoteRow) -> dict[str, str]:
    lines = "\n".join(f"{line.sku},{line.quantity},{line.price.amount}" for line in shown.lines)
    terms = {
        name: str(shown.terms.get(name) or "")
        for name in ("currency", "freight", "premium", "payment", "port_of_loading")
    }
    place = f"{shown.terms['incoterm']} {shown.terms['place']}".strip()
    return {name: value for name, value in {**terms, "lines": lines, "incoterm": place}.items() if value}


def quote_form(session: Session, outlook: Outlook, *, thread: str) -> FormRow:
    """Return what a new quote on a thread asks, filled in from the last one to the company."""
    mail = asked_by(session, thread_id_of(session, thread))
    before = quotes_to(session, mail.contact_id)
    known = _known_terms(quote(session, outlook, id=f"q{before[-1].id}")) if before else {"currency": "USD"}
    title: Sentence = say("Write a quote")
    return FormRow("new_quote", title, {"thread": f"t{mail.thread_id}"}, _TERMS, known, optional=tuple(_TERMS))
