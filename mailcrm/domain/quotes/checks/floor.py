"""2: no line below the floor, compared at net FOB.

Room: domain. What the customer pays and what is left of it are two prices: discount, commission, insurance, freight and free goods come off first.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mailcrm.domain.quotes.checks.facts import Finding, LineFacts, QuoteFacts
from mailcrm.domain.quotes.content import QuoteLine
from mailcrm.domain.trade.exact import down_to
from mailcrm.domain.words import say

__all__ = ["NET_SHOWN", "check"]

NET_SHOWN = Decimal("0.0001")
_RULE = say("Net FOB of every line is at least the floor of the price list that is valid today, for that quantity.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find the lines below the floor, and those that have none."""
    for number, (line, known) in enumerate(zip(facts.content.lines, facts.lines, strict=True), 1):
        if known.floor is None or known.net_fob is None:
            yield Finding(
                2,
                _RULE,
                say("Line {number}: no price list that is valid today has a floor for {sku}.", number=number, sku=line.sku),
                say("Import the list with `mailcrm pricelist import FILE`, or let a manager approve the price."),
                line=number,
            )
        elif known.net_fob < known.floor:
            yield _below(facts, number, line, known, known.net_fob)


def _below(facts: QuoteFacts, number: int, line: QuoteLine, known: LineFacts, net: Decimal) -> Finding:
    problem = say(
        "Line {number}, {sku}: {price} is net FOB {net}, below the floor {floor} of list {list}.",
        number=number,
        sku=line.sku,
        price=line.price,
        net=down_to(net, NET_SHOWN),
        floor=known.floor,
        list=known.list_version,
    )
    fix = say(
        "The least allowed price is {currency} {least}; below it a manager approves.",
        currency=facts.content.currency,
        least=known.least,
    )
    return Finding(2, _RULE, problem, fix, line=number)
