"""`[quotes]`: how long a quote holds, when it is followed up, how long an approval lasts.

Room: domain. In: the settings as they are written. Out: a `QuotePolicy`, or a ConfigError that names the mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mailcrm.domain.errors import ConfigError
from mailcrm.domain.words import say

__all__ = ["QuotePolicy"]

_MOST = 3


@dataclass(frozen=True, slots=True)
class QuotePolicy:
    """Days: of validity, of the customer's working days until each follow-up, before the end at which it is told, of an approval.

    `inspection_hs`: the beginnings of HS codes whose goods are inspected before they leave the country.
    """

    valid_days: int = 30
    follow_up: tuple[int, ...] = (3, 7, 12)
    remind_days: int = 3
    approved_days: int = 7
    inspection_hs: tuple[str, ...] = ()

    @classmethod
    def from_settings(
        cls,
        valid_days: int,
        follow_up: Sequence[int],
        remind_days: int,
        approved_days: int,
        inspection_hs: Sequence[str],
    ) -> QuotePolicy:
        """Return the policy; ConfigError for follow-ups that don't rise, or are too many: each has a text of its own."""
        if (
            not 1 <= len(follow_up) <= _MOST
            or follow_up[0] < 1
            or any(one >= other for one, other in pairwise(follow_up))
        ):
            raise ConfigError(
                say("quotes.follow_up can't be {value}.", value=list(follow_up)),
                say("Write one to three rising numbers of working days, such as [3, 7, 12]."),
            )
        return cls(valid_days, tuple(follow_up), remind_days, approved_days, tuple(map(_digits, inspection_hs)))

    def needs_inspection(self, hs: str) -> bool:
        """Whether goods of an HS code are inspected."""
        return bool(self.inspection_hs) and _digits(hs).startswith(self.inspection_hs)


def _digits(hs: str) -> str:
    return "".join(letter for letter in hs if letter.isdigit())
