"""Quantity breaks of a price list: the more is bought, the lower the price and its floor.

Room: domain. In: the breaks of an item. Out: the one that a quantity falls into: the highest that it reaches. 999 pieces are below a break
of 1,000, and below the lowest break there is no price.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol, TypeVar

__all__ = ["Break", "break_for", "next_break"]


class Break(Protocol):
    """Anything with a quantity from which it holds."""

    @property
    def quantity(self) -> Decimal | int:
        """The quantity from which it holds."""
        ...


B = TypeVar("B", bound=Break)


def break_for(breaks: Iterable[B], quantity: Decimal | int) -> B | None:
    """Return the break that `quantity` falls into, None below the lowest."""
    reached = [each for each in breaks if each.quantity <= quantity]
    return max(reached, key=lambda each: each.quantity, default=None)


def next_break(breaks: Iterable[B], quantity: Decimal | int) -> B | None:
    """Return the break that `quantity` doesn't reach yet, the nearest; None where it is in the highest."""
    beyond = [each for each in breaks if each.quantity > quantity]
    return min(beyond, key=lambda each: each.quantity, default=None)
