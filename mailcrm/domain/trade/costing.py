"""The cost sheet's arithmetic (核价): from the cost in yuan to the FOB price in the customer's currency, and back to the margin.

Room: domain. In: cost, charges, VAT, refund rate, shares of the price, exchange rate. Out: the exact FOB, the price rounded up, the cost of
a dollar (换汇成本), the margin of any other price, and the working.

    trading company   refund = purchase incl. VAT / (1 + VAT) · refund rate
                      FOB = (purchase - refund + charges) / (1 - profit - bank - commission) / rate
    factory (免抵退)   FOB = (cost ex VAT + charges) / (1 - profit - bank - commission - (VAT - refund rate)) / rate

Profit, bank charges and commission are shares of the price, so they stand together below the line. What a factory isn't refunded of its VAT
is a share of the price too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.exact import Exact, exact
from mailcrm.domain.trade.money import Money, price
from mailcrm.domain.trade.shares import checked_share, percent
from mailcrm.domain.trade.working import WorkingLine, figure
from mailcrm.domain.words import say

__all__ = ["FACTORY", "KINDS", "TRADING", "Costing"]

TRADING, FACTORY = "trading", "factory"
KINDS = (TRADING, FACTORY)


@dataclass(frozen=True, slots=True)
class Costing:
    """The figures of one piece. `cost` and `charges` are in one currency, the price is in `currency`.

    `cost`: of a trading company what it pays, VAT included; of a factory what it spends, without VAT. `rate`: so much of the cost's currency
    is one of `currency`, 1 where both are the same.
    """

    kind: str
    cost: Money
    charges: Money
    vat: Decimal
    refund_rate: Decimal
    profit: Decimal
    bank: Decimal
    commission: Decimal
    currency: str
    rate: Decimal
    step: Decimal = Decimal("0.0001")

    def __post_init__(self) -> None:
        for share in (self.vat, self.refund_rate, self.profit, self.bank, self.commission):
            checked_share(share)
        if self.kind not in KINDS:
            raise UsageError(say("{kind} is no kind of enterprise.", kind=self.kind), say("It is trading or factory."))
        if self.refund_rate > self.vat:
            raise UsageError(
                say(
                    "More VAT is refunded than was paid: {refund} of {vat}.",
                    refund=percent(self.refund_rate),
                    vat=percent(self.vat),
                ),
                say("Look at the refund rate and at the VAT."),
            )
        if self.cost.currency != self.charges.currency or min(self.cost.amount, self.charges.amount) < 0:
            raise UsageError(
                say("Cost and charges are amounts of one currency."),
                say("Turn the charges into {currency}.", currency=self.cost.currency),
            )
        if self.rate <= 0 or self.step <= 0 or (self.currency == self.cost.currency and self.rate != 1):
            raise UsageError(
                say(
                    "{rate} is no exchange rate from {one} to {other}.",
                    rate=self.rate,
                    one=self.cost.currency,
                    other=self.currency,
                ),
                say("Write how much {one} one {other} is worth.", one=self.cost.currency, other=self.currency),
            )
        if self.shares >= 1:
            raise UsageError(
                say("Profit, bank charges and commission take the whole price."),
                say("Together they must stay below 100%."),
            )

    @property
    def unrefunded(self) -> Decimal:
        """The share of a factory's price that is VAT which nobody refunds; a trading company's is in its purchase price."""
        return self.vat - self.refund_rate if self.kind == FACTORY else Decimal(0)

    @property
    def shares(self) -> Decimal:
        """What is taken of the price before it covers anything."""
        return self.profit + self.bank + self.commission + self.unrefunded

    @property
    def refund(self) -> Exact:
        """The VAT that a trading company gets back, of one piece."""
        return (
            exact(self.cost.amount) / (1 + exact(self.vat)) * exact(self.refund_rate)
            if self.kind == TRADING
            else Fraction(0)
        )

    @property
    def outlay(self) -> Exact:
        """What a piece costs: the cost less its refund, and the charges."""
        return exact(self.cost.amount) - self.refund + exact(self.charges.amount)

    @property
    def fob(self) -> Exact:
        """The exact FOB price of a piece."""
        return self.outlay / (1 - exact(self.shares)) / exact(self.rate)

    @property
    def price(self) -> Money:
        """The FOB price, rounded up to the sheet's step."""
        return price(self.fob, self.currency, self.step)

    def margin(self, at: Money) -> Exact:
        """Return which share of the FOB price `at` is profit; negative where it is a loss."""
        self._same_currency(at)
        earned = exact(at.amount) * exact(self.rate)
        if not earned:
            raise UsageError(say("A price of nothing has no margin."), say("Write a price above 0."))
        return 1 - exact(self.bank + self.commission + self.unrefunded) - self.outlay / earned

    def cost_of_a_unit(self, at: Money) -> Exact:
        """Return what one unit of the price's currency costs at the FOB price `at`: 换汇成本, of the net price after commission."""
        self._same_currency(at)
        net = exact(at.amount) * (1 - exact(self.commission))
        if not net:
            raise UsageError(say("A price of nothing has no margin."), say("Write a price above 0."))
        return (self.outlay + exact(at.amount) * exact(self.rate) * exact(self.unrefunded)) / net

    def working(self, at: Money | None = None) -> tuple[WorkingLine, ...]:
        """Return how the price came about; `at`: and what another price leaves."""
        return (*self._cost_lines(), *self._price_lines(), *self._lines_of(at or self.price, other=at is not None))

    def _same_currency(self, at: Money) -> None:
        if at.currency != self.currency:
            raise UsageError(
                say("The sheet is made for prices in {one}, not in {other}.", one=self.currency, other=at.currency),
                say("Make a cost sheet in {other}.", other=at.currency),
            )

    def _cost_lines(self) -> Iterator[WorkingLine]:
        own = self.cost.currency
        if self.kind == TRADING:
            yield WorkingLine(
                say("purchase price in {currency}, VAT of {vat} included", currency=own, vat=percent(self.vat)),
                self.cost.digits,
            )
            yield WorkingLine(
                say("less refund of {rate} on the price without VAT", rate=percent(self.refund_rate)),
                figure(self.refund),
            )
        else:
            yield WorkingLine(say("cost in {currency} without VAT", currency=own), self.cost.digits)
        yield WorkingLine(say("plus charges"), self.charges.digits)
        yield WorkingLine(say("what a piece costs"), figure(self.outlay))

    def _price_lines(self) -> Iterator[WorkingLine]:
        yield WorkingLine(say("profit, a share of the price"), percent(self.profit))
        yield WorkingLine(say("bank charges"), percent(self.bank))
        yield WorkingLine(say("commission"), percent(self.commission))
        if self.kind == FACTORY:
            yield WorkingLine(
                say("VAT of {vat} less refund of {rate}", vat=percent(self.vat), rate=percent(self.refund_rate)),
                percent(self.unrefunded),
            )
        yield WorkingLine(say("what the price leaves for the piece"), percent(1 - self.shares))
        if self.rate != 1:
            yield WorkingLine(
                say("{own} for one {currency}", own=self.cost.currency, currency=self.currency), f"{self.rate:f}"
            )
        yield WorkingLine(say("FOB price in {currency}", currency=self.currency), self.price.digits)

    def _lines_of(self, at: Money, *, other: bool) -> Iterator[WorkingLine]:
        if other:
            yield WorkingLine(say("another FOB price"), at.digits)
        yield WorkingLine(say("margin"), f"{figure(self.margin(at) * 100, 2)}%")
        if self.rate != 1:
            cost = self.cost_of_a_unit(at)
            yield WorkingLine(
                say("{own} spent for one {currency}", own=self.cost.currency, currency=self.currency), figure(cost)
            )
