"""7: until when the quote is valid.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("The day until which the quote is valid is set, and lies ahead.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find a validity that is missing or over."""
    until = facts.content.valid_until
    if until is not None and until >= facts.today:
        return
    problem = say("The validity is missing.") if until is None else say("The validity ended on {day}.", day=until)
    fix = say("Set it: `mailcrm quote edit {quote} --valid-until +30d`.", quote=facts.id)
    yield Finding(7, _RULE, problem, fix, refuses=True, verb=EDIT, asked="valid_until")
