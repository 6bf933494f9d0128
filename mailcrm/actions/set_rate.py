"""Write down an exchange rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.trade.days import parse_day
from mailcrm.domain.trade.money import parse_amount
from mailcrm.domain.trade.rates import ExchangeRate
from mailcrm.domain.words import Sentence, say
from mailcrm.records import ExchangeRateRecord

__all__ = ["COMMAND", "SetRate"]

_UNITS = (1, 10, 100, 1000, 10_000)


@dataclass(frozen=True)
class SetRate:
    """`rate` of `base` ("" for our own currency) is what `source` pays for `per` of `currency` on the day `on`, "" for today."""

    currency: str
    rate: str
    source: str
    on: str = ""
    base: str = ""
    per: int = 1

    verb: ClassVar[str] = "set_rate"
    title: ClassVar[Sentence] = say("Write down an exchange rate")
    help: ClassVar[Sentence] = say("What the bank buys a currency for today; cost sheets and quotes calculate with it.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; UsageError for a rate without a source or of a day to come."""
        source, today = self.source.strip(), situation.today
        if not source:
            raise UsageError(say("The rate has no source."), say('Say whose it is: `--source "Bank of China"`.'))
        if self.per not in _UNITS:
            raise UsageError(
                say("A rate is of 1, 10, 100, 1000 or 10000 units."), say("Write `--per 100` where it is of a hundred.")
            )
        day = parse_day(self.on) if self.on else today
        if day > today:
            raise UsageError(say("{day} is still to come.", day=day), say("Write the day on which the bank named it."))
        base = checked_currency(self.base) if self.base else situation.policies.trade.own_currency
        rate = ExchangeRate(checked_currency(self.currency), base, parse_amount(self.rate) / self.per, source, day)
        row = ExchangeRateRecord(
            currency=rate.currency,
            base=base,
            buying=f"{rate.buying:f}",
            source=source,
            day=day,
            set_by=situation.actor,
            set_at=situation.now,
        )
        session.add(row)
        session.flush()
        said = say("One {currency} is {rate} {base}.", currency=rate.currency, rate=row.buying, base=base)
        return Done(said, shows=("exchange_rate", {"id": f"y{row.id}"}), before={"rate": row.id})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove it: the one before counts again."""
        del situation
        session.delete(session.get_one(ExchangeRateRecord, before["rate"]))
        return frozenset()


COMMAND = SetRate
