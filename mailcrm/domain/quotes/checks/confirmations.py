"""4: what others charge is confirmed on paper, and that paper is still valid.

Room: domain. Which papers are needed the Incoterm says: freight where the price includes it, insurance likewise; an inspection where the HS code
demands one. A missing paper is to be had, whoever approves; a manager may take the risk of one that has expired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mailcrm.domain.quotes.checks.facts import Confirmation, Finding, QuoteFacts
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.trade.incoterms import TERMS
from mailcrm.domain.words import Sentence, say

__all__ = ["KINDS", "check", "lapsed", "needed"]

_RULE = say(
    "Freight, insurance and, where the HS code demands it, inspection are confirmed by a file that has not expired."
)
KINDS = {"freight": say("freight"), "insurance": say("insurance"), "inspection": say("inspection")}


def needed(facts: QuoteFacts) -> tuple[str, ...]:
    """Return the kinds of confirmations that this quote needs."""
    wanted = {*_of_term(facts.content), *(["inspection"] if any(line.inspection for line in facts.lines) else [])}
    return tuple(kind for kind in KINDS if kind in wanted)


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find what is not confirmed, or not any more."""
    for kind in needed(facts):
        here = [one for one in facts.confirmations if one.kind == kind]
        ended = _ended(facts.content, here)
        if here and (ended is None or ended >= facts.today):
            continue
        fix = say("Attach it: `mailcrm quote confirm {quote} {kind} FILE --expires DATE`.", quote=facts.id, kind=kind)
        missing = say("The {kind} confirmation is missing.", kind=KINDS[kind])
        problem = _over(kind, ended) if ended else missing
        yield Finding(4, _RULE, problem, fix, refuses=not here, verb="confirm_quote", asked="kind")


def lapsed(
    quote: str, content: QuoteContent, confirmations: Sequence[Confirmation], since: date, day: date
) -> Finding | None:
    """Return what has ended on `day` of a quote that was fit to be sent; what had before `since` a manager knew of.

    Where an inspection is confirmed one was needed.
    """
    for kind in (*_of_term(content), "inspection"):
        ended = _ended(content, [one for one in confirmations if one.kind == kind])
        if ended is not None and since <= ended < day:
            fix = say("Attach a new one: `mailcrm quote confirm {quote} {kind} FILE --expires DATE`; then send the mail again.", quote=quote, kind=kind)  # fmt: skip
            return Finding(4, _RULE, _over(kind, ended), fix)
    return None


def _of_term(content: QuoteContent) -> tuple[str, ...]:
    term = TERMS.get(content.incoterm, TERMS["FOB"])  # where none is set, another check says so
    return (*(["freight"] if term.freight else []), *(["insurance"] if term.insurance else []))


def _over(kind: str, ended: date) -> Sentence:
    return say("The {kind} confirmation expired on {day}.", kind=KINDS[kind], day=ended)


def _ended(content: QuoteContent, here: Sequence[Confirmation]) -> date | None:
    """Return the last day on which one of these holds; None where one holds for ever, or there is none."""
    days = [_until(content, one) for one in here]
    return max((day for day in days if day is not None), default=None) if None not in days else None


def _until(content: QuoteContent, one: Confirmation) -> date | None:
    """Return the last day of a confirmation; a freight that says none ends when the quote says that it does."""
    return one.expires or (content.freight_until if one.kind == "freight" else None)
