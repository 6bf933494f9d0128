"""Numbered points in a text: "1. … 2. …", "(1)", ①, "a)", 一、, on lines of their own or in one.

Room: domain. In: text. Out: the points, and the text without them. Marks count only where they count up from one: "1.20", "10 - 15 days"
and "on May 1. 20 pcs" begin no list. Linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["numbered_points"]

_MARK = re.compile(
    r"(?:\A|(?<=[\s:：,，;；。.!！?？]))(?:[Qq](?:uestion|n)?\s?)?[(（\[]?"
    r"(?:(?P<digit>\d{1,2})(?:[)）\]、]|[.:：．](?!\d)|\s?[-–](?=\s))|(?P<ring>[①-⑳])|(?P<letter>[a-hA-H])[)）]|(?P<hanzi>[一二三四五六七八九十])[、.)）])\s{0,4}(?=\S)"
)
_HANZI = "一二三四五六七八九十"
_LINE, _WRAPPED_FROM = 600, 55


@dataclass(frozen=True, slots=True)
class _Mark:
    style: str
    value: int
    start: int
    end: int


def numbered_points(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return (place, number, words) of each point, and `text` with the points blanked out."""
    runs = _runs([_read(found) for found in _MARK.finditer(text)])
    points: list[tuple[int, int, str]] = []
    rest = text
    for run in runs:
        for mark, following in zip(run, [*run[1:], None], strict=True):
            end = _end(text, mark.end, following.start if following else len(text))
            points.append((mark.start, mark.value, text[mark.end : end].strip(" \t\n,;，；、")[:_LINE]))
            rest = rest[: mark.start] + re.sub(r"\S", " ", rest[mark.start : end]) + rest[end:]
    return sorted(points), rest


def _read(found: re.Match[str]) -> _Mark:
    style = found.lastgroup or ""
    sign = found[style]
    value = {
        "digit": lambda: int(sign),
        "ring": lambda: ord(sign) - ord("①") + 1,
        "letter": lambda: ord(sign.lower()) - ord("a") + 1,
        "hanzi": lambda: _HANZI.index(sign) + 1,
    }[style]()
    return _Mark(style, value, found.start(), found.end())


def _runs(marks: list[_Mark]) -> list[list[_Mark]]:
    """Return the lists of at least two marks of one style that count up from one, none inside another's points."""
    runs: list[list[_Mark]] = []
    for style in ("digit", "ring", "letter", "hanzi"):
        current: list[_Mark] = []
        for mark in (one for one in marks if one.style == style):
            if current and mark.value == current[-1].value + 1:
                current.append(mark)
            elif mark.value == 1:
                runs.append(current)
                current = [mark]
        runs.append(current)
    return _outermost([run for run in runs if len(run) > 1])


def _outermost(runs: list[list[_Mark]]) -> list[list[_Mark]]:
    kept: list[list[_Mark]] = []
    for run in sorted(runs, key=lambda one: one[0].start):
        if not kept or run[0].start > kept[-1][-1].end:
            kept.append(run)
    return kept


def _end(text: str, start: int, limit: int) -> int:
    """Return where a point ends: at the next one, at an empty line, or with its line where that isn't wrapped."""
    gap = re.compile(r"\n[ \t]*\n").search(text, start, limit)
    limit = gap.start() if gap else limit
    end = start
    while end < limit:
        line_end = text.find("\n", end, limit)
        if line_end < 0:
            return limit
        wraps = line_end - end >= _WRAPPED_FROM and text[line_end - 1] not in ".!?。！？؟"
        if not wraps and not text[line_end + 1 : line_end + 3].isspace():
            return line_end
        end = line_end + 1
    return limit
