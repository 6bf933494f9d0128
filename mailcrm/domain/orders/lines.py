"""The lines of an order as a person writes them: "BV-50; Ball valve DN50; 500 pcs; 2.55", one a line.

Room: domain. In: text. Out: lines. What stands behind the price is the name that the factory knows it by.
"""

from __future__ import annotations

import re

from mailcrm.domain.errors import UsageError
from mailcrm.domain.orders.content import OrderLine
from mailcrm.domain.trade.money import parse_amount, parse_money
from mailcrm.domain.words import say

__all__ = ["read_lines", "written_lines"]

_QUANTITY = re.compile(r"([\d.,]+)\s*(\S.*)?")
_LEAST = 4


def read_lines(text: str, currency: str) -> tuple[OrderLine, ...]:
    """Return the lines; UsageError names the first that can't be read."""
    return tuple(_line(one, currency) for one in re.split(r"[\n|]", text) if one.strip())


def _line(text: str, currency: str) -> OrderLine:
    fields = [one.strip() for one in text.replace("；", ";").split(";")]
    quantity = _QUANTITY.fullmatch(fields[2]) if len(fields) >= _LEAST else None
    if quantity is None or not fields[1]:
        raise UsageError(
            say("{line} is no line of an order.", line=text.strip()),
            say("Write article number; description; quantity; price, such as: BV-50; Ball valve DN50; 500 pcs; 2.55"),
        )
    return OrderLine(
        sku=fields[0],
        description=fields[1],
        quantity=parse_amount(quantity[1]),
        unit=quantity[2] or "pcs",
        price=parse_money(fields[3], currency),
        description_zh=fields[4] if len(fields) > _LEAST else "",
    )


def written_lines(lines: tuple[OrderLine, ...]) -> str:
    """Return lines as a person writes them."""
    return "\n".join(
        "; ".join(
            filter(
                None,
                (one.sku or "-", one.description, f"{one.quantity:f} {one.unit}", one.price.digits, one.description_zh),
            )
        )
        for one in lines
    )
