"""The dates of a letter of credit: what must happen by when, and what is wrong with them.

Room: domain. Source: UCP 600, articles 6, 14 c: documents are presented within the days that the credit names, 21 at most, and never after
its expiry. In: the credit's dates. Out: the last day of presentation, and findings as sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mailcrm.domain.words import Sentence, say

__all__ = ["MOST_DAYS", "CreditDates", "lint_credit"]

MOST_DAYS = 21


@dataclass(frozen=True, slots=True)
class CreditDates:
    """`presentation`: so many days after shipment the documents may be presented; `shipped_on`: on board, planned or true."""

    latest_shipment: date | None = None
    expiry: date | None = None
    presentation: int = MOST_DAYS
    shipped_on: date | None = None

    @property
    def present_by(self) -> date | None:
        """The last day on which documents are taken, None where nothing tells it."""
        shipped = self.shipped_on or self.latest_shipment
        ends = [shipped + timedelta(days=self.presentation)] if shipped else []
        return min([*ends, *([self.expiry] if self.expiry else [])], default=None)


def lint_credit(dates: CreditDates) -> tuple[Sentence, ...]:
    """Return what is wrong with the dates of a credit, () where they fit together."""
    return tuple(_findings(dates))


def _findings(dates: CreditDates) -> Iterator[Sentence]:
    latest, expiry, shipped = dates.latest_shipment, dates.expiry, dates.shipped_on
    if latest is None:
        yield say("The credit names no latest shipment.")
    if expiry is None:
        yield say("The credit names no expiry.")
    if not 1 <= dates.presentation <= MOST_DAYS:
        yield say(
            "Documents are presented within 1 to {most} days, not {days}.", most=MOST_DAYS, days=dates.presentation
        )
    if latest and expiry and expiry < latest:
        yield say(
            "The credit expires on {expiry}, before the latest shipment on {latest}.", expiry=expiry, latest=latest
        )
    elif latest and expiry and (expiry - latest).days < dates.presentation:
        yield say(
            "Between the latest shipment and the expiry lie {days} days only, not the {presentation} for the documents.",
            days=(expiry - latest).days,
            presentation=dates.presentation,
        )
    if shipped and latest and shipped > latest:
        yield say("Shipment on {shipped} is later than the credit allows: {latest}.", shipped=shipped, latest=latest)
    if shipped and expiry and shipped > expiry:
        yield say("Shipment on {shipped} is after the credit's expiry.", shipped=shipped)
