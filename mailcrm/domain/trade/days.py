"""Days as they are typed and as tables write them: 2026-12-31, 2026/12/31, 20261231, 2026年12月31日.

Room: domain. In: text. Out: a `date`; the year always comes first, so that none is read the wrong way round.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say

__all__ = ["parse_day"]

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))", re.ASCII)


def parse_day(given: str) -> date:
    """Return the day; UsageError for what is none."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", given).strip())
    refused = UsageError(say("{given} is no date.", given=given.strip() or "—"), say("Write it as 2026-12-31."))
    if not found:
        raise refused
    try:
        return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        raise refused from None
