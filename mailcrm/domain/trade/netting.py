"""Net FOB: what is left of a price under any Incoterm when everything that it holds for others is paid.

Room: domain. In: a price and its `Deal`: term, discount, free goods, commission, insurance, freight, charges. Out: the net FOB, the
least price that keeps a floor, and the working of both.

    net = price · paid / (paid + free) · (1 - discount) · (1 - commission) · insurance factor
          - freight (C and D terms) - charges at destination (D terms) + domestic charges (EXW, FCA)

The insurance factor is of CIF and CIP only; who insures a D term for himself counts it among the charges. Everything is exact, so the
least price is the floor put through the same line backwards and rounded up once: it is allowed, and one step below it isn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.trade.exact import Exact, down_to, exact, up_to
from mailcrm.domain.trade.incoterms import TERMS, Term
from mailcrm.domain.trade.insurance import insurance_factor, understood
from mailcrm.domain.trade.money import Money, price_step
from mailcrm.domain.trade.shares import checked_share, percent
from mailcrm.domain.trade.working import WorkingLine, cut, figure
from mailcrm.domain.words import Sentence, say

__all__ = ["Deal", "Verdict", "gross_price", "judge", "least_price", "missing", "net_fob"]

_SHOWN = Decimal("0.0001")
_WITHOUT_DOMESTIC = ("EXW", "FCA")  # terms whose price ends before the charges on the way to the ship


@dataclass(frozen=True, slots=True)
class Deal:
    """What a price holds besides the goods. Amounts are of one piece and in the currency of the price; None: not known.

    `mark_up` is the house's: insured is the price and this share. `free` pieces are given for every `paid` ones. `freight` is the
    main carriage; `charges` those of a D term at destination, duties of DDP and all; `domestic` what an EXW or FCA price leaves to
    the buyer before the goods are on board.
    """

    code: str
    mark_up: Decimal
    discount: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    paid: int = 1
    free: int = 0
    premium: Decimal | None = None
    freight: Decimal | Fraction | None = None
    charges: Decimal | Fraction | None = None
    domestic: Decimal | Fraction | None = None

    def __post_init__(self) -> None:
        for share in (self.discount, self.commission, self.premium or Decimal(0)):
            checked_share(share)
        amounts = [amount for amount in (self.freight, self.charges, self.domestic) if amount is not None]
        if self.code not in TERMS or self.paid < 1 or min(self.free, self.mark_up, *amounts) < 0:
            raise UsageError(
                say("A price is netted by one of the Incoterms, and nothing that it holds is negative."),
                say("Look at the free goods, the freight and the charges."),
            )
        if insurance_factor(self.premium or Decimal(0), self.mark_up) <= 0:
            raise UsageError(say("The insurance would cost the whole price."), say("Write the premium as 0.3%."))

    @property
    def term(self) -> Term:
        """The Incoterm."""
        return TERMS[self.code]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A price against its floor: `net` cut to four decimals for showing, `least` the least price that is allowed."""

    net: Money
    floor: Money
    least: Money
    allowed: bool
    working: tuple[WorkingLine, ...]


def missing(deal: Deal) -> tuple[Sentence, ...]:
    """Return what must be known before the net FOB of the deal can be."""
    term = deal.term
    asked = (
        (term.freight and deal.freight is None, say("{code} holds the freight, and none is given.", code=deal.code)),
        (
            term.insurance and deal.premium is None,
            say("{code} holds the insurance, and no premium is given.", code=deal.code),
        ),
        (
            term.charges and deal.charges is None,
            say("{code} holds charges at destination, and none are given.", code=deal.code),
        ),
        (
            deal.code in _WITHOUT_DOMESTIC and deal.domestic is None,
            say("{code} leaves the way to the ship to the buyer; its charges are not given.", code=deal.code),
        ),
    )
    return tuple(sentence for lacks, sentence in asked if lacks)


def net_fob(price: Decimal | Fraction, deal: Deal) -> Exact:
    """Return the exact net FOB of `price`; RefusedByRule where something must be known first."""
    return exact(price) * _kept(deal) - _added(deal)


