"""The geometry of charts, in units of their viewBox; the template draws them.

Room: cli. In: figures. Out: where bars end and dots lie. Numbers only: what is written beside them is escaped by the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Bar", "Bars", "Dot", "Line", "Tick", "bars", "line"]

_HOUR = 3600
_STEPS = (1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 168)  # hours between two lines of the grid
_MOST_TICKS = 5
_MOST_LABELS = 10

_BAR_LEFT, _BAR_SPAN, _BAR_ROW = 200, 330, 34
_LINE_LEFT, _LINE_SPAN, _LINE_TOP, _LINE_DEPTH = 56, 640, 16, 180


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of bars: the first mark's length, below it the second's; both from `Bars.left`."""

    name: str
    y: int
    first: float
    second: float
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars of percentages; `span` is the length of a hundred."""

    height: int
    left: int
    span: int
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of the line, and what it says when it is pointed at."""

    x: float
    y: float
    value: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the weeks: `pieces` are the points of its unbroken parts ("x,y x,y"), a week without value breaks it."""

    left: int
    right: int
    top: int
    bottom: int
    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def bars(rows: Sequence[tuple[str, float, float, str]]) -> Bars:
    """Return the bars of (name, first percentage, second percentage, what is written beside them)."""
    placed = tuple(
        Bar(name, number * _BAR_ROW, first * _BAR_SPAN / 100, second * _BAR_SPAN / 100, value)
        for number, (name, first, second, value) in enumerate(rows)
    )
    return Bars(len(rows) * _BAR_ROW, _BAR_LEFT, _BAR_SPAN, placed)


def line(points: Sequence[tuple[str, int | None, str]]) -> Line:
    """Return the line of (label below, seconds, what the dot says), in order; None where there is no value."""
    known = [seconds for _label, seconds, _value in points if seconds is not None]
    step = _step(max(known, default=0))
    top_hours = step * max(-(-max(known, default=0) // (step * _HOUR)), 1)
    bottom = _LINE_TOP + _LINE_DEPTH

    def across(number: int) -> float:
        return round(_LINE_LEFT + _LINE_SPAN * (number + 0.5) / len(points), 1)

    def up(seconds: float) -> float:
        return round(bottom - _LINE_DEPTH * seconds / (top_hours * _HOUR), 1)

    dots = [
        None if seconds is None else Dot(across(number), up(seconds), value)
        for number, (_label, seconds, value) in enumerate(points)
    ]
    every = -(-len(points) // _MOST_LABELS)
    return Line(
        left=_LINE_LEFT,
        right=_LINE_LEFT + _LINE_SPAN,
        top=_LINE_TOP,
        bottom=bottom,
        pieces=_unbroken(dots),
        dots=tuple(dot for dot in dots if dot is not None),
        across=tuple(Tick(across(n), label) for n, (label, _s, _v) in enumerate(points) if n % every == 0),
        up=tuple(Tick(up(hours * _HOUR), f"{hours}h") for hours in range(0, top_hours + 1, step)),
    )


def _unbroken(dots: Sequence[Dot | None]) -> tuple[str, ...]:
    parts = [list(part) for is_there, part in groupby(dots, key=lambda dot: dot is not None) if is_there]
    return tuple(" ".join(f"{dot.x},{dot.y}" for dot in part if dot is not None) for part in parts if len(part) > 1)


def _step(most: int) -> int:
    """Return the hours between two lines of the grid, so that at most five reach `most` seconds."""
    return next((step for step in _STEPS if most <= step * _HOUR * _MOST_TICKS), -(-most // (_HOUR * _MOST_TICKS)))
