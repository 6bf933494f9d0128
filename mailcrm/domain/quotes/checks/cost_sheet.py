"""3: what stands behind the price.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailcrm.domain.quotes.checks.facts import EDIT, Finding, QuoteFacts
from mailcrm.domain.words import say

__all__ = ["check"]

_RULE = say("A cost sheet stands behind every line; one that the rep made needs approval.")


def check(facts: QuoteFacts) -> Iterator[Finding]:
    """Find the lines without a cost sheet, or with a self-made one."""
    for number, (line, known) in enumerate(zip(facts.content.lines, facts.lines, strict=True), 1):
        if known.sheet is None:
            problem = say("Line {number}, {sku}: no cost sheet is linked.", number=number, sku=line.sku)
            verb = EDIT
            fix = say('Link it: `mailcrm quote edit {quote} --line "{sku},sheet=g2"`, or let a manager approve.',
                      quote=facts.id, sku=line.sku)  # fmt: skip
        elif not known.sheet.official:
            problem = say("Line {number}, {sku}: cost sheet {sheet} is self-made.",
                          number=number, sku=line.sku, sheet=known.sheet.id)  # fmt: skip
            verb = ""
            fix = say("Link an official one, or let a manager approve.")
        else:
            continue
        yield Finding(3, _RULE, problem, fix, line=number, verb=verb, asked="lines" if verb else "")
