"""All ten checks, in their order.

Room: domain. In: `QuoteFacts`. Out: every `Finding`, and where the quote goes with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.quotes.checks import (
    bank,
    confirmations,
    cost_sheet,
    customer,
    exchange,
    floor,
    lead_time,
    payment,
    strangers,
    validity,
)
from mailcrm.domain.quotes.checks.facts import Finding, QuoteFacts
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, say

__all__ = ["refuse_unfit", "run_checks", "state_after"]

_CHECKS = (
    customer.check, floor.check, cost_sheet.check, confirmations.check, payment.check, exchange.check, validity.check,
    lead_time.check, bank.check, strangers.check,
)  # fmt: skip


def run_checks(facts: QuoteFacts) -> tuple[Finding, ...]:
    """Return everything that is wrong, in the order of the ten."""
    return tuple(finding for check in _CHECKS for finding in check(facts))


def state_after(findings: Sequence[Finding]) -> QuoteState:
    """Return where a draft goes: DRAFT where something is to be mended, NEEDS_APPROVAL where a manager may let it pass."""
    if any(finding.refuses for finding in findings):
        return QuoteState.DRAFT
    return QuoteState.NEEDS_APPROVAL if findings else QuoteState.READY


def refuse_unfit(findings: Sequence[Finding], quote: str) -> None:
    """Refuse a quote that nobody may let pass; the error names every rule that fails, and its fix."""
    failing = [finding for finding in findings if finding.refuses]
    if not failing:
        return
    told, brief = (_listed([getattr(finding, name) for finding in failing]) for name in ("whole", "problem"))
    raise RefusedByRule(_unready(quote, told), brief=_unready(quote, brief))


def _unready(quote: str, problems: Sentence) -> Sentence:
    return say("{quote} is not ready to be sent:\n{problems}", quote=quote, problems=problems)


def _listed(sentences: Sequence[Sentence]) -> Sentence:
    """Return the sentences, one a line."""
    first, *others = sentences
    return Sentence("{one}\n{rest}", {"one": first, "rest": _listed(others)}) if others else first
