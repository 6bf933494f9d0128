"""What cells of price and product lists say: an item number, an amount, a quantity, a day.

Room: domain. In: cells. Out: values, None for an empty one; UsageError with a reason for what can't be read. A number comes as
one, or as text, as people and programs write it: "1,234.50", "¥ 12", "1000+", "1000-4999", "2026年12月1日".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.sheets import Cell
from mailcrm.domain.trade.money import Money, parse_amount, parse_money
from mailcrm.domain.words import say

__all__ = ["day_in", "decimal_in", "money_in", "quantity_in", "sku_key", "text_in"]

_LONGEST = 2000
_YEN_OR_YUAN = {"CNY", "JPY"}
_QUANTITY = re.compile(
    r"(?:>=?|≥|from|min\.?|moq:?)?\s*(?P<least>\d[\d,]*)\s*(?:[-–~—至]+\s*[\d,]+)?\s*(?:\+|以上|起|\S{0,6}(?: up)?)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")


def sku_key(sku: str) -> str:
    """Return what an item number is compared by: neither case nor width nor spaces make another one of it."""
    return "".join(unicodedata.normalize("NFKC", sku).casefold().split())


def text_in(cell: Cell) -> str:
    """Return the cell as text on one line; a number without a point that it doesn't need."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return " ".join(str(cell).split())[:_LONGEST]


def decimal_in(cell: Cell) -> Decimal | None:
    """Return a number."""
    if cell is None:
        return None
    if isinstance(cell, Decimal):
        return cell
    return parse_amount(text_in(cell))


def money_in(cell: Cell, currency: str) -> Money | None:
    """Return an amount of `currency`; an amount in another one is refused."""
    if cell is None:
        return None
    if isinstance(cell, Decimal):
        return Money(cell, currency)
    text = unicodedata.normalize("NFKC", text_in(cell))
    if currency in _YEN_OR_YUAN:  # the sign of both, which says nothing where the currency is known
        text = text.replace("¥", "")
    if text.strip()[:1] in ("-", "−"):
        raise UsageError(say("{given} is below zero.", given=text_in(cell)), say("Write a price above zero."))
    money = parse_money(text, currency)
    if money.currency != currency:
        raise UsageError(
            say(
                "{given} is in {other}, and the list in {currency}.",
                given=text_in(cell),
                other=money.currency,
                currency=currency,
            ),
            say("Keep one list for each currency."),
        )
    return money


def quantity_in(cell: Cell) -> int | None:
    """Return the least whole quantity that a cell names: 1000 for 1000, "1,000+" and "1000-4999"; 1 for 0."""
    if cell is None:
        return None
    text = unicodedata.normalize("NFKC", text_in(cell)).replace("，", ",")
    found = _QUANTITY.fullmatch(text)
    if not found or not found["least"].replace(",", "").isdecimal() or "." in text:
        raise UsageError(
            say("{given} is no whole quantity.", given=text), say("Write the least quantity, such as 1000.")
        )
    return max(int(found["least"].replace(",", "")), 1)


def day_in(cell: Cell) -> date | None:
    """Return a day."""
    if cell is None or isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text_in(cell)))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise UsageError(say("{given} is no day.", given=text_in(cell) or "—"), say("Write it like 2026-12-01."))
