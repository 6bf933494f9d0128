"""9: our bank block equals the registered one, byte for byte.

Room: domain. Whoever changes one digit of an account on the way sends the customer's money elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("Our bank block equals the registered one, byte for byte.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find a block that was changed, or that nobody registered."""
    verb = ""
    if not facts.registered_bank:
        problem, fix = (
            say("No bank block is registered."),
            say("Propose and register it: `mailcrm bank --help` says how."),
        )
    elif facts.content.bank.encode() != facts.registered_bank.encode():
        problem = say("The bank block of this quote is not the registered one.")
        fix = say("Take the registered one: `mailcrm quote edit {quote} --bank registered`.", quote=facts.id)
        verb = EDIT
    else:
        return
    yield Finding(9, _RULE, problem, fix, refuses=True, verb=verb, asked="bank" if verb else "")
