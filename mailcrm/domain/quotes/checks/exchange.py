"""6: the currency, and how old the exchange rate behind it is.

Room: domain. A rate is asked for only where a cost sheet in another currency stands behind the price.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("The currency is set; where a cost sheet in another one stands behind it, the exchange rate is fresh.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find a missing currency, and rates that are missing or too old."""
    currency = facts.content.currency
    if not currency:
        fix = say("Set it: `mailcrm quote edit {quote} --currency USD`.", quote=facts.id)
        yield Finding(6, _RULE, say("The currency is missing."), fix, refuses=True, verb=EDIT, asked="currency")
        return
    for number, known in enumerate(facts.lines, 1):
        sheet = known.sheet
        if sheet is None or sheet.currency == currency:
            continue
        if sheet.rate_age is None:
            problem = say("Line {number}: cost sheet {sheet} has no exchange rate for {currency}.",
                          number=number, sheet=sheet.id, currency=currency)  # fmt: skip
        elif sheet.rate_age > facts.oldest_rate:
            problem = say(
                "Line {number}: the exchange rate of cost sheet {sheet} is of {day}, {age} working days old.",
                number=number,
                sheet=sheet.id,
                day=sheet.rate_date,
                age=sheet.rate_age,
            )
        else:
            continue
        fix = say("Calculate the sheet with a rate that is at most {days} working days old.", days=facts.oldest_rate)
        yield Finding(6, _RULE, problem, fix, refuses=True, line=number)
