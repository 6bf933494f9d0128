"""The checklist of a sample that was made: a line for each line of its specification.

Room: domain. In: the sheet, and what was found of each line. Out: the lines with their verdicts. A line is ok, or its deviation is
noted in words: then whoever reads the record knows what left the house. A sample that won't do isn't ticked, it is made again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.samples.sheet import SPEC, Sheet
from mailcrm.domain.words import say

__all__ = ["CheckLine", "checked", "lines_of", "open_lines"]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line: the field, what the sheet asks, and what was found: `ok`, or a `deviation` in words; neither: not looked at yet."""

    field: str
    asked: str
    ok: bool = False
    deviation: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything about it yet."""
        return not self.ok and not self.deviation

    def to_json(self) -> dict[str, Any]:
        """Return the storable form."""
        return {"field": self.field, "asked": self.asked, "ok": self.ok, "deviation": self.deviation}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> CheckLine:
        """Return what `to_json` stored."""
        return CheckLine(**stored)


def lines_of(sheet: Sheet) -> tuple[CheckLine, ...]:
    """Return the checklist of a sheet: what it says nothing about needs no look."""
    return tuple(CheckLine(name, str(getattr(sheet, name))) for name in SPEC if getattr(sheet, name) not in ("", "-"))


def open_lines(sheet: Sheet, lines: Collection[CheckLine]) -> tuple[CheckLine, ...]:
    """Return the lines that stand open: none said of them, or said when the sheet asked something else."""
    settled = {(line.field, line.asked) for line in lines if not line.is_open}
    return tuple(line for line in lines_of(sheet) if (line.field, line.asked) not in settled)


def checked(sheet: Sheet, ok: Collection[str], deviations: Mapping[str, str]) -> tuple[CheckLine, ...]:
    """Return the lines with what was found; UsageError for a line that the sheet doesn't have, or a deviation without words."""
    lines = {line.field: line for line in lines_of(sheet)}
    strange = sorted({*ok, *deviations} - lines.keys())
    if strange:
        raise UsageError(
            say("The checklist has no line {name}.", name=strange[0]),
            say("Its lines are: {names}.", names=", ".join(lines)),
        )
    silent = sorted(name for name, words in deviations.items() if not words.strip())
    if silent:
        raise UsageError(
            say("The deviation of {name} has no words.", name=silent[0]), say("Say in a few words how it differs.")
        )
    return tuple(
        CheckLine(
            line.field, line.asked, line.field in ok and line.field not in deviations, deviations.get(line.field, "")
        )
        for line in lines.values()
    )
