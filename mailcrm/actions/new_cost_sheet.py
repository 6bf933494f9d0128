"""Make a cost sheet (核价单): from what a piece costs us to its FOB price in the customer's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.domain.trade.costing import Costing
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.trade.days import parse_day
from mailcrm.domain.trade.money import Money, parse_amount, parse_money
from mailcrm.domain.trade.refunds import checked_hs, rate_on
from mailcrm.domain.trade.shares import parse_share
from mailcrm.domain.words import Sentence, say
from mailcrm.records import CostSheetRecord
from mailcrm.store.exchange_rates import latest_rate
from mailcrm.store.refund_rates import refund_table
from mailcrm.store.team import load_team

__all__ = ["COMMAND", "NewCostSheet"]


@dataclass(frozen=True)
class NewCostSheet:
    """Calculate what a piece of `item` is to be sold for; every figure as a person types it, "" is as the settings have it.

    `cost`: VAT included of a trading company, without it of a factory. `refund`: the rate; "" looks it up by `hs` and the day of export
    (`export_on`, "": today). `rate`: so much of the cost's currency is one of the price's; "": the bank's. `official`: by whoever sets costs.
    """

    item: str
    cost: str
    charges: str = ""
    sku: str = ""
    hs: str = ""
    export_on: str = ""
    refund: str = ""
    kind: str = ""
    vat: str = ""
    profit: str = ""
    bank: str = ""
    commission: str = ""
    currency: str = ""
    rate: str = ""
    official: bool = False
    note: str = ""

    verb: ClassVar[str] = "new_cost_sheet"
    title: ClassVar[Sentence] = say("Make a cost sheet")
    help: ClassVar[Sentence] = say(
        "From the cost of a piece to its FOB price: refund, charges, bank, profit, commission and exchange rate."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Make it; RefusedByRule where a rate isn't known or too old, or a rep would make an official one."""
        if not self.item.strip():
            raise UsageError(say("The cost sheet is of nothing."), say("Say what it is of, such as the item's name."))
        if self.official:
            _refuse_rep(session, situation)
        sheet = self._sheet(session, situation)
        row = CostSheetRecord(
            title=sheet.title,
            sku=sheet.sku,
            kind=sheet.costing.kind,
            official=sheet.official,
            amount=f"{sheet.costing.price.amount:f}",
            currency=sheet.costing.currency,
            content=sheet.to_json(),
            content_hash=sheet.content_hash(),
            author=situation.actor,
            created_at=situation.now,
        )
        session.add(row)
        session.flush()
        said = say("Cost sheet {id}: FOB {price}.", id=f"g{row.id}", price=sheet.costing.price)
        return Done(said, shows=("cost_sheet", {"id": f"g{row.id}"}), before={"cost_sheet": row.id})

    def _sheet(self, session: Session, situation: Situation) -> CostSheet:
        rules, today = situation.policies.trade, situation.today
        cost = parse_money(self.cost, rules.own_currency)
        currency = checked_currency(self.currency) if self.currency else rules.currency
        hs = checked_hs(self.hs) if self.hs else ""
        export_on = parse_day(self.export_on) if self.export_on else today
        rate, source, day = self._rate(session, situation, cost.currency, currency)
        costing = Costing(
            kind=self.kind.strip().lower() or rules.enterprise_kind,
            cost=cost,
            charges=parse_money(self.charges, cost.currency) if self.charges else Money(Decimal(0), cost.currency),
            vat=parse_share(self.vat) if self.vat else rules.vat,
            refund_rate=parse_share(self.refund) if self.refund else _refund(session, hs, export_on),
            profit=parse_share(self.profit) if self.profit else rules.profit,
            bank=parse_share(self.bank) if self.bank else rules.bank,
            commission=parse_share(self.commission) if self.commission else Decimal(0),
            currency=currency,
            rate=rate,
            step=rules.cost_step,
        )
        return CostSheet(
            title=self.item.strip(),
            costing=costing,
            sku=self.sku.strip(),
            hs=hs,
            export_on=export_on if hs else None,
            rate_source=source,
            rate_on=day,
            official=self.official,
            note=self.note.strip(),
        )

    def _rate(
        self, session: Session, situation: Situation, own: str, currency: str
    ) -> tuple[Decimal, str, date | None]:
        """Return the rate to calculate with, its source and its day."""
        if own == currency:
            return Decimal(1), "", None
        today, rules = situation.today, situation.policies.trade
        if self.rate:
            return parse_amount(self.rate), "", today
        known = latest_rate(session, currency, own, today)
        if known is None:
            raise RefusedByRule(
                say("No exchange rate of {currency} is known.", currency=currency),
                say("Write the bank's: `mailcrm rate set {currency} 7.10 --source BANK`.", currency=currency),
            )
        checked = known.checked(today, situation.policies.office.is_working_day, rules.rate_days)
        return checked.usable(rules.rate_margin), checked.source, checked.on

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Remove it."""
        del situation
        session.delete(session.get_one(CostSheetRecord, before["cost_sheet"]))
        return frozenset()


def _refund(session: Session, hs: str, day: date) -> Decimal:
    if not hs:
        raise UsageError(
            say("Neither the refund rate nor the HS code is given."),
            say("Give one of them: `--refund 9%` or `--hs 9403.60`."),
        )
    found = rate_on(refund_table(session, hs), hs, day)
    if found is None:
        raise NotFound(
            say("No refund rate is known for {hs} on {day}.", hs=hs, day=day),
            say("Write it down: `mailcrm refund set {hs} 9% --from {day}`.", hs=hs, day=day),
        )
    return found.rate


def _refuse_rep(session: Session, situation: Situation) -> None:
    """Refuse an official sheet by anybody but a manager, where there are managers."""
    managers = load_team(session).managers()
    if managers and situation.actor not in managers:
        raise RefusedByRule(
            say("An official cost sheet is made by a manager: {managers}.", managers=", ".join(managers)),
            say("Leave --official away: a quote on a sheet of one's own waits for approval."),
        )


COMMAND = NewCostSheet
