"""4: what others charge is confirmed on paper, and that paper is still valid.

Room: domain. Which papers are needed the Incoterm says: freight where the price includes it, insurance likewise; an inspection where the HS code
demands one. A missing paper is to be had, whoever approves; a manager may take the risk of one that has expired.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailcrm.domain.quotes.checks.facts import Confirmation, Finding, QuoteFacts
from mailcrm.domain.trade.incoterms import TERMS
from mailcrm.domain.words import say

__all__ = ["KINDS", "check", "needed"]

_RULE = say(
    "Freight, insurance and, where the HS code demands it, inspection are confirmed by a file that has not expired."
)
KINDS = {"freight": say("freight"), "insurance": say("insurance"), "inspection": say("inspection")}


def needed(facts: QuoteFacts) -> tuple[str, ...]:
    """Return the kinds of confirmations that this quote needs."""
    term = TERMS.get(facts.content.incoterm, TERMS["FOB"])  # where none is set, another check says so
    wanted = {
        "freight": term.freight,
        "insurance": term.insurance,
        "inspection": any(line.inspection for line in facts.lines),
    }
    return tuple(kind for kind, is_needed in wanted.items() if is_needed)


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find what is not confirmed, or not any more."""
    for kind in needed(facts):
        here = [one for one in facts.confirmations if one.kind == kind]
        if any(_is_valid(one, facts) for one in here):
            continue
        fix = say("Attach it: `mailcrm quote confirm {quote} {kind} FILE --expires DATE`.", quote=facts.id, kind=kind)
        if here:
            until = max(expires for one in here if (expires := _until(one, facts)))
            problem = say("The {kind} confirmation expired on {day}.", kind=KINDS[kind], day=until)
        else:
            problem = say("The {kind} confirmation is missing.", kind=KINDS[kind])
        yield Finding(4, _RULE, problem, fix, refuses=not here, verb="confirm_quote", asked="kind")


def _is_valid(one: Confirmation, facts: QuoteFacts) -> bool:
    expires = _until(one, facts)
    return expires is None or expires >= facts.today


def _until(one: Confirmation, facts: QuoteFacts) -> date | None:
    """Return the last day of a confirmation; a freight that says none ends when the quote says that it does."""
    return one.expires or (facts.content.freight_until if one.kind == "freight" else None)
