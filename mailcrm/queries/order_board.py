"""Orders as the screens show them: the board by stage, one order on a page, and the form that makes one.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.milestones import STAGE_WORDS, Stage, milestone
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.order_forms import forms_of
from mailcrm.queries.order_parties import Parties
from mailcrm.queries.orders import order_files, placed, rows_of
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ready_mails import ready_mails
from mailcrm.queries.rows import BoardRow, FactRow, FormRow, OrderRow, PageRow, SectionRow
from mailcrm.store.orders import OrderFile, open_order

__all__ = ["order_board", "order_form", "order_page"]

_COLUMNS = [one.value for one in Stage]


def order_board(session: Session, outlook: Outlook, *, over: bool = False) -> tuple[BoardRow, ...]:
    """Return the cards of the board, column by column, in each what is due first."""
    files = order_files(session, over=over)
    cards = _cards(session, outlook, files)
    places = {file.id: _COLUMNS.index(file.row.stage) for file in files}
    return tuple(sorted(cards, key=lambda one: (places[one.id], one.due is None, one.due or outlook.now, one.number)))


def order_page(session: Session, outlook: Outlook, *, id: str) -> PageRow:  # noqa: A002  (as on the command line)
    """Return one order on a page."""
    file = open_order(session, id)
    (row,), (card,) = rows_of(session, outlook, [file]), _cards(session, outlook, [file])
    sections = [_agreed(row), *_gates(row), _milestones(row), *_money(row), _travel(row), *_papers(row), *_changes(row)]
    shown = tuple(section for section in sections if section.facts)
    return PageRow(card, shown, row.history, row.papers, forms_of(row), ready_mails(session, row.id))


def order_form(session: Session, outlook: Outlook, *, thread: str) -> FormRow:
    """Return what `new_order` asks on a thread."""
    del session, outlook
    return FormRow(
        verb="new_order",
        title=say("Make an order"),
        arguments={"about": thread},
        questions={
            "po": say("The customer's order number (PO)?"),
            "lines": say("Which goods? Article; description; quantity; price – several parted by |"),
            "terms": say("Payment terms? (30% T/T deposit, 70% against copy of B/L)"),
            "latest_shipment": say("Latest shipment? (2026-12-24)"),
            "currency": say("Currency?"),
            "special": say("Special requirements?"),
        },
        known={"currency": "USD"},
        optional=("po", "lines", "terms", "latest_shipment", "special"),
    )


def _cards(session: Session, outlook: Outlook, files: Sequence[OrderFile]) -> list[BoardRow]:
    parties = Parties(session, outlook, files)
    made = []
    for file in files:
        contact, company, owner = parties.of(file)
        made.append(
            BoardRow(
                **placed(file, outlook),
                stage=STAGE_WORDS[file.row.stage],
                company=company.name if company else None,
                contact=contact.name or contact.address,
                country=(company.country if company else None) or contact.country,
                grade=company.grade if company else None,
                amount=str(file.content.total) if file.content.lines else "",
                money=file.content.total if file.content.lines else None,
                since=file.row.changed_at,
                owner=owner,
            )
        )
    return made


def _section(title: Sentence, *facts: tuple[Sentence, object]) -> SectionRow:
    """Return a section of those facts that are known."""
    return SectionRow(title, tuple(FactRow(label, str(value)) for label, value in facts if value))


def _agreed(row: OrderRow) -> SectionRow:
    content = row.content
    goods = [
        FactRow(
            say("Goods"),
            f"{one['sku']} {one['description']} · {one['quantity']} {one['unit']} · {Money.from_json(one['price'])}".strip(),
        )
        for one in content["lines"]
    ]
    return SectionRow(
        say("What was agreed"),
        (
            *_section(
                say("What was agreed"),
                (say("PO"), content["po_number"]),
                (say("PI"), content["pi_number"]),
                (say("Contract"), content["sc_number"]),
                (say("Quote"), row.quote_id),
                (say("Payment"), content["terms"]),
                (say("Delivery term"), content["incoterm"]),
                (say("Latest shipment"), content["latest_shipment"]),
            ).facts,
            *goods,
            *_section(
                say("What was agreed"),
                (say("Packing"), content["packing"]),
                (say("Shipping mark"), content["mark"]),
                (say("Colour"), content["colour"]),
                (say("Pre-production sample"), content["pp_sample"]),
                (say("Special requirements"), content["special"]),
            ).facts,
        ),
    )


def _gates(row: OrderRow) -> Iterator[SectionRow]:
    """Yield what each gate still waits for."""
    for name, missing in row.gates.items():
        if missing:
            facts = tuple(FactRow(one.title, "", open_=True) for one in missing)
            yield SectionRow(say("Missing before: {step}", step=milestone(name).title), facts)


def _milestones(row: OrderRow) -> SectionRow:
    facts = []
    for one in row.milestones:
        if one.state == "open":
            late = say("late: {day}", day=one.due) if one.late else say("{day}", day=one.due or "–")
            facts.append(FactRow(one.title, str(late), open_=one.late))
        else:
            how = {"done": say("done {day}", day=one.done_on), "skipped": say("skipped: {why}", why=one.reason)}
            facts.append(FactRow(one.title, str(how.get(one.state, say("waived: {why}", why=one.reason)))))
    return SectionRow(say("Milestones"), tuple(facts))


def _money(row: OrderRow) -> Iterator[SectionRow]:
    for title, claim in ((say("Deposit"), row.deposit), (say("Balance"), row.balance)):
        if claim is None:
            continue
        yield _section(
            title,
            (say("Amount"), Money.from_json(claim.amount)),
            *(_extras(row) if claim is row.balance else ()),
            (say("Due"), claim.due),
            (say("Slip seen"), claim.slip_on),
            (say("Credited"), Money.from_json(claim.received) if claim.references else ""),
            (say("Still open"), Money.from_json(claim.open_) if claim.references else ""),
            (say("Bank reference"), ", ".join(claim.references)),
        )
    if row.lc is not None:
        known = _section(
            say("Letter of credit"),
            (say("Number"), row.lc.number),
            (say("Bank"), row.lc.bank),
            (say("Latest shipment"), row.lc.latest_shipment),
            (say("Present documents by"), row.lc.present_by),
            (say("Expiry"), row.lc.expiry),
        )
        wrong = tuple(FactRow(say("To be mended"), str(one), open_=True) for one in row.lc.problems)
        yield SectionRow(known.title, (*known.facts, *wrong))


def _extras(row: OrderRow) -> Iterator[tuple[Sentence, object]]:
    for one in OrderContent.from_json(row.content).extras:
        yield say("Of it for a change"), one


def _travel(row: OrderRow) -> SectionRow:
    there = row.content["shipment"]
    return _section(
        say("Shipment"),
        (say("Forwarder"), there["forwarder"]),
        (say("Booking"), there["booking"]),
        (say("Vessel"), there["vessel"]),
        (say("Port of loading"), there["loading"]),
        (say("Port of destination"), there["destination"]),
        (say("Shipping instructions until"), there["si_cut_off"]),
        (say("Cut-off"), there["cut_off"]),
        (say("ETD"), there["etd"]),
        (say("ETA"), there["eta"]),
        (say("Container"), there["container"]),
        (say("Customs declaration"), there["declaration"]),
        (say("B/L"), " ".join(filter(None, (there["bl_number"], there["bl_kind"])))),
        (say("Released"), " ".join(filter(None, (row.content["release"], row.content["released_by"])))),
        (say("Courier"), " ".join(filter(None, (there["courier"], there["waybill"])))),
    )


def _papers(row: OrderRow) -> Iterator[SectionRow]:
    named = row.content["documents"]
    yield SectionRow(
        say("Documents"),
        tuple(FactRow(say("{name}", name=one["name"]), one["ready"] or "", open_=not one["ready"]) for one in named),
    )
    for one in row.content["worksheets"][-1:]:
        heard = one["acknowledged"]
        yield SectionRow(
            say("Work order, version {version}", version=one["version"]),
            tuple(
                FactRow(say("{name}", name=name), heard.get(name, ""), open_=name not in heard)
                for name in one["departments"]
            ),
        )


def _changes(row: OrderRow) -> Iterator[SectionRow]:
    facts = []
    for one in row.changes:
        cost = str(Money.from_json(one.cost)) if one.cost else ""
        told = " · ".join(filter(None, (one.what, cost, one.bears, one.decision, one.decided_by, one.cause)))
        facts.append(FactRow(say("{day}", day=one.asked_on), told))
    yield SectionRow(say("Changes"), tuple(facts))
