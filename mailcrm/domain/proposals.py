"""Proposals: a command that the rules suggest, with the reason; a person says yes or no.

Room: domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailcrm.domain.words import Sentence

__all__ = ["Proposal"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`verb` with `arguments` (JSON values), because of `reason`.

    `noun` and `noun_id`: the sample, quote or order that it is about; "" and 0 where it is to be made. `source`: what suggests it, where that isn't
    the mail that it stands on.
    """

    verb: str
    arguments: Mapping[str, object]
    reason: Sentence
    noun: str = ""
    noun_id: int = 0
    source: str = ""

    def identity(self, message_id: int) -> str:
        """Return what this is known by: one mail, or another source, suggests one thing about one noun once."""
        return f"{self.verb}:{self.noun}{self.noun_id or ''}:{self.source or f'm{message_id}'}"
