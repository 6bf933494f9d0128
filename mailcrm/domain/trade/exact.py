"""Exact values, and the ways in which they are rounded.

Room: domain. In: `Decimal` and `Fraction`. Out: `Decimal`. Formulas are computed in fractions, since a quotient that was cut after 28
digits may be a hair above the price that it really is, and rounding up would make a whole step of that hair. Prices go up, so that
they never fall short of what they cover; figures of a working that are compared with a floor go down, so that none looks allowed that isn't;
what is only read, as what a dollar costs, goes to the nearest, half up. Nothing is ever decided by a rounded figure.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

__all__ = ["Exact", "down_to", "exact", "nearest_to", "up_to"]

Exact = Fraction


def exact(value: Decimal | Fraction | int) -> Fraction:
    """Return `value` as the fraction it is; a float is refused, for it isn't what was written."""
    if isinstance(value, float):
        raise TypeError("a float is no exact value")
    return Fraction(value)


def up_to(value: Decimal | Fraction, step: Decimal) -> Decimal:
    """Return the smallest multiple of `step` that is not below `value`, with the decimals of `step`."""
    return ceil(exact(value) / exact(step)) * step


def down_to(value: Decimal | Fraction, step: Decimal) -> Decimal:
    """Return the greatest multiple of `step` that is not above `value`, with the decimals of `step`."""
    return floor(exact(value) / exact(step)) * step


def nearest_to(value: Decimal | Fraction, step: Decimal) -> Decimal:
    """Return the multiple of `step` that is nearest to `value`, of two the one further from zero, with the decimals of `step`."""
    steps = floor(abs(exact(value)) / exact(step) + Fraction(1, 2))
    return (steps if value >= 0 else -steps) * step
