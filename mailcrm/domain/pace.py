"""How fast a long work goes, and how long it still takes.

Room: domain. In: how far it is, with a clock's seconds. Out: `Underway`, for people. The pace is that since the work on this thing
began: one that is measured over a moment jumps about, and nobody believes it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pace", "Underway"]

_TOO_SOON = 1.0


@dataclass(frozen=True, slots=True)
class Underway:
    """So many of so many of `what` are done; `rate` a second and `left` seconds, each None where it is too soon to tell."""

    what: str
    done: int
    total: int
    rate: float | None = None
    left: float | None = None


class Pace:
    """Measures one thing after another; `total` is 0 where nobody knows it."""

    def __init__(self) -> None:
        self._what = ""
        self._began = 0.0
        self._at_first = 0

    def step(self, what: str, done: int, total: int, at: float) -> Underway:
        """Return how it goes, now that at second `at` so much is done."""
        if what != self._what or done < self._at_first:
            self._what, self._began, self._at_first = what, at, done
        spent, more = at - self._began, done - self._at_first
        if spent < _TOO_SOON or not more:
            return Underway(what, done, total)
        rate = more / spent
        return Underway(what, done, total, rate, (total - done) / rate if total else None)
