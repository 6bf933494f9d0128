"""Money: an amount in a currency.

Room: domain. In: what a person types ("2.55", "USD 2.55", "1,234.50"), JSON `{"amount": "12.50", "currency": "USD"}`. Out: `Money`, whose
amount is a `Decimal`; a float is a TypeError everywhere. A price is rounded up to its step; a total is the sum of rounded prices times
their quantities, so that what is printed adds up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.currencies import checked_currency, has_decimals
from mailcrm.domain.trade.exact import Exact, up_to
from mailcrm.domain.words import say

__all__ = ["Money", "parse_amount", "parse_money", "price", "price_step", "total"]

_WHOLE = Decimal(1)
_CENT = Decimal("0.01")
_LONGEST = 40
_AMOUNT = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,8})?")
_WRITTEN = re.compile(r"(?P<before>[^\d.,+-]*?) ?(?P<amount>[\d.,]+) ?(?P<after>[^\d.,+-]*)")


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` of `currency` (ISO 4217)."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not Decimal or not self.amount.is_finite():
            raise TypeError("the amount of money is a finite Decimal")
        object.__setattr__(self, "currency", checked_currency(self.currency))

    @property
    def digits(self) -> str:
        """The amount as it is written without its currency: "1,234.50"."""
        return f"{_spelled(self):,f}"

    def __str__(self) -> str:
        return f"{self.currency} {self.digits}"

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._like(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._like(other), self.currency)

    def __mul__(self, times: Decimal | int) -> Money:
        if isinstance(times, float):
            raise TypeError("money is multiplied by Decimal or int")
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._like(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._like(other)

    def _like(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise UsageError(
                say("{one} and {other} are of two currencies.", one=self, other=other),
                say("Turn one into the other's currency first."),
            )
        return other.amount

    def to_json(self) -> dict[str, str]:
        """Return `{"amount": "12.50", "currency": "USD"}`."""
        return {"amount": f"{_spelled(self):f}", "currency": self.currency}

    @staticmethod
    def from_json(stored: Mapping[str, str]) -> Money:
        """Return what `to_json` wrote."""
        amount = stored["amount"]
        if not isinstance(amount, str):
            raise TypeError("an amount is stored as text")
        return Money(Decimal(amount), stored["currency"])


def _spelled(money: Money) -> Decimal:
    """Return the amount with the decimals of its currency at least, and no more zeros behind them than it was given."""
    least = -2 if has_decimals(money.currency) else 0
    exponent = money.amount.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101  (narrowing: it is finite)
    if exponent > least:
        return money.amount.quantize(Decimal(1).scaleb(least))
    whole = money.amount == money.amount.to_integral_value()
    return money.amount.quantize(_WHOLE) if whole and not least else money.amount


def price_step(currency: str, step: Decimal = _CENT) -> Decimal:
    """Return the step of prices in `currency`: `step`, but never a part of a yen or a won."""
    return step if has_decimals(currency) else max(step, _WHOLE)


def price(value: Decimal | Exact, currency: str, step: Decimal = _CENT) -> Money:
    """Return the unrounded `value` as a price, rounded up to `step`."""
    return Money(up_to(value, price_step(currency, step)), currency)


def total(lines: Iterable[tuple[Money, Decimal | int]], currency: str) -> Money:
    """Return Σ price × quantity; the prices are rounded already, and nothing is rounded again."""
    summed = Money(Decimal(0), currency)
    for each, quantity in lines:
        summed = summed + each * quantity
    return summed


def parse_amount(given: str) -> Decimal:
    """Return the number that a person typed; commas stand between thousands and never for the decimal point."""
    text = unicodedata.normalize("NFKC", given).replace("，", ",").strip()
    if not _AMOUNT.fullmatch(text):
        raise UsageError(
            say("{given} is no amount.", given=given.strip() or "—"),
            say("Write it with a point before the decimals, such as 2.55 or 1,234.50."),
        )
    return Decimal(text.replace(",", ""))


def parse_money(given: str, currency: str = "") -> Money:
    """Return what `given` says; `currency` is meant where it names none. UsageError where it can't be read."""
    text = " ".join(unicodedata.normalize("NFKC", given).replace("，", ",").split())
    found = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return Money(parse_amount(given), currency)
    named = [word for word in (found["before"].strip(), found["after"].strip()) if word]
    if len(named) > 1 and len({checked_currency(word) for word in named}) > 1:
        raise UsageError(say("{given} names two currencies.", given=given.strip()), say("Write one, such as USD 2.55."))
    if not named and not currency:
        raise UsageError(
            say("{given} says no currency.", given=given.strip()), say("Write it before the amount, such as USD 2.55.")
        )
    return Money(parse_amount(found["amount"]), checked_currency(named[0] if named else currency))
