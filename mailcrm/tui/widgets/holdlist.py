"""The rows of many holding replies under review: who, in which language, why, until when, and how the mail begins.

Room: tui. In: `HoldItem`s. Out: `Marked`, where the row under the cursor is to be left out or taken in again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from textual.message import Message

from mailcrm.queries.rows import HoldRow
from mailcrm.tui.terms import REASON_NAMES
from mailcrm.tui.times import moment
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["HoldItem", "HoldList"]

_WHO, _LANGUAGE, _REASON, _UNTIL = 20, 3, 10, 10


@dataclass(frozen=True, slots=True)
class HoldItem:
    """A row. `hold` and `answers` are its own, where it was changed alone; `row` None: it is still on its way."""

    key: str
    reason: str
    hold: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    left_out: bool = False
    row: HoldRow | None = None

    @property
    def problem(self) -> str:
        """Why it can't leave as it is: what the core refuses, or the questions of its template."""
        if self.row is None:
            return ""
        if self.row.preview is None:
            return str(self.row.problem)
        return ", ".join(self.row.preview.missing.values())

    @property
    def leaves(self) -> bool:
        """Whether it is sent with the others."""
        return not self.left_out and not self.problem


class HoldList(RowList[HoldItem]):
    """The rows; the screen keeps which are left out, so there are no marks."""

    class Marked(Message):
        """The row under the cursor is to be left out, or taken in again."""

    def __init__(self, zone: Callable[[], str], now: Callable[[], datetime], *, id: str | None = None) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(self._paint, id=id)
        self._zone = zone
        self._now = now

    def action_mark(self) -> None:
        """Leave it to the screen."""
        self.post_message(self.Marked())

    def _paint(self, item: HoldItem, width: int) -> Sequence[Span]:
        preview = item.row.preview if item.row else None
        if preview is None or item.row is None:
            return [_sign(item), (fit(item.problem or "…", width), "muted")]
        who = ", ".join(one.name or one.address for one in preview.to)
        until = moment(item.row.estimate, self._zone(), self._now()) if item.row.estimate else ""
        look = "muted" if item.left_out else ""
        own = "accent" if item.changed else look
        return [
            _sign(item),
            (f"{fit(who, _WHO)} ", look or "strong"),
            (fit(preview.language, _LANGUAGE), "muted"),
            (fit(str(REASON_NAMES[item.reason]), _REASON), own),
            (fit(until, _UNTIL), own),
            (f" {item.problem or ' '.join(preview.body.split())}", "muted"),
        ]


def _sign(item: HoldItem) -> Span:
    if item.problem:
        return "!   ", "warn"
    return ("[ ] ", "muted") if item.left_out else ("[x] ", "good")
