"""What can be done with a quote now, as forms, and what a new one asks: every term that the command line takes.

Room: queries. `core.do(form.verb, **form.arguments, **answers)` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from mailcrm.domain.quotes.checks.confirmations import KINDS
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.quotes import quote
from mailcrm.queries.rows import FormRow, QuoteLineRow, QuoteRow
from mailcrm.records import QuoteRecord
from mailcrm.store.finding import thread_id_of
from mailcrm.store.quotes_of import asked_by, quotes_to

__all__ = ["TERMS", "forms_of", "quote_form"]

S = QuoteState
TERMS: Mapping[str, Sentence] = {
    "incoterm": say("Incoterm and place, such as CIF Hamburg"),
    "currency": say("Currency"),
    "lines": say("Lines: SKU,QTY,PRICE,moq=500,sheet=g2"),
    "payment": say("Payment terms"),
    "lead_time": say("Lead time, such as 30 days after deposit"),
    "valid_until": say("Valid until, such as 2026-12-31 or +30d"),
    "inquiry": say("Inquiry with the customer's answers, such as i3"),
    "freight": say("Freight of a piece, for C and D terms"),
    "container": say("Or found from the cartons: which container? (40HQ)"),
    "rate": say("What does that container cost? (2800)"),
    "lcl": say("Or groupage: what does an m³ or ton cost? (60)"),
    "freight_until": say("Last day of the freight, such as 2026-11-30 or +7d"),
    "premium": say("Insurance premium, for CIF and CIP, such as 0.3%"),
    "markup": say("What is insured on top of the price, such as 10%"),
    "charges": say("Charges at destination, of a piece, for D terms"),
    "domestic": say("Charges on the way to the ship, of a piece, for EXW and FCA"),
    "discount": say("Discount"),
    "commission": say("Commission"),
    "port_of_loading": say("Port of loading"),
    "tooling": say("Tooling, such as 500; back after 10,000 pcs"),
    "sample_fee": say("Sample fee, such as 40; back with the order"),
    "tolerance": say("Tolerance of quantity"),
    "warranty": say("Warranty"),
    "excluded": say("Costs that the price doesn't hold, parted by ;"),
    "remarks": say("Remarks"),
    "customer": say("Customer, as it is printed"),
    "attention": say("For whose attention"),
    "entity": say("Which company of ours offers, such as e1"),
    "bank": say("Our bank block: write registered to take it anew"),
    "lead_from": say("What the lead time counts from, by itself"),
    "step": say("What prices are rounded up to, such as 0.01"),
}
_CHANGED = {**TERMS, "drop_line": say("Take a line away: its number")}


def forms_of(row: QuoteRecord, shown: QuoteRow) -> Iterator[FormRow]:
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
    filled = {**_known_terms(shown), **(_as_written(shown) if name == "edit_quote" else {})}
    return FormRow(name, title, known, _CHANGED, filled, optional=tuple(_CHANGED))


def _known_terms(shown: QuoteRow) -> dict[str, str]:
    """Return the terms that the next quote probably has, too."""
    terms = {
        name: str(shown.terms.get(name) or "")
        for name in ("currency", "freight", "premium", "payment", "port_of_loading")
    }
    terms["incoterm"] = f"{shown.terms['incoterm']} {shown.terms['place']}".strip()
    terms["lines"] = "\n".join(map(_typed, shown.lines))
    return {name: value for name, value in {**terms, **_carriage(shown)}.items() if value}


def _typed(line: QuoteLineRow) -> str:
    """Return a line as a person would type it."""
    more = {"moq": line.details.get("moq"), "sheet": line.cost_sheet}
    told = [line.sku, str(line.quantity), str(line.price.amount)]
    return ",".join([*told, *(f"{name}={value}" for name, value in more.items() if value)])


def _carriage(shown: QuoteRow) -> dict[str, str]:
    """Return what the freight is found from, where it is not given."""
    found = shown.terms.get("carriage")
    if not isinstance(found, Mapping):
        return {}
    rate = str(found["rate"]["amount"])
    return {"container": str(found["container"]), "rate": rate} if found.get("container") else {"lcl": rate}


def _as_written(shown: QuoteRow) -> dict[str, str]:
    """Return what else this very quote says."""
    names = ("customer", "attention", "entity", "tolerance", "warranty", "remarks", "valid_until", "freight_until")
    terms = {name: str(shown.terms.get(name) or "") for name in names}
    return {name: value for name, value in terms.items() if value}


def quote_form(session: Session, outlook: Outlook, *, thread: str) -> FormRow:
    """Return what a new quote on a thread asks, filled in from the last one to the company."""
    mail = asked_by(session, thread_id_of(session, thread))
    before = quotes_to(session, mail.contact_id)
    known = _known_terms(quote(session, outlook, id=f"q{before[-1].id}")) if before else {"currency": "USD"}
    title: Sentence = say("Write a quote")
    return FormRow("new_quote", title, {"thread": f"t{mail.thread_id}"}, TERMS, known, optional=tuple(TERMS))
