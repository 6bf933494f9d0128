"""Write down a refund rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.trade.days import parse_day
from mailcrm.domain.trade.refunds import RefundRate, checked_hs
from mailcrm.domain.trade.shares import parse_share, percent
from mailcrm.domain.words import Sentence, say
from mailcrm.store.refund_rates import NewRefund, take_back_refunds, write_refund

__all__ = ["COMMAND", "SetRefund"]


@dataclass(frozen=True)
class SetRefund:
    """`rate` is refunded of exports of `hs` from the day `since` on, until `until` ("": until it is changed)."""

    hs: str
    rate: str
    since: str
    until: str = ""
    source: str = ""

    verb: ClassVar[str] = "set_refund"
    title: ClassVar[Sentence] = say("Write down a refund rate")
    help: ClassVar[Sentence] = say(
        "How much VAT is refunded for an HS code from a day on; the rate before it ends by itself."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule where a later rate begins within its days."""
        until = parse_day(self.until) if self.until else None
        rate = RefundRate(checked_hs(self.hs), parse_share(self.rate), parse_day(self.since), until)
        new = NewRefund(rate, self.source.strip())
        written = write_refund(session, new, by=situation.actor, at=situation.now)
        said = say(
            "{rate} is refunded for {hs} from {since} on.", rate=percent(rate.rate), hs=rate.hs, since=rate.since
        )
        return Done(said, shows=("refund_rates", {"hs": rate.hs}), before={"written": [dict(written.before)]})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the table back as it was."""
        del situation
        take_back_refunds(session, before["written"])
        return frozenset()


COMMAND = SetRefund
