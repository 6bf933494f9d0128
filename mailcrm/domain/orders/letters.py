"""The mail that belongs to a milestone: which template, and what of it the order knows already.

Room: domain. In: an order and a milestone. Out: the template's name and its variables, all as text; what isn't known is left out, so that
the composer asks for it. Before a milestone is settled it is the mail that moves the customer towards it, afterwards the one that tells him.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailcrm.domain.orders.content import OrderContent, Progress
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.milestones import milestone

__all__ = ["ASKED", "DELAY", "IS_STEP", "is_complete", "template_of", "variables"]

DELAY = "delay_notice"
IS_STEP = ("pi_sent", "bl_copy", "documents", "after_sales")
"""The milestones that are reached by a mail of ours: when it has left they are."""
_TELEX, _TELEX_RELEASED = "telex", "telex_released"
_PRODUCTION = ("production", "produced", "inspection")


def template_of(name: str, content: OrderContent, *, settled: bool, late: bool = False) -> str:
    """Return the template of a milestone, "" where none belongs to it. `late`: its day has passed."""
    one = milestone(name)
    if late and not settled and name in _PRODUCTION:
        return DELAY
    if name == "documents" and content.release == _TELEX:
        return _TELEX_RELEASED
    return one.tells if settled else one.asks


ASKED: Mapping[str, tuple[str, ...]] = {
    "pi_send": ("pi", "order"),
    "deposit_request": ("pi", "amount", "due_on"),
    "slip_received": ("amount", "paid_for"),
    "money_received": ("amount", "paid_for", "credited_on", "next_step"),
    "confirm_packing_marks_colour": ("order", "packing", "marks", "colour"),
    "pp_sample_approval": ("sample", "order", "release", "stops_on"),
    "production_progress": ("order", "progress", "ready_on"),
    "delay_notice": ("order", "cause", "ready_on", "remedy"),
    "shipping_advice": ("order", "vessel", "container", "bl", "etd", "eta"),
    "documents_copy": ("order", "documents"),
    "balance_request": ("order", "amount", "due_on", "extra"),
    "originals_sent": ("order", "credited_on", "courier", "waybill", "documents"),
    "telex_released": ("order", "credited_on", "bl"),
}
"""What each of these templates asks; a value that one doesn't ask is refused by it."""

_OPTIONAL = frozenset({"due_on", "next_step", "remedy", "extra"})


def is_complete(template: str, known: Mapping[str, str]) -> bool:
    """Whether all that a mail has to tell is known."""
    return all(known.get(name) for name in ASKED[template] if name not in _OPTIONAL)


def variables(template: str, name: str, number: str, content: OrderContent, due: Mapping[str, date]) -> dict[str, str]:
    """Return what `template` asks about milestone `name` and the order knows."""
    order = content.known_as or number
    told: dict[str, str | date | None] = {
        "order": order,
        "pi": content.pi_number or number,
        **_money(template, name, order, content),
        **_confirmations(content),
        **_goods(content.progress[-1] if content.progress else None, due),
        **_shipment(content),
    }
    return {key: str(value) for key in ASKED.get(template, ()) if (value := told.get(key))}


def _money(template: str, name: str, order: str, content: OrderContent) -> dict[str, str | date | None]:
    part = name.partition("_")[0]
    claim = content.claim(part) if part in ("deposit", "balance") else None
    paid = content.balance.credited_on if content.balance else None
    if claim is None:
        return {"credited_on": paid}
    return {
        "amount": _amount(template, claim),
        "due_on": claim.due,
        "paid_for": order,
        "credited_on": claim.credited_on or paid,
        "extra": "; ".join(map(str, content.extras)),
    }


def _amount(template: str, claim: Claim) -> str:
    """Return what the mail speaks of: what the slip shows, what the bank credited, else what is still to be paid."""
    if template == "slip_received":
        shown = claim.slips[-1].amount if claim.slips else None
        return str(shown) if shown else ""
    return str(claim.received if template == "money_received" else claim.open)


def _confirmations(content: OrderContent) -> dict[str, str | date | None]:
    return {
        "packing": content.packing,
        "marks": content.mark,
        "colour": content.colour,
        "sample": content.pp_sample,
    }


def _goods(last: Progress | None, due: Mapping[str, date]) -> dict[str, str | date | None]:
    ready = last.ready_on if last else None
    return {
        "progress": last.text if last else None,
        "ready_on": ready or due.get("produced"),
        "stops_on": due.get("production"),
    }


def _shipment(content: OrderContent) -> dict[str, str | date | None]:
    there = content.shipment
    return {
        "vessel": there.vessel,
        "container": there.container,
        "bl": there.bl_number,
        "etd": there.etd,
        "eta": there.eta,
        "courier": there.courier,
        "waybill": there.waybill,
        "documents": ", ".join(one.name for one in content.documents),
    }
