"""What the payment terms ask for: whether there is a deposit, and how the balance and the documents meet.

Room: domain. In: payment terms. Out: `Requirements`, from which it follows which milestones and gates an order has.

    T/T in advance            the deposit is the whole price; no balance
    T/T deposit + balance     deposit before production, balance before originals or telex
    L/C                       no deposit; the documents go through the bank, which pays against them
    deposit + L/C             deposit before production, the documents through the bank
    D/P, D/A                  no deposit; the documents through the bank
    O/A                       no deposit; the balance comes after the documents, which is what was approved
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Balance", "Requirements"]


class Balance(StrEnum):
    """How the balance and the original documents meet."""

    NONE = "none"
    BEFORE_RELEASE = "before_release"
    THROUGH_BANK = "through_bank"
    ON_ACCOUNT = "on_account"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is paid when; `lc`: a letter of credit with its dates stands behind it."""

    deposit: bool = True
    balance: Balance = Balance.BEFORE_RELEASE
    lc: bool = False
