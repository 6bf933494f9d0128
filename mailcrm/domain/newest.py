"""The newest part of a mail below its subject, prepared once for all who look for phrases in it.

Room: domain. In: subject and newest part (no quotes, no signature). Out: one `Said` of both, and where in it the part starts: whoever
reads the part alone looks between places of the same `Said`. Between the two stands an empty line, which no phrase passes.
"""

from __future__ import annotations

from functools import cached_property

from mailcrm.domain.said import Said

__all__ = ["Newest"]

_READ, _SUBJECT = 4_000, 3_000  # the most that anybody reads of the part, and of a subject


class Newest:
    """A newest part; its text is folded and cut when something is first looked for in it."""

    def __init__(self, text: str, subject: str = "") -> None:
        self.text = f"{subject[:_SUBJECT]}\n\n{text[:_READ]}"
        self.start = min(len(subject), _SUBJECT) + 2

    @cached_property
    def said(self) -> Said:
        """Return the subject, an empty line and the part."""
        return Said(self.text)

    def part(self, most: int) -> tuple[int, int]:
        """Return between which places the first letters of the part stand, without the space around them."""
        part = self.text[self.start : self.start + most]
        start = self.start + len(part) - len(part.lstrip())
        return start, max(start, self.start + len(part.rstrip()))
