"""The house's rules of the trade: `[trade]` of the settings as values.

Room: domain. In: what is written in the settings, as text, so that no figure passes through a float. Out: `TradeRules`; a ConfigError names
the setting that can't be and the mend. What is written here is only the shape: every figure comes from the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from mailcrm.domain.errors import ConfigError, UsageError
from mailcrm.domain.trade.costing import KINDS
from mailcrm.domain.trade.currencies import checked_currency
from mailcrm.domain.trade.freight import Container
from mailcrm.domain.trade.incoterms import TERMS
from mailcrm.domain.trade.money import parse_amount
from mailcrm.domain.trade.payment import PaymentRules
from mailcrm.domain.trade.shares import parse_share
from mailcrm.domain.words import say

__all__ = ["TradeRules"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TradeRules:
    """`enterprise_kind` "trading" or "factory"; `own_currency` that of costs, `currency` that of prices where nobody says another.

    `incoterms`: allowed without approval. `mark_up`: insured is the price and this share. `lcl_minimum`: m³ or tons. `rate_margin`: the share
    that is taken off the bank's buying rate, `rate_days` how many working days old that may be.
    """

    enterprise_kind: str
    own_currency: str
    currency: str
    price_step: Decimal
    cost_step: Decimal
    vat: Decimal
    profit: Decimal
    bank: Decimal
    mark_up: Decimal
    rate_days: int
    rate_margin: Decimal
    incoterms: frozenset[str]
    payment: PaymentRules
    containers: Mapping[str, Container]
    lcl_minimum: Decimal

    @classmethod
    def from_settings(cls, written: Mapping[str, object]) -> TradeRules:
        """Return the rules of the section `[trade]`."""
        read = _Reader(written)
        rules = cls(
            enterprise_kind=read.one_of("enterprise_kind", KINDS),
            own_currency=read.value("own_currency", checked_currency),
            currency=read.value("currency", checked_currency),
            price_step=read.amount("price_step"),
            cost_step=read.amount("cost_step"),
            vat=read.value("vat", parse_share),
            profit=read.value("profit", parse_share),
            bank=read.value("bank", parse_share),
            mark_up=read.value("insurance_mark_up", parse_share),
            rate_days=read.count("rate_days"),
            rate_margin=read.value("rate_margin", parse_share),
            incoterms=read.terms("incoterms"),
            payment=PaymentRules(read.value("minimum_deposit", parse_share), read.count("maximum_usance")),
            containers=read.containers(),
            lcl_minimum=read.amount("lcl_minimum"),
        )
        if rules.profit + rules.bank >= 1:
            raise ConfigError(
                say("trade.profit and trade.bank take the whole price."), say("Together they must stay below 100%.")
            )
        if rules.cost_step > rules.price_step:
            raise ConfigError(
                say("trade.cost_step is coarser than trade.price_step."),
                say("Cost sheets are calculated at least as finely as prices, such as 0.0001 beside 0.01."),
            )
        return rules

    def container(self, code: str) -> Container:
        """Return the container of that name; UsageError names those that there are."""
        found = self.containers.get(code.strip().upper())
        if found is None:
            raise UsageError(
                say("No container is called {code}.", code=code),
                say("Known are: {known}.", known=", ".join(self.containers)),
            )
        return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads settings by name; what can't be read is told with its name."""

    written: Mapping[str, object]

    def value(self, name: str, parse: Callable[[str], T]) -> T:
        given = str(self.written[name])
        try:
            return parse(given)
        except UsageError as error:
            raise ConfigError(say("trade.{name} can't be {value}.", name=name, value=given), error.hint) from error

    def amount(self, name: str) -> Decimal:
        return self._above_zero(name, str(self.written[name]))

    def count(self, name: str) -> int:
        return int(str(self.written[name]))

    def one_of(self, name: str, known: Sequence[str]) -> str:
        given = str(self.written[name])
        if given in known:
            return given
        raise ConfigError(
            say("trade.{name} can't be {value}.", name=name, value=given),
            say("Write one of: {known}.", known=", ".join(known)),
        )

    def terms(self, name: str) -> frozenset[str]:
        given = self.written[name]
        assert isinstance(given, list | tuple)  # noqa: S101  (narrowing: the settings checked it)
        codes = frozenset(str(code).strip().upper() for code in given)
        if not codes or codes - set(TERMS):
            raise ConfigError(
                say("trade.{name} can't be {value}.", name=name, value=", ".join(map(str, given)) or "[]"),
                say("Write codes of Incoterms 2020: {known}.", known=", ".join(TERMS)),
            )
        return codes

    def containers(self) -> dict[str, Container]:
        volumes, payloads = self.written["containers"], self.written["payloads"]
        assert isinstance(volumes, Mapping)  # noqa: S101  (narrowing: the settings checked it)
        assert isinstance(payloads, Mapping)  # noqa: S101  (likewise)
        heavy = {str(code).upper(): str(given) for code, given in payloads.items()}
        made = {}
        for written, volume in volumes.items():
            code = str(written).upper()
            carries = self._above_zero(f"payloads.{code}", heavy.pop(code)) if code in heavy else Decimal(0)
            made[code] = Container(code, self._above_zero(f"containers.{code}", str(volume)), carries)
        if heavy:
            raise ConfigError(
                say("trade.payloads names containers without a volume: {codes}.", codes=", ".join(heavy)),
                say("Write their volume in m³ under [trade.containers], too."),
            )
        return made

    @staticmethod
    def _above_zero(name: str, given: str) -> Decimal:
        try:
            amount = parse_amount(given)
        except UsageError as error:
            raise ConfigError(say("trade.{name} can't be {value}.", name=name, value=given), error.hint) from error
        if amount > 0:
            return amount
        raise ConfigError(say("trade.{name} can't be {value}.", name=name, value=given), say("It must be more than 0."))
