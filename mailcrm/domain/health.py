"""One answer of `account test` and `doctor`: what was looked at, whether it is well, and the mend.

Room: domain. Adapters and the core make them; screens print them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcrm.domain.words import Sentence

__all__ = ["Check"]


@dataclass(frozen=True, slots=True)
class Check:
    """`name` is a stable short word for scripts ("login", "sent"); `fix` is the mend, None where nothing needs mending."""

    name: str
    ok: bool
    detail: Sentence
    fix: Sentence | None = None
