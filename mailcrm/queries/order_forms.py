"""What can be done with an order now, as forms: the likeliest first.

Room: queries.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.orders.changes import OTHER, Bearer, Decision
from mailcrm.domain.orders.milestones import CONFIRMATIONS, Stage
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import say
from mailcrm.queries.rows import FormRow, OrderRow

__all__ = ["forms_of"]

_BY_OTHERS = (*CONFIRMATIONS, "deposit_seen", "balance_seen", "deposit_credited", "balance_credited", "release")
_EDITED = (
    "po", "pi", "terms", "latest_shipment", "packing", "mark", "colour", "pp_sample", "special", "booking", "vessel", "etd", "eta",
    "container", "bl_number", "due",
)  # fmt: skip
_PLACES = {"po": "po_number", "pi": "pi_number"}
_TRAVEL = ("booking", "vessel", "etd", "eta", "container", "bl_number")


def forms_of(row: OrderRow) -> tuple[FormRow, ...]:
    """Return the forms of an order; none of a cancelled one."""
    return () if row.stage == Stage.CANCELLED else tuple(_forms(row))


def _forms(row: OrderRow) -> Iterator[FormRow]:
    open_ = [one.name for one in row.milestones if one.state == "open"]
    yield from _money(row, open_)
    yield from _confirming(row, open_)
    if "release" in open_ and "on_board" not in open_:
        yield _release(row)
    steps = tuple(name for name in open_ if name not in _BY_OTHERS)
    if steps:
        yield _advance(row, steps)
    letters = tuple(one.name for one in row.milestones if one.suggested_template)
    if letters and row.thread_id:
        next_ = next((name for name in letters if name in open_), letters[0])
        yield FormRow(
            "write_order",
            say("Write the mail of a milestone"),
            {"id": row.id},
            {"step": say("Of which one?")},
            {"step": next_},
            choices={"step": letters},
        )
    if "production" not in open_ and "produced" in open_:
        yield FormRow(
            "progress_order",
            say("How far the production is"),
            {"id": row.id},
            {"text": say("How far is it?"), "ready_on": say("When are the goods ready? (2026-12-15)")},
            optional=("ready_on",),
        )
    yield _change(row, late="production" not in open_)
    yield _edit(row)
    if "pi_signed" in open_ and row.content["lines"]:
        yield FormRow(
            "render_order",
            say("Make the proforma as a PDF"),
            {"id": row.id, "kind": "proforma"},
            {"language": say("In which language? (empty: the customer's)")},
            optional=("language",),
            choices={"language": ("en", "zh")},
        )
    yield from _sheet(row)
    if "on_board" in open_:
        yield FormRow("cancel_order", say("Cancel the order"), {"id": row.id}, {"reason": say("Why?")})


def _money(row: OrderRow, open_: list[str]) -> Iterator[FormRow]:
    for part, claim in (("deposit", row.deposit), ("balance", row.balance)):
        if f"{part}_credited" not in open_ or claim is None:
            continue
        settled = {"id": row.id, "part": part}
        amount = str(Money.from_json(claim.open_))
        yield FormRow(
            "money_credited",
            say("Deposit credited") if part == "deposit" else say("Balance credited"),
            settled,
            {
                "amount": say("Which amount does the bank show?"),
                "reference": say("The bank's reference?"),
                "on": say("On which day? (empty: today)"),
            },
            {"amount": amount},
            ("on",),
        )
        yield FormRow(
            "money_seen",
            say("Deposit: slip seen") if part == "deposit" else say("Balance: slip seen"),
            settled,
            {
                "amount": say("Which amount does the slip show?"),
                "mail": say("In which mail? (m12)"),
                "file": say("Or in which file?"),
            },
            {"amount": amount},
            ("amount", "mail", "file"),
        )


def _confirming(row: OrderRow, open_: list[str]) -> Iterator[FormRow]:
    parts = tuple(name for name in CONFIRMATIONS if name in open_)
    if parts:
        yield FormRow(
            "confirm_order",
            say("The customer confirmed"),
            {"id": row.id},
            {
                "parts": say("What? ({parts}, or all)", parts=", ".join(parts)),
                "mail": say("In which mail? (m12)"),
                "file": say("Or in which file?"),
                "value": say("What exactly? (for the work order)"),
            },
            {"parts": ", ".join(parts)},
            ("mail", "file", "value"),
        )


def _advance(row: OrderRow, steps: tuple[str, ...]) -> FormRow:
    return FormRow(
        "advance_order",
        say("A milestone is reached"),
        {"id": row.id},
        {
            "to": say("Which one?"),
            "on": say("On which day? (empty: today)"),
            "text": say("What shows it?"),
            "skip": say("If something is missing before it: why is it passed by?"),
        },
        {"to": steps[0]},
        ("on", "text", "skip"),
        {"to": steps},
    )


def _release(row: OrderRow) -> FormRow:
    return FormRow(
        "release_order",
        say("Release the goods"),
        {"id": row.id},
        {
            "how": say("How?"),
            "approved_by": say("Who approved it? (empty: you)"),
            "mail": say("In which mail? (m12)"),
            "courier": say("Which courier?"),
            "waybill": say("Waybill number?"),
        },
        {"how": "telex" if row.content["shipment"]["bl_kind"] == "telex" else "originals"},
        ("approved_by", "mail", "courier", "waybill"),
        {"how": ("originals", "telex", "bank")},
    )


def _change(row: OrderRow, *, late: bool) -> FormRow:
    behind = ("cost", "cause", "bears", "decision", "by")
    questions = {
        "what": say("What is to be changed?"),
        "touches": say("What does it touch?"),
        "mail": say("In which mail? (m12)"),
    }
    if late:
        questions |= {
            "cost": say("What does it cost? (0 for nothing)"),
            "cause": say("What is the cause?"),
            "bears": say("Who bears the cost?"),
            "decision": say("What was decided?"),
            "by": say("By whom?"),
        }
    choices: dict[str, tuple[str, ...]] = {"touches": (*CONFIRMATIONS, OTHER)}
    if late:
        choices |= {"bears": tuple(Bearer), "decision": tuple(Decision)}
    return FormRow(
        "change_order",
        say("The customer asks for a change"),
        {"id": row.id},
        questions,
        {"touches": OTHER},
        ("mail",) if late else ("mail", *behind),
        choices,
    )


def _edit(row: OrderRow) -> FormRow:
    content = row.content
    known = {
        name: content["shipment"][name] if name in _TRAVEL else content.get(_PLACES.get(name, name)) for name in _EDITED
    }
    return FormRow(
        "edit_order",
        say("Edit the order"),
        {"id": row.id},
        {
            "po": say("The customer's order number (PO)?"),
            "pi": say("Our proforma (PI)?"),
            "terms": say("Payment terms? (30% T/T deposit, 70% against copy of B/L)"),
            "latest_shipment": say("Latest shipment? (2026-12-24)"),
            "packing": say("Packing?"),
            "mark": say("Shipping mark?"),
            "colour": say("Colour?"),
            "pp_sample": say("Pre-production sample?"),
            "special": say("Special requirements?"),
            "booking": say("Booking number?"),
            "vessel": say("Vessel and voyage?"),
            "etd": say("ETD? (2026-12-24)"),
            "eta": say("ETA? (2027-01-20)"),
            "container": say("Container and seal?"),
            "bl_number": say("Number of the B/L?"),
            "due": say("Other due days? (produced=2026-12-15)"),
        },
        {name: str(value) for name, value in known.items() if value},
        _EDITED,
    )


def _sheet(row: OrderRow) -> Iterator[FormRow]:
    yield FormRow(
        "worksheet_send",
        say("The work order went to the departments"),
        {"id": row.id},
        {"departments": say("To which? (empty: all)")},
        optional=("departments",),
    )
    for one in row.content["worksheets"][-1:]:
        waiting = tuple(name for name in one["departments"] if name not in one["acknowledged"])
        if waiting:
            yield FormRow(
                "worksheet_acknowledge",
                say("A department has read the work order"),
                {"id": row.id},
                {"department": say("Which one?"), "by": say("Who said so?")},
                {"department": waiting[0]},
                ("by",),
                {"department": waiting},
            )
