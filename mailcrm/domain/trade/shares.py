"""Shares: a part of a price, as people write it: "5%", "3‰", "0.05".

Room: domain. In: what a person typed. Out: a `Decimal` between 0 and 1, and how it is printed. "5" alone is refused: it may be five in
the hundred or five times the price.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["checked_share", "parse_share", "percent"]

_PARTS = {"": Decimal(1), "%": Decimal("0.01"), "‰": Decimal("0.001")}
_SHARE = re.compile(r"(\d{1,4}(?:\.\d{1,8})?) ?([%‰]?)")


def parse_share(given: str) -> Decimal:
    """Return the share that `given` means, below 1; UsageError with the mend for what is none."""
    found = _SHARE.fullmatch(unicodedata.normalize("NFKC", given).strip())
    share = Decimal(found[1]) * _PARTS[found[2]] if found else Decimal(1)
    if share < 1:
        return share
    raise UsageError(
        say("{given} is no share of a price.", given=given.strip() or "—"),
        say("Write it as 5%, 3‰ or 0.05; it is below 100%."),
    )


def checked_share(share: Decimal) -> Decimal:
    """Return `share`; UsageError for one that is negative or the whole price."""
    if type(share) is not Decimal:
        raise TypeError("a share is a Decimal")
    if not 0 <= share < 1:
        raise UsageError(
            say("{percent} is no share of a price.", percent=percent(share)), say("It is at least 0 and below 100%.")
        )
    return share


def percent(share: Decimal) -> str:
    """Return how a share is printed: "0.3%"."""
    shown = f"{share * 100:f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"
