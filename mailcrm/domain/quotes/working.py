"""What is left of a quote's prices, and what they sum up to.

Room: domain. In: a content, and the floor of a line where a price list has one. Out: deals, verdicts, totals (`domain.trade.netting`).
"""

from __future__ import annotations

from mailcrm.domain.documents.figures import rounded
from mailcrm.domain.quotes.content import QuoteContent, QuoteLine
from mailcrm.domain.trade.money import Money, total
from mailcrm.domain.trade.netting import Deal, Verdict, judge, missing
from mailcrm.domain.words import Sentence

__all__ = ["amount_of", "deal_of", "discount_of", "total_of", "verdict_of", "what_lacks"]


def deal_of(content: QuoteContent, line: QuoteLine) -> Deal:
    """Return what the price of a line holds besides the goods."""
    return Deal(
        content.incoterm,
        discount=content.discount,
        commission=content.commission,
        paid=line.quantity,
        free=line.free,
        premium=content.premium,
        mark_up=content.markup,
        freight=content.freight if line.freight is None else line.freight,
        charges=content.charges,
        domestic=content.domestic,
    )


def what_lacks(content: QuoteContent, line: QuoteLine) -> tuple[Sentence, ...]:
    """Return what must be known before the net FOB of a line can be."""
    return missing(deal_of(content, line))


def verdict_of(content: QuoteContent, line: QuoteLine, floor: Money) -> Verdict:
    """Return the price of a line against its floor."""
    return judge(Money(line.price, content.currency), floor, deal_of(content, line), content.step)


def amount_of(content: QuoteContent, line: QuoteLine) -> Money:
    """Return what a line costs, before the discount on the whole quote."""
    return total([(Money(line.price, content.currency), line.quantity)], content.currency)


def discount_of(content: QuoteContent) -> Money:
    """Return what the discount takes off the sum of the lines, in what the currency can be paid in."""
    return Money(rounded(_sum(content).amount * content.discount, content.currency), content.currency)


def total_of(content: QuoteContent) -> Money:
    """Return what the customer pays for the goods; fees for tooling and samples stand apart."""
    return _sum(content) - discount_of(content)


def _sum(content: QuoteContent) -> Money:
    return total([(Money(line.price, content.currency), line.quantity) for line in content.lines], content.currency)
