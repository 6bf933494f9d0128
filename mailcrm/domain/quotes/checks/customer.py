"""1: what is known of the customer.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("Every question of the customer checklist is answered, or asked on a date, or refused.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find the questions that nobody asked."""
    if facts.unanswered is None:
        yield Finding(
            1,
            _RULE,
            say("No inquiry is linked, so nothing is known of what the customer needs."),
            say(
                "Note it with `mailcrm inquiry new`, and link it: `mailcrm quote edit {quote} --inquiry i3`.",
                quote=facts.id,
            ),
            refuses=True,
            verb="new_inquiry",
        )
    for question in facts.unanswered or ():
        yield Finding(
            1,
            _RULE,
            say("Not asked yet: {question}.", question=question),
            say("Write the answer into the inquiry, or ask the customer; template inquiry_ask has the questions."),
            refuses=True,
            verb="edit_inquiry",
        )
