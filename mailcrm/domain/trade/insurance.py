"""Marine insurance in a price: CIF from CFR and back, CIP from CPT alike.

Room: domain. In: a price with or without insurance, the premium (a share of what is insured) and the mark-up (usually 10 %: what is insured
is the price and a tenth). Out: the other price, exact. CIF = CFR / (1 - (1 + m) · r): the premium is paid on the price that holds it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.exact import Exact, exact
from mailcrm.domain.trade.shares import parse_share, percent
from mailcrm.domain.words import Sentence, say

__all__ = ["cfr_from_cif", "cif_from_cfr", "insurance_factor", "parse_premium", "understood"]

_HIGHEST = Decimal("0.05")


def parse_premium(given: str) -> Decimal:
    """Return the premium that `given` means; UsageError for one above 5 %, which is a slip of the decimal point."""
    premium = parse_share(given)
    if premium > _HIGHEST:
        raise UsageError(
            say("A premium of {percent} can't be meant.", percent=percent(premium)),
            say("Write 0.3%, 3‰ or 0.003: all three are the same."),
        )
    return premium


def understood(premium: Decimal, mark_up: Decimal) -> Sentence:
    """Return which premium was understood, since 0.3%, 3‰ and 0.003 are the same and 0.3 is not."""
    return say(
        "a premium of {percent} on {insured} of the price", percent=percent(premium), insured=percent(1 + mark_up)
    )


def insurance_factor(premium: Decimal, mark_up: Decimal) -> Exact:
    """Return what is left of a CIF price when its insurance is paid: 1 - (1 + m) · r."""
    return 1 - (1 + exact(mark_up)) * exact(premium)


def cif_from_cfr(cfr: Decimal | Fraction, premium: Decimal, mark_up: Decimal) -> Exact:
    """Return CIF from CFR, or CIP from CPT."""
    return exact(cfr) / insurance_factor(premium, mark_up)


def cfr_from_cif(cif: Decimal | Fraction, premium: Decimal, mark_up: Decimal) -> Exact:
    """Return CFR from CIF, or CPT from CIP."""
    return exact(cif) * insurance_factor(premium, mark_up)
