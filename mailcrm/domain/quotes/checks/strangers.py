"""10: nothing of another customer, nothing of our lists.

Room: domain. Lines are pre-filled from older quotes, and texts are copied: this is where a name stays behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailcrm.domain.checks.names import strange_names
from mailcrm.domain.quotes.checks.facts import Finding, QuoteFacts
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.words import say

__all__ = ["check", "text_of"]

_RULE = say("No other customer's name and no price list's id stands in the text.")


def text_of(content: QuoteContent) -> str:
    """Return every word of a quote that a person typed and the customer reads, but whom it is for."""
    lines = [
        word for line in content.lines for word in (line.description, line.customer_item, line.colour, line.packing)
    ]
    fees = [fee.refund for fee in content.fees]
    header = [
        content.payment,
        content.lead_time,
        content.lead_from,
        content.tolerance,
        content.warranty,
        content.remarks,
    ]
    return "\n".join([*lines, *fees, *header, *content.excluded])


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find names that don't belong here."""
    text = text_of(facts.content)
    fix = say("Take it out of the text; the customer would read it.")
    for name in strange_names(text, facts.others, facts.familiar, facts.ours):
        problem = say("Another customer's name stands in the text: “{name}”.", name=name)
        yield Finding(10, _RULE, problem, fix, refuses=True)
    for known in facts.list_ids:
        if known and re.search(rf"(?<!\w){re.escape(known)}(?!\w)", text):
            problem = say("The id of a price list stands in the text: {id}.", id=known)
            yield Finding(10, _RULE, problem, fix, refuses=True)
