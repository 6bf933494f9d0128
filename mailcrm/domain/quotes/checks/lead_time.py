"""8: lead time and MOQ.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("The lead time is there with the event that it counts from, and every line has its MOQ.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find what the customer would have to ask for."""
    content = facts.content
    if not content.lines:
        fix = say('Add one: `mailcrm quote edit {quote} --line "SKU,QTY,PRICE"`.', quote=facts.id)
        yield Finding(8, _RULE, say("The quote has no line."), fix, refuses=True, verb=EDIT, asked="lines")
    if not (content.lead_time and content.lead_from):
        problem = say("The lead time is missing, or the event that it counts from.")
        fix = say('Set it: `mailcrm quote edit {quote} --lead-time "30 days after deposit"`.', quote=facts.id)
        yield Finding(8, _RULE, problem, fix, refuses=True, verb=EDIT, asked="lead_time")
    for number, line in enumerate(content.lines, 1):
        if line.moq is None:
            problem = say("Line {number}, {sku}: the MOQ is missing.", number=number, sku=line.sku)
            fix = say('Set it: `mailcrm quote edit {quote} --line "{sku},moq=500"`.', quote=facts.id, sku=line.sku)
            yield Finding(8, _RULE, problem, fix, refuses=True, line=number, verb=EDIT, asked="lines")
