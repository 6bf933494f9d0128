"""What the payment terms ask for: whether there is a deposit, and how the balance and the documents meet.

Room: domain. In: payment terms. Out: `Requirements`, from which it follows which milestones and gates an order has.

    T/T in advance            the deposit is the whole price; no balance, but for a change that the customer pays (`extras`)
    T/T deposit + copy of B/L deposit before production, balance before originals or telex
    T/T before shipment       deposit before production (where there is one), balance before the goods are on board
    L/C                       no deposit; the documents go through the bank, which pays against them
    deposit + L/C             deposit before production, the documents through the bank
    D/P, D/A                  no deposit; the documents through the bank
    O/A                       no deposit; the balance comes after the documents, which is what was approved
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailcrm.domain.trade.payment import Payment

__all__ = ["Balance", "Requirements", "requirements_of"]


class Balance(StrEnum):
    """How the balance and the original documents meet."""

    NONE = "none"
    BEFORE_SHIPMENT = "before_shipment"
    BEFORE_RELEASE = "before_release"
    THROUGH_BANK = "through_bank"
    ON_ACCOUNT = "on_account"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is paid when; `lc`: a letter of credit with its dates stands behind it."""

    deposit: bool = True
    balance: Balance = Balance.BEFORE_RELEASE
    lc: bool = False


_BALANCES = {
    "": Balance.NONE,
    "before_shipment": Balance.BEFORE_SHIPMENT,
    "copy_of_bl": Balance.BEFORE_RELEASE,
    "oa": Balance.ON_ACCOUNT,
}


def requirements_of(payment: Payment) -> Requirements:
    """Return what payment terms ask for; what isn't named above goes through a bank."""
    balance = _BALANCES.get(payment.balance, Balance.THROUGH_BANK)
    return Requirements(payment.deposit > 0, balance, payment.balance == "lc")