def gross_price(net: Decimal | Fraction, deal: Deal) -> Exact:
    """Return the exact price in the deal's own term that nets `net` FOB: FOBC5 is FOB / (1 - 5 %), never FOB × 1.05."""
    return (exact(net) + _added(deal)) / _kept(deal)


def least_price(floor: Decimal | Fraction, deal: Deal, step: Decimal) -> Decimal:
    """Return the least price, a multiple of `step`, whose net FOB isn't below `floor`."""
    return max(up_to(gross_price(floor, deal), step), 0 * step)


def judge(price: Money, floor: Money, deal: Deal, step: Decimal) -> Verdict:
    """Return whether `price` keeps `floor`, the least price that does, and the working. Both are of one currency."""
    if price.currency != floor.currency:
        raise UsageError(
            say("The price is in {one}, its floor in {other}.", one=price.currency, other=floor.currency),
            say("Take the price list of the quote's currency, or quote in that of the list."),
        )
    net = net_fob(price.amount, deal)
    shown = Money(down_to(net, _SHOWN), price.currency)
    least = Money(least_price(floor.amount, deal, price_step(price.currency, step)), price.currency)
    working = (
        *_working(price, deal),
        WorkingLine(say("floor"), figure(floor.amount)),
        WorkingLine(say("least allowed price"), least.digits),
    )
    return Verdict(shown, floor, least, net >= exact(floor.amount), working)


def _kept(deal: Deal) -> Exact:
    """Return the part of the price that is left of its shares."""
    kept = Fraction(deal.paid, deal.paid + deal.free) * (1 - exact(deal.discount)) * (1 - exact(deal.commission))
    if not deal.term.insurance:
        return kept
    if deal.premium is None:
        raise _unknown(deal)
    return kept * insurance_factor(deal.premium, deal.mark_up)


def _added(deal: Deal) -> Exact:
    """Return the amounts that the price holds besides the goods; negative where FOB would hold more than the term does."""
    lacking = missing(deal)
    if lacking:
        raise _unknown(deal)
    added = Fraction(0)
    if deal.term.freight:
        added += exact(deal.freight or Decimal(0))
    if deal.term.charges:
        added += exact(deal.charges or Decimal(0))
    if deal.code in _WITHOUT_DOMESTIC:
        added -= exact(deal.domestic or Decimal(0))
    return added


def _unknown(deal: Deal) -> RefusedByRule:
    return RefusedByRule(missing(deal)[0], say("Give it: without it nobody knows what the price leaves."))


def _working(price: Money, deal: Deal) -> Iterator[WorkingLine]:
    """Yield the price, every reduction with what is left after it, and the net FOB."""
    left = exact(price.amount)
    yield WorkingLine(say("{code} price", code=deal.code), price.digits)
    if deal.free:
        left *= Fraction(deal.paid, deal.paid + deal.free)
        yield WorkingLine(say("less {free} free with every {paid}", free=deal.free, paid=f"{deal.paid:,}"), cut(left))
    if deal.discount:
        left *= 1 - exact(deal.discount)
        yield WorkingLine(say("less discount of {percent}", percent=percent(deal.discount)), cut(left))
    if deal.commission:
        left *= 1 - exact(deal.commission)
        yield WorkingLine(say("less commission of {percent}", percent=percent(deal.commission)), cut(left))
    if deal.term.insurance and deal.premium is not None:
        left *= insurance_factor(deal.premium, deal.mark_up)
        yield WorkingLine(say("less insurance: {premium}", premium=understood(deal.premium, deal.mark_up)), cut(left))
    if deal.term.freight and deal.freight is not None:
        left -= exact(deal.freight)
        yield WorkingLine(say("less freight of {amount}", amount=figure(deal.freight, 5)), cut(left))
    if deal.term.charges and deal.charges is not None:
        left -= exact(deal.charges)
        yield WorkingLine(say("less charges at destination of {amount}", amount=figure(deal.charges)), cut(left))
    if deal.code in _WITHOUT_DOMESTIC and deal.domestic is not None:
        left += exact(deal.domestic)
        yield WorkingLine(say("plus domestic charges of {amount}", amount=figure(deal.domestic)), cut(left))
    yield WorkingLine(say("net FOB"), cut(left))
