"""Inquiries as people type them: an item in a line, a field by its name.

Room: domain. In: "Ball valve DN50; sku=VB-50; no=AV-4711; quantity=500; yearly=6000; target=USD 2.40". Out: values; UsageError with the mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.quotes.inquiry import CHANNELS, Inquiry, InquiryItem
from mailcrm.domain.trade.cells import day_in
from mailcrm.domain.trade.incoterms import parse_incoterm
from mailcrm.domain.trade.money import parse_amount, parse_money
from mailcrm.domain.words import say

__all__ = ["FIELDS", "checked_channel", "item_typed", "named_in", "parse_item", "with_fields", "without_items"]

_PART = re.compile(r"[;；\n]")
_BETWEEN = re.compile(r"[,，、\n]")
_COUNT = re.compile(r"([\d,.]+)\s*(.*)", re.DOTALL)
_NAMES = {
    "sku": "sku",
    "no": "customer_item",
    "customer_item": "customer_item",
    "quantity": "quantity",
    "qty": "quantity",
    "yearly": "yearly",
    "target": "target",
    "unit": "unit",
    "text": "text",
}


def checked_channel(given: str) -> str:
    """Return by which way an inquiry came."""
    if given not in CHANNELS:
        raise UsageError(
            say("{given} is no channel.", given=given), say("Channels are: {known}.", known=", ".join(CHANNELS))
        )
    return given


def parse_item(given: str) -> InquiryItem:
    """Return the item of a line: words first, then what is known of it, each part behind a semicolon."""
    item = InquiryItem("")
    for part in filter(None, (part.strip() for part in _PART.split(given))):
        name, equals, value = part.partition("=")
        field = _NAMES.get(name.strip().lower()) if equals else "text"
        if field is None:
            raise UsageError(
                say("An item has no {name}.", name=name.strip()),
                say(
                    "Write it like `Ball valve DN50; sku=VB-50; no=AV-4711; quantity=500; yearly=6000; target=USD 2.40`."
                ),
            )
        item = _with(item, field, value.strip() if equals else part)
    if not item.text and not item.sku:
        raise UsageError(say("The item says nothing."), say("Say in a few words what they ask for."))
    return item


def item_typed(item: InquiryItem) -> str:
    """Return the item as a person would type it: what `parse_item` reads."""
    known = {
        "sku": item.sku,
        "no": item.customer_item,
        "quantity": f"{item.quantity:f} {item.unit}".strip() if item.quantity is not None else "",
        "yearly": f"{item.yearly:f} {item.unit}".strip() if item.yearly is not None else "",
        "target": str(item.target) if item.target else "",
    }
    return "; ".join(filter(None, (item.text, *(f"{name}={value}" for name, value in known.items() if value))))


def named_in(given: str | Sequence[str]) -> tuple[str, ...]:
    """Return the names that were given, one by one or as one text with commas."""
    parts = _BETWEEN.split(given) if isinstance(given, str) else given
    return tuple(part.strip() for part in parts if part.strip())


def _with(item: InquiryItem, field: str, value: str) -> InquiryItem:
    if field == "target":
        return replace(item, target=parse_money(value))
    if field in ("quantity", "yearly"):
        count, unit = _counted(value)
        known: dict[str, Any] = {field: count, "unit": item.unit or unit}
        return replace(item, **known)
    words: dict[str, Any] = {field: " ".join(value.split())}
    return replace(item, **words)


def _counted(value: str) -> tuple[Decimal, str]:
    """Return number and unit of "500 pcs"."""
    found = _COUNT.fullmatch(value)
    count = parse_amount(found[1] if found else value)
    if count <= 0:
        raise UsageError(say("{given} is not above zero.", given=value), say("Write how many, such as 500."))
    return count, found[2].strip() if found else ""


def without_items(inquiry: Inquiry, numbers: tuple[int, ...]) -> Inquiry:
    """Return the inquiry without the items of these numbers, the first being 1."""
    wrong = next((number for number in numbers if not 1 <= number <= len(inquiry.items)), None)
    if wrong is not None:
        raise UsageError(
            say("There is no item {number}.", number=wrong),
            say("The inquiry has {count} items.", count=len(inquiry.items)),
        )
    return replace(inquiry, items=tuple(item for number, item in enumerate(inquiry.items, 1) if number not in numbers))


def _text(name: str) -> Callable[[Inquiry, str], Inquiry]:
    def put(inquiry: Inquiry, value: str) -> Inquiry:
        given: dict[str, Any] = {name: " ".join(value.split())}
        return replace(inquiry, **given)

    return put


def _asked_of(inquiry: Inquiry, value: str) -> Inquiry:
    return replace(inquiry, feasibility=replace(inquiry.feasibility, asked_of=" ".join(value.split())))


def _due(inquiry: Inquiry, value: str) -> Inquiry:
    return replace(inquiry, feasibility=replace(inquiry.feasibility, due=day_in(value) if value.strip() else None))


def _said(inquiry: Inquiry, value: str) -> Inquiry:
    return replace(inquiry, feasibility=replace(inquiry.feasibility, answer=" ".join(value.split())))


def _incoterm(inquiry: Inquiry, value: str) -> Inquiry:
    return replace(inquiry, incoterm=parse_incoterm(value).short if value.strip() else "")


FIELDS: Mapping[str, Callable[[Inquiry, str], Inquiry]] = {
    "incoterm": _incoterm,
    "wanted_by": _text("wanted_by"),
    "certificates": _text("certificates"),
    "packing": _text("packing"),
    "note": _text("note"),
    "feasibility_asked": _asked_of,
    "feasibility_due": _due,
    "feasibility": _said,
    "lost_reason": _text("lost_reason"),
}
"""What can be set by its name; an empty value takes it away."""


def with_fields(inquiry: Inquiry, values: Mapping[str, str]) -> Inquiry:
    """Return the inquiry with these fields as given."""
    for name, value in values.items():
        if name not in FIELDS:
            raise UsageError(
                say("An inquiry has no field {name}.", name=name), say("It has: {known}.", known=", ".join(FIELDS))
            )
        inquiry = FIELDS[name](inquiry, value)
    return inquiry
