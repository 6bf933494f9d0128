"""The fields of an order that people write, by name, and what becomes of its content when some of them are.

Room: domain. In: content, and field → text as it was typed. Out: the new content; UsageError names what can't be read. An empty text empties
a field. Terms and lines make deposit and balance anew, unless somebody says what they are; what was paid on them stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.content import Document, OrderContent
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.extras import with_extras
from mailcrm.domain.orders.lc import LetterOfCredit
from mailcrm.domain.orders.lines import read_lines
from mailcrm.domain.orders.terms import Balance, requirements_of
from mailcrm.domain.trade.incoterms import parse_incoterm
from mailcrm.domain.trade.money import Money, parse_money
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.words import say

__all__ = ["CHOICES", "FIELDS", "edited", "read_day", "read_pairs"]

_TEXTS = {"po": "po_number", "pi": "pi_number", "sc": "sc_number"} | {
    name: name for name in ("packing", "mark", "colour", "pp_sample", "special")
}
_TRAVEL = ("forwarder", "booking", "vessel", "loading", "destination", "container", "declaration", "bl_number", "bl_kind", "courier", "waybill")  # fmt: skip
_TRAVEL_DAYS = ("si_cut_off", "cut_off", "etd", "eta")
_CREDIT = ("lc_number", "lc_bank", "lc_latest_shipment", "lc_expiry", "lc_days")
_MONEY = ("deposit", "deposit_due", "balance", "balance_due")

FIELDS = (
    *_TEXTS, "terms", "incoterm", "lines", "latest_shipment", *_MONEY, *_CREDIT, *_TRAVEL, *_TRAVEL_DAYS, "documents", "ready",
)  # fmt: skip
"""The fields, in the order in which they are told."""

CHOICES = {"bl_kind": ("originals", "telex", "sea_waybill")}


def read_day(given: str) -> date | None:
    """Return the day that was written as 2026-12-24, None where none was."""
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise UsageError(say("{given} is no day.", given=given), say("Write it like 2026-12-24.")) from error


def read_pairs(given: str) -> dict[str, str]:
    """Return "produced=2026-12-10, booking=2026-12-01" as name → value."""
    pairs: dict[str, str] = {}
    for one in filter(str.strip, given.replace("，", ",").split(",")):
        name, equals, value = one.partition("=")
        if not equals:
            raise UsageError(say("{given} is no name with a value.", given=one), say("Write it like name=value."))
        pairs[name.strip().lower()] = value.strip()
    return pairs


def edited(content: OrderContent, given: Mapping[str, str], today: date) -> OrderContent:
    """Return the content with these fields as they were typed."""
    said = {name: value.strip() for name, value in given.items()}
    _check_choices(said)
    content = replace(content, **{_TEXTS[name]: value for name, value in said.items() if name in _TEXTS})  # type: ignore[arg-type]
    if "incoterm" in said:
        content = replace(content, incoterm=parse_incoterm(said["incoterm"]).short if said["incoterm"] else "")
    if "lines" in said:
        content = replace(content, lines=read_lines(said["lines"], content.currency))
    if "latest_shipment" in said:
        content = replace(content, latest_shipment=read_day(said["latest_shipment"]))
    content = _paid(_with_terms(content, said), said)
    return _papers(_credit(_travel(content, said), said), said, today)


def _check_choices(said: Mapping[str, str]) -> None:
    for name, known in CHOICES.items():
        if said.get(name) and said[name] not in known:
            raise UsageError(
                say("{given} can't be chosen here.", given=said[name]),
                say("They are: {names}.", names=", ".join(known)),
            )


def _with_terms(content: OrderContent, said: Mapping[str, str]) -> OrderContent:
    """Read the payment terms, and share the price out by them."""
    if said.get("terms"):
        payment = parse_payment(said["terms"])
        content = replace(
            content, terms=str(payment), requirements=with_extras(requirements_of(payment), content.extras)
        )
    if not content.terms or not ({"terms", "lines"} & said.keys()):
        return content
    deposit, balance = parse_payment(content.terms).split(content.total)
    return _owed(content, deposit if content.requirements.deposit else None, balance + content.extra)


def _owed(content: OrderContent, deposit: Money | None, balance: Money) -> OrderContent:
    none = content.requirements.balance is Balance.NONE
    known = bool(content.lines)
    content = content.with_claim("deposit", _claim(content.deposit, deposit if known else None))
    return content.with_claim("balance", _claim(content.balance, balance if known and not none else None))


def _claim(before: Claim | None, amount: Money | None) -> Claim | None:
    """Return a claim of another amount; what was paid is never forgotten."""
    if amount is None:
        return before if before and (before.credits or before.slips) else None
    return replace(before, amount=amount) if before else Claim(amount)


def _paid(content: OrderContent, said: Mapping[str, str]) -> OrderContent:
    """Take the amounts and days that were agreed apart from the terms."""
    if said.get("deposit"):
        deposit = parse_money(said["deposit"], content.currency)
        content = content.with_claim("deposit", _claim(content.deposit, deposit))
        if content.lines and not said.get("balance") and content.requirements.balance is not Balance.NONE:
            content = content.with_claim("balance", _claim(content.balance, content.payable - deposit))
    if said.get("balance"):
        content = content.with_claim("balance", _claim(content.balance, parse_money(said["balance"], content.currency)))
    for part in ("deposit", "balance"):
        claim = content.claim(part)
        if f"{part}_due" in said and claim is not None:
            content = content.with_claim(part, replace(claim, due=read_day(said[f"{part}_due"])))
    return content


def _travel(content: OrderContent, said: Mapping[str, str]) -> OrderContent:
    told = {name: said[name] for name in _TRAVEL if name in said}
    days = {name: read_day(said[name]) for name in _TRAVEL_DAYS if name in said}
    if not told and not days:
        return content
    return replace(content, shipment=replace(content.shipment, **told, **days))  # type: ignore[arg-type]


def _credit(content: OrderContent, said: Mapping[str, str]) -> OrderContent:
    if not any(name in said for name in _CREDIT):
        return content
    credit = content.lc or LetterOfCredit()
    days = said.get("lc_days", "")
    if days and not days.isdecimal():
        raise UsageError(say("{given} is no number of days.", given=days), say("Write it like 21."))
    return replace(
        content,
        lc=LetterOfCredit(
            said.get("lc_number", credit.number),
            said.get("lc_bank", credit.bank),
            read_day(said["lc_latest_shipment"]) if "lc_latest_shipment" in said else credit.latest_shipment,
            read_day(said["lc_expiry"]) if "lc_expiry" in said else credit.expiry,
            (int(days) if days else None) if "lc_days" in said else credit.presentation_days,
        ),
    )


def _papers(content: OrderContent, said: Mapping[str, str], today: date) -> OrderContent:
    """Make the checklist of documents what was typed; those in `ready` are ready today."""
    known = {one.name: one.ready for one in content.documents}
    if "documents" in said:
        known = {name: known.get(name) for name in _named(said["documents"])}
    for name in _named(said.get("ready", "")):
        known[name] = known.get(name) or today
    return replace(content, documents=tuple(Document(name, ready) for name, ready in known.items()))


def _named(given: str) -> list[str]:
    return [one.strip() for one in given.replace("，", ",").replace("、", ",").split(",") if one.strip()]
