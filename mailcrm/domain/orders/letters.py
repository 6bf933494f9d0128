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

__all__ = ["DELAY", "template_of", "variables"]

DELAY = "delay_notice"
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


def variables(name: str, number: str, content: OrderContent, due: Mapping[str, date]) -> dict[str, str]:
    """Return what the templates of a milestone ask and the order knows."""
    order = content.known_as or number
    told: dict[str, str | date | None] = {
        "order": order,
        "pi": content.pi_number or number,
        **_money(name, order, content),
        **_confirmations(content),
        **_goods(content.progress[-1] if content.progress else None, due),
        **_shipment(content),
    }
    return {key: str(value) for key, value in told.items() if value}


def _money(name: str, order: str, content: OrderContent) -> dict[str, str | date | None]:
    part = name.partition("_")[0]
    claim = content.claim(part) if part in ("deposit", "balance") else None
    paid = content.balance.credited_on if content.balance else None
    if claim is None:
        return {"credited_on": paid}
    return {
        "amount": _amount(name, claim),
        "due_on": claim.due,
        "paid_for": order,
        "credited_on": claim.credited_on or paid,
    }


def _amount(name: str, claim: Claim) -> str:
    """Return what the mail speaks of: what a slip shows, what the bank credited, else what is still to be paid."""
    if name.endswith("_seen") and claim.slips and claim.slips[-1].amount:
        return str(claim.slips[-1].amount)
    return str(claim.received if claim.credits else claim.amount)


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
