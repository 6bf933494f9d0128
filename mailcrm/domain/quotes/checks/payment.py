"""5: terms of payment and of delivery in the allowed set.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("Terms of payment and of delivery are in the allowed set.")
_FIX = say("Agree other terms, or let a manager approve these.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find terms that need leave; a quote without any can't be sent at all."""
    if not facts.content.payment.strip():
        yield Finding(
            5,
            _RULE,
            say("Payment terms are missing."),
            say(
                'Set them: `mailcrm quote edit {quote} --payment "30% T/T deposit, 70% against copy of B/L"`.',
                quote=facts.id,
            ),
            refuses=True,
            verb=EDIT,
            asked="payment",
        )
    elif facts.payment_problem is not None:
        yield Finding(5, _RULE, facts.payment_problem, _FIX)
    code = facts.content.incoterm
    if code and code not in facts.incoterms:
        yield Finding(5, _RULE, say("{code} needs an approval in this house.", code=code), _FIX)
