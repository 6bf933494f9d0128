"""Freight of a piece, from what a carton holds and a container or the groupage costs.

Room: domain. In: the carton (pieces, m³, kg), the container with its capacity (`[trade.containers]`) and its rate, or the rate of a
ton or m³ of groupage (LCL). Out: the exact freight of a piece in the rate's currency, with its working. Only whole cartons are loaded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.exact import Exact, exact
from mailcrm.domain.trade.working import WorkingLine, figure
from mailcrm.domain.words import say

__all__ = ["Carton", "Container", "Fit", "Freight", "Load", "fcl", "fit", "lcl", "load", "parse_size"]

_KILOGRAMS = 1000  # of a ton
_UNITS = {"mm": Decimal("1e-9"), "cm": Decimal("1e-6"), "m": Decimal(1)}
_LENGTH = r"(\d{1,5}(?:\.\d{1,3})?)"
_BY = r" ?(?:cm|mm|m)? ?[x×*] ?"
_SIZE = re.compile(rf"{_LENGTH}{_BY}{_LENGTH}{_BY}{_LENGTH} ?(cm|mm|m)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Carton:
    """A full carton: its pieces, its volume in m³, its gross weight in kg (0: not known)."""

    pieces: int
    volume: Decimal
    weight: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.pieces < 1 or self.volume <= 0 or self.weight < 0:
            raise UsageError(
                say("A carton has at least one piece and a volume."),
                say("Write such as 12 pieces, 60x40x25 cm, 14.5 kg."),
            )

    def needed(self, quantity: int) -> int:
        """Return how many cartons `quantity` pieces fill, the last perhaps in part."""
        return -(-quantity // self.pieces)


@dataclass(frozen=True, slots=True)
class Load:
    """What cartons are together: m³ and tons; `parts`: of each kind of them whichever is more, by which the freight is shared out."""

    volume: Exact = Fraction(0)
    weight: Exact = Fraction(0)
    parts: Exact = Fraction(0)

    def __add__(self, other: Load) -> Load:
        return Load(self.volume + other.volume, self.weight + other.weight, self.parts + other.parts)

    def __sub__(self, other: Load) -> Load:
        return Load(self.volume - other.volume, self.weight - other.weight, self.parts - other.parts)


@dataclass(frozen=True, slots=True)
class Container:
    """A container: what fits into it in practice, in m³, and what it may carry, in kg (0: as much as fits)."""

    code: str
    volume: Decimal
    payload: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a container takes; `by_weight`: it is full by its weight before it is by its volume."""

    cartons: int
    pieces: int
    by_weight: bool = False


@dataclass(frozen=True, slots=True)
class Freight:
    """The exact freight of a piece, and how it came about."""

    per_unit: Exact
    working: tuple[WorkingLine, ...]


def fit(container: Container, carton: Carton) -> Fit:
    """Return how many whole cartons the container takes; UsageError where not even one does."""
    cartons = int(exact(container.volume) // exact(carton.volume))
    by_weight = False
    if container.payload and carton.weight:
        heavy = int(exact(container.payload) // exact(carton.weight))
        cartons, by_weight = min(cartons, heavy), heavy < cartons
    if not cartons:
        raise UsageError(
            say("No carton of {volume} m³ fits into a {container}.", volume=carton.volume, container=container.code),
            say("Look at the carton's size and weight, or take a larger container."),
        )
    return Fit(cartons, cartons * carton.pieces, by_weight)


def fcl(rate: Decimal, container: Container, carton: Carton, quantity: int = 0) -> Freight:
    """Return the freight of a piece in full containers at `rate` each.

    Without `quantity` the container is taken as full, which is what a price list may assume; with it the containers that are needed
    are paid by the pieces that are in them.
    """
    full = fit(container, carton)
    containers = -(-carton.needed(quantity) // full.cartons) if quantity else 1
    pieces = quantity or full.pieces
    per_unit = exact(rate) * containers / pieces
    return Freight(per_unit, tuple(_fcl_working(rate, container, full, containers, pieces, per_unit)))


def _fcl_working(
    rate: Decimal, container: Container, full: Fit, containers: int, pieces: int, per_unit: Exact
) -> Iterator[WorkingLine]:
    limit = (
        say("cartons in a {container}, full by weight", container=container.code)
        if full.by_weight
        else say("cartons in a {container} of {volume} m³", container=container.code, volume=container.volume)
    )
    yield WorkingLine(limit, f"{full.cartons:,}")
    if containers > 1:
        yield WorkingLine(say("containers"), f"{containers:,}")
    yield WorkingLine(say("pieces"), f"{pieces:,}")
    yield WorkingLine(say("freight of a {container}", container=container.code), figure(rate))
    yield WorkingLine(say("freight of a piece"), figure(per_unit, 5))


def load(carton: Carton, quantity: int) -> Load:
    """Return what the cartons of `quantity` pieces are."""
    cartons = carton.needed(quantity)
    volume, weight = exact(carton.volume) * cartons, exact(carton.weight) * cartons / _KILOGRAMS
    return Load(volume, weight, max(volume, weight))


_ALONE = Load()


def lcl(rate: Decimal, carton: Carton, quantity: int, minimum: Decimal = Decimal(1), beside: Load = _ALONE) -> Freight:
    """Return the freight of a piece in groupage at `rate` for each m³ or ton, whichever is more, at least `minimum` of them.

    `beside`: what else is in the same shipment. The minimum is charged once for all of it, and each piece bears its part.
    """
    if quantity < 1:
        raise UsageError(say("Groupage is paid by its quantity."), say("Say how many pieces are shipped."))
    own = load(carton, quantity)
    whole = own + beside
    chargeable = max(whole.volume, whole.weight, exact(minimum))
    part = own.parts / whole.parts
    per_unit = exact(rate) * chargeable * part / quantity
    working = (
        WorkingLine(say("cartons"), f"{carton.needed(quantity):,}"),
        WorkingLine(say("volume in m³"), figure(own.volume)),
        WorkingLine(say("weight in tons"), figure(own.weight)),
        *(_shipment_working(whole) if beside.parts else ()),
        WorkingLine(say("charged m³ or tons, at least {minimum}", minimum=minimum), figure(chargeable)),
        *([WorkingLine(say("part of this article"), f"{figure(part * 100, 2)}%")] if beside.parts else []),
        WorkingLine(say("freight of an m³ or ton"), figure(rate)),
        WorkingLine(say("freight of a piece"), figure(per_unit, 5)),
    )
    return Freight(per_unit, working)


def _shipment_working(whole: Load) -> Iterator[WorkingLine]:
    yield WorkingLine(say("volume of the shipment in m³"), figure(whole.volume))
    yield WorkingLine(say("weight of the shipment in tons"), figure(whole.weight))


def parse_size(given: str) -> Decimal:
    """Return the m³ of a carton written as "60x40x25 cm" (cm where no unit is given) or as "0.06"."""
    text = unicodedata.normalize("NFKC", given).strip()
    found = _SIZE.fullmatch(text)
    if found:
        return Decimal(found[1]) * Decimal(found[2]) * Decimal(found[3]) * _UNITS[(found[4] or "cm").lower()]
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,6})? ?(?:m3|cbm)?", text, re.IGNORECASE):
        return Decimal(re.split(r" |[mMcC]", text)[0])
    raise UsageError(
        say("{given} is no size of a carton.", given=given.strip() or "—"),
        say("Write it as 60x40x25 cm, or its volume as 0.06 m³."),
    )
