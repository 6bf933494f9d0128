"""The dates of a letter of credit: latest shipment, presentation, expiry.

Room: domain. In: the credit and what has happened to the goods. Out: the dates that still count, each with the days that are left.
Documents are presented within the days that the credit gives after the shipment, at most those of the rules (UCP 600, article 14 c:
21), and before it expires; a date once missed is money lost, so each stands on the worklist ahead of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mailcrm.domain.words import Sentence, say

__all__ = ["LcDate", "LetterOfCredit", "lc_dates", "presentation"]


@dataclass(frozen=True, slots=True)
class LetterOfCredit:
    """A credit as it was opened; `presentation_days` None: those of the rules."""

    number: str = ""
    bank: str = ""
    latest_shipment: date | None = None
    expiry: date | None = None
    presentation_days: int | None = None


@dataclass(frozen=True, slots=True)
class LcDate:
    """A date that counts: "latest_shipment", "presentation" or "expiry"."""

    name: str
    on: date
    title: Sentence

    def left(self, today: date) -> int:
        """Return how many days are left; below zero where it has passed."""
        return (self.on - today).days


def presentation(credit: LetterOfCredit, shipped: date, limit: int) -> date:
    """Return the last day on which documents of a shipment may be presented. `limit`: the days of the rules."""
    days = limit if credit.presentation_days is None else min(credit.presentation_days, limit)
    last = shipped + timedelta(days=days)
    return min(last, credit.expiry) if credit.expiry else last


def lc_dates(credit: LetterOfCredit, *, shipped: date | None, presented: bool, limit: int) -> tuple[LcDate, ...]:
    """Return the dates that still count, the nearest first; none once the documents are presented."""
    if presented:
        return ()
    found: list[LcDate] = []
    if shipped is not None:
        title = say("L/C: present the documents")
        found.append(LcDate("presentation", presentation(credit, shipped, limit), title))
    elif credit.latest_shipment is not None:
        found.append(LcDate("latest_shipment", credit.latest_shipment, say("L/C: latest shipment")))
    if credit.expiry is not None:
        found.append(LcDate("expiry", credit.expiry, say("L/C: expiry")))
    return tuple(sorted(found, key=lambda one: one.on))
