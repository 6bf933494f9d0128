"""Payment terms as a value: what is paid in advance, and what the rest is paid against.

Room: domain. In: terms (`payment_reading` reads them). Out: the printed forms in English and Chinese, which are the words of a document and
so don't follow the language of the screens; the deposit in money; what needs an approval.

    nothing left        T/T in advance
    before_shipment     T/T before the goods leave
    copy_of_bl          T/T against a copy of the bill of lading
    lc                  irrevocable L/C, at sight or `days` later
    dp, da, oa          D/P, D/A, open account: always need an approval
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.money import Money, price
from mailcrm.domain.trade.shares import percent
from mailcrm.domain.words import Sentence, say

__all__ = ["BALANCES", "Payment", "PaymentRules", "needs_approval"]

BALANCES = ("", "before_shipment", "copy_of_bl", "lc", "dp", "da", "oa")
_ALL = Decimal(1)
_TIMED = ("lc", "dp", "da", "oa")
_UNSECURED = ("dp", "da", "oa")
_LONGEST = 720

_PRINTED = {
    "en": {
        "advance": "100% T/T in advance",
        "deposit": "{deposit} T/T deposit, {balance} {rest}",
        "before_shipment": ("100% T/T before shipment", "T/T before shipment"),
        "copy_of_bl": ("100% T/T against copy of B/L", "T/T against copy of B/L"),
        "lc": ("Irrevocable L/C at sight", "by irrevocable L/C at sight"),
        "lc_days": ("Irrevocable L/C at {days} days", "by irrevocable L/C at {days} days"),
        "dp": ("D/P at sight", "D/P at sight"),
        "dp_days": ("D/P at {days} days", "D/P at {days} days"),
        "da_days": ("D/A at {days} days", "D/A at {days} days"),
        "oa_days": ("O/A {days} days", "O/A {days} days"),
    },
    "zh": {
        "advance": "100%电汇预付",
        "deposit": "{deposit}电汇定金，{balance}{rest}",
        "before_shipment": ("100%发货前电汇付清", "发货前电汇付清"),
        "copy_of_bl": ("100%见提单复印件电汇", "见提单复印件电汇"),
        "lc": ("不可撤销即期信用证", "不可撤销即期信用证"),
        "lc_days": ("不可撤销{days}天远期信用证", "不可撤销{days}天远期信用证"),
        "dp": ("即期付款交单（D/P）", "即期付款交单（D/P）"),
        "dp_days": ("{days}天付款交单（D/P）", "{days}天付款交单（D/P）"),
        "da_days": ("{days}天承兑交单（D/A）", "{days}天承兑交单（D/A）"),
        "oa_days": ("{days}天赊销（O/A）", "{days}天赊销（O/A）"),
    },
}


@dataclass(frozen=True, slots=True)
class Payment:
    """`deposit`: the share that is paid in advance by T/T; `balance` what the rest is paid against, "" where nothing is left.

    `days`: so long after sight or shipment the rest is due; 0 is at sight.
    """

    deposit: Decimal
    balance: str = ""
    days: int = 0

    def __post_init__(self) -> None:
        fits = self.balance in BALANCES and 0 <= self.deposit <= 1 and (self.deposit == 1) == (self.balance == "")
        timed = 0 <= self.days <= _LONGEST and (not self.days or self.balance in _TIMED)
        waits = self.days > 0 or self.balance not in ("da", "oa")
        if not (fits and timed and waits):
            raise UsageError(
                say("These payment terms don't fit together."),
                say("Write them like 30% T/T deposit, 70% against copy of B/L, or L/C at sight."),
            )

    def __str__(self) -> str:
        return self.printed("en")

    def printed(self, language: str) -> str:
        """Return the terms as a document of `language` prints them: Chinese for "zh", English for any other."""
        words: Mapping[str, Any] = _PRINTED["zh" if language == "zh" else "en"]
        if not self.balance:
            return str(words["advance"])
        alone, after_deposit = words[f"{self.balance}_days" if self.days else self.balance]
        if not self.deposit:
            return str(alone).format(days=self.days)
        rest = str(after_deposit).format(days=self.days)
        return str(words["deposit"]).format(
            deposit=percent(self.deposit), balance=percent(_ALL - self.deposit), rest=rest
        )

    def split(self, total: Money) -> tuple[Money, Money]:
        """Return deposit and balance of `total`; what doesn't divide evenly is paid in advance."""
        deposit = price(total.amount * self.deposit, total.currency)
        return deposit, total - deposit

    def to_json(self) -> dict[str, Any]:
        """Return the storable form."""
        return {"deposit": f"{self.deposit:f}", "balance": self.balance, "days": self.days}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Payment:
        """Return what `to_json` stored."""
        return Payment(Decimal(stored["deposit"]), stored["balance"], int(stored["days"]))


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """`minimum_deposit`: the least share in advance where the rest is paid by T/T; `maximum_usance`: the longest L/C in days."""

    minimum_deposit: Decimal
    maximum_usance: int


def needs_approval(terms: Payment, rules: PaymentRules) -> tuple[Sentence, ...]:
    """Return why these terms need an approval, () where they don't."""
    if terms.balance in _UNSECURED:
        return (say("{terms}: the goods are out of our hands before they are paid.", terms=terms),)
    if terms.balance == "lc" and terms.days > rules.maximum_usance:
        return (
            say(
                "An L/C at {days} days is longer than the {most} days allowed.",
                days=terms.days,
                most=rules.maximum_usance,
            ),
        )
    if terms.balance in ("before_shipment", "copy_of_bl") and terms.deposit < rules.minimum_deposit:
        return (
            say(
                "A deposit of {percent} is less than the {least} that are asked at least.",
                percent=percent(terms.deposit),
                least=percent(rules.minimum_deposit),
            ),
        )
    return ()
