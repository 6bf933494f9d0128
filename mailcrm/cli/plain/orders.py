"""Orders, for people.

Room: cli.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.cli.plain.threads import written
from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.milestones import STAGE_WORDS, milestone, state_words
from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import _
from mailcrm.queries.rows import ClaimRow, MilestoneRow, OrderRow, SheetRow, StepRow

if TYPE_CHECKING:
    from mailcrm.core.facade import Core

__all__ = ["show_order", "show_orders", "show_sheet", "show_standing"]

_HOW = {"skipped": "»", "waived": "!", "done": "✓"}


def show_orders(out: Output, rows: Sequence[OrderRow], core: Core) -> None:
    """Print orders, one a line."""
    if not rows:
        out.line(_("There is no order."))
        return
    cells = [
        (
            row.id,
            row.number,
            str(STAGE_WORDS[row.stage]),
            written(row.due, core.zone())[:10],
            _("late") if row.late else "",
            row.company or row.contact,
            str(Money.from_json(row.total)),
            str(row.next_step),
        )
        for row in rows
    ]
    heads = (_("id"), _("number"), _("stage"), _("due"), "", _("with"), _("amount"), _("next step"))
    columns(out, heads, cells, ["bad" if row.late else "" for row in rows])


def show_standing(out: Output, row: OrderRow, core: Core) -> None:
    """Print in a line where an order stands."""
    due = written(row.due, core.zone())[:10]
    out.line(
        _(
            "{order} ({id}): {stage}. Next: {step} {due}",
            order=row.number,
            id=row.id,
            stage=STAGE_WORDS[row.stage],
            step=row.next_step,
            due=due,
        ).rstrip()
    )


def show_order(out: Output, row: OrderRow, core: Core) -> None:
    """Print an order with everything that is known of it."""
    content = row.content
    out.line(f"{row.number}  {row.title}", "heading")
    pairs(
        out,
        [
            (_("id"), row.id),
            (_("stage"), str(STAGE_WORDS[row.stage])),
            (_("with"), " · ".join(filter(None, (row.company, row.contact, row.country)))),
            (_("thread"), row.thread_id or ""),
            (_("user"), row.owner),
            ("PO", content["po_number"]),
            ("PI", content["pi_number"]),
            ("SC", content["sc_number"]),
            (_("amount"), str(Money.from_json(row.total)) if content["lines"] else ""),
            (_("payment"), content["terms"]),
            (_("delivery term"), content["incoterm"]),
            (_("latest shipment"), content["latest_shipment"] or ""),
            (_("packing"), content["packing"]),
            (_("shipping mark"), content["mark"]),
            (_("colour"), content["colour"]),
            (_("sample"), content["pp_sample"]),
            (_("special"), content["special"]),
            (_("deposit"), _claim(row.deposit)),
            (_("balance"), _claim(row.balance)),
            *((_("of it for a change"), str(one)) for one in OrderContent.from_json(content).extras),
            *_credit(row),
            (_("shipment"), " · ".join(str(value) for value in content["shipment"].values() if value)),
            (_("released"), " · ".join(filter(None, (content["release"], content["released_by"])))),
        ],
    )
    _goods(out, row)
    _gates(out, row)
    out.line()
    out.line(_("Milestones"), "heading")
    columns(out, ("", _("milestone"), _("due"), _("done"), _("user"), ""), [_milestone(one) for one in row.milestones])
    _changes(out, row)
    _history(out, row.history, core)


def _goods(out: Output, row: OrderRow) -> None:
    if row.content["lines"]:
        out.line()
        cells = [
            (one["sku"], f"{one['quantity']} {one['unit']}", str(Money.from_json(one["price"])), one["description"])
            for one in row.content["lines"]
        ]
        columns(out, (_("article"), _("quantity"), _("price"), _("goods")), cells)


def _gates(out: Output, row: OrderRow) -> None:
    for name, missing in row.gates.items():
        if missing:
            out.line()
            out.line(_("Missing before: {step}", step=milestone(name).title), "heading")
            columns(out, (_("what"), _("how")), [(str(one.title), str(one.mend)) for one in missing])


def _milestone(one: MilestoneRow) -> tuple[str, ...]:
    told = str(one.reason) if one.reason and one.state != "done" else ""
    late = _("late") if one.late else told
    return _HOW.get(one.state, " "), str(one.title), _day(one.due), _day(one.done_on), one.owner, late


def _claim(claim: ClaimRow | None) -> str:
    if claim is None:
        return ""
    if claim.state == "due" and claim.due is None:
        return str(Money.from_json(claim.amount))
    amount, received = Money.from_json(claim.amount), Money.from_json(claim.received)
    told = {
        "due": _("{amount}, due {day}", amount=amount, day=_day(claim.due)),
        "seen": _("{amount}: a slip was seen on {day}, not credited", amount=amount, day=_day(claim.slip_on)),
        "partly": _("{amount}: {part} credited, not all", amount=amount, part=received),
        "credited": _(
            "{amount}: credited on {day} ({references})",
            amount=amount,
            day=_day(claim.credited_on),
            references=", ".join(claim.references),
        ),
    }
    return told[claim.state]


def _credit(row: OrderRow) -> list[tuple[str, str]]:
    if row.lc is None:
        return []
    dates = _(
        "shipment until {shipment}, documents until {documents}, expiry {expiry}",
        shipment=_day(row.lc.latest_shipment) or "–",
        documents=_day(row.lc.present_by) or "–",
        expiry=_day(row.lc.expiry) or "–",
    )
    return [("L/C", f"{row.lc.number} {dates}".strip()), *(("", str(one)) for one in row.lc.problems)]


def _changes(out: Output, row: OrderRow) -> None:
    standing = [one for one in row.changes if not one.withdrawn]
    if standing:
        out.line()
        out.line(_("Changes"), "heading")
        cells = [
            (
                _day(one.asked_on),
                str(Money.from_json(one.cost)) if one.cost else "",
                one.bears,
                one.decision,
                one.decided_by,
                one.what,
            )
            for one in standing
        ]
        columns(out, (_("asked"), _("cost"), _("borne by"), _("decision"), _("by"), _("change")), cells)


def _history(out: Output, history: Sequence[StepRow], core: Core) -> None:
    out.line()
    out.line(_("History"), "heading")
    cells = [
        (
            written(one.at, core.zone()),
            one.actor,
            str(state_words(one.to)),
            ", ".join(shown.brief for shown in one.evidence),
            str(one.reason or ""),
        )
        for one in history
    ]
    columns(out, (_("when"), _("user"), _("step"), _("shown by"), _("why")), cells)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def show_sheet(out: Output, row: SheetRow, core: Core) -> None:
    """Print the work order: Chinese, whatever the language of the screens."""
    del core
    out.line(row.title, "heading")
    for title, rows in row.sections:
        out.line()
        out.line(f"【{title}】")
        pairs(out, [(f"{label}：", value) for label, value in rows])
    if row.sent:
        out.line()
        out.line("【签收】")
        pairs(out, [(f"{department}：", by or "未签收") for department, by in row.sent.items()])
