"""2: no line below the floor, compared at net FOB.

Room: domain. What the customer pays and what is left of it are two prices: discount, commission, insurance, freight and free goods come off first.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, LineFacts, QuoteFacts
from mailcrm.domain.quotes.content import QuoteLine
from mailcrm.domain.trade.netting import Verdict
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("Net FOB of every line is at least the floor of the price list that is valid today, for that quantity.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find the lines below the floor, those that have none, and those whose net FOB nobody knows."""
    if not facts.content.incoterm:
        fix = say('Set it: `mailcrm quote edit {quote} --incoterm "FOB Ningbo"`.', quote=facts.id)
        yield Finding(
            2,
            _RULE,
            say("The Incoterm is missing, so nobody knows what the prices hold."),
            fix,
            refuses=True,
            verb=EDIT,
            asked="incoterm",
        )
        return
    for number, (line, known) in enumerate(zip(facts.content.lines, facts.lines, strict=True), 1):
        for lack in known.lacks[: 1 if number == 1 else 0]:
            fix = say("Give it: `mailcrm quote edit {quote} --freight 0.20 --premium 0.3%`.", quote=facts.id)
            yield Finding(2, _RULE, lack, fix, refuses=True, verb=EDIT, asked="freight")
        if known.verdict is not None and not known.verdict.allowed:
            yield _below(number, line, known, known.verdict)
        elif known.verdict is None and not known.lacks:
            yield _no_floor(number, line)


def _no_floor(number: int, line: QuoteLine) -> Finding:
    problem = say(
        "Line {number}: no price list that is valid today has a floor for {quantity} of {sku}.",
        number=number,
        quantity=line.quantity,
        sku=line.sku,
    )
    fix = say("Import the list with `mailcrm pricelist import FILE`, or let a manager approve the price.")
    return Finding(2, _RULE, problem, fix, line=number)


def _below(number: int, line: QuoteLine, known: LineFacts, verdict: Verdict) -> Finding:
    problem = say(
        "Line {number}, {sku}: {price} is net FOB {net}, below the floor {floor} of list {list}.",
        number=number,
        sku=line.sku,
        price=line.price,
        net=verdict.net,
        floor=verdict.floor,
        list=known.list_version,
    )
    fix = say("The least allowed price is {least}; below it a manager approves.", least=verdict.least)
    return Finding(2, _RULE, problem, fix, line=number)
